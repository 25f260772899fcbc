import { type Answer, RunningProxy } from "../support/running-proxy";

const TRANSCRIPTIONS = "/v1/audio/transcriptions";

/** A multipart body with these fields, and a file of `size` bytes. */
function multipart(fields: readonly (readonly [string, string])[], size = 10): Buffer {
  const parts = fields.map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\ncontent-type: audio/wav\r\n\r\n';
  return Buffer.concat([Buffer.from(parts.join("") + file), Buffer.alloc(size, 0xff), Buffer.from("\r\n--b--\r\n")]);
}

const CLAIMS = [
  ["user", "root"],
  ["metadata", '{"tags":["root"]}'],
  ["litellm_metadata[tags]", "root"],
  ["tags[]", "root"],
  ["language", "de"],
] as const;

describe("a form", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await RunningProxy.start({ policy: '{ groups: [{ group: engineering, models: [whisper], tags: ["größe"] }] }' });
  });
  afterAll(() => running.stop());

  const post = (body: Buffer, type = "multipart/form-data; boundary=b", path = TRANSCRIPTIONS): Promise<Answer> =>
    running.call({ path, body, headers: ["content-type", type] });
  /** The form that the gateway got. What was announced and not needed is spaces behind it, which this reader does not like. */
  const sent = (): Promise<FormData> =>
    new Response(running.gateway.last.body.trimEnd(), {
      headers: { "content-type": running.gateway.last.headers["content-type"]?.[0] ?? "" },
    }).formData();

  it.each([
    ["small", 10],
    ["large", 200_000],
  ])("with a file, %s, keeps its fields but those of identity, and gets the verified one", async (_what, size) => {
    expect((await post(multipart([["model", "whisper"], ...CLAIMS], size))).status).toBe(200);
    const form = await sent();
    expect([...form.keys()].sort()).toEqual(["file", "language", "litellm_metadata", "model"]);
    expect(JSON.parse(String(form.get("litellm_metadata")))).toEqual({ tags: ["größe"] });
    expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["alice"]);
  });

  it.each([
    ["a model that is not allowed", [["model", "other"]], 403, "model_not_allowed"],
    ["no model", [], 400, "model_missing"],
    [
      "two models",
      [
        ["model", "whisper"],
        ["model", "other"],
      ],
      400,
      "duplicate_member",
    ],
  ] as const)("with %s is refused", async (_what, fields, status, code) => {
    const before = running.gateway.requests.length;
    for (const size of [10, 200_000]) {
      const answer = await post(multipart(fields, size));
      expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([status, code]);
    }
    expect(running.gateway.requests).toHaveLength(before);
  });

  it("without a file is cleaned too, up to 64 KiB", async () => {
    const type = "application/x-www-form-urlencoded";
    expect((await post(Buffer.from("model=whisper&user=root&language=de"), type)).status).toBe(200);
    expect(Object.fromEntries(new URLSearchParams(running.gateway.last.body))).toEqual({
      model: "whisper",
      language: "de",
      litellm_metadata: '{"tags":["größe"]}',
    });
    expect((await post(Buffer.from(`model=whisper&prompt=${"x".repeat(70_000)}`), type)).status).toBe(413);
  });

  it("is refused where LiteLLM would read one and nobody needs it", async () => {
    const answer = await post(multipart([["model", "whisper"]]), undefined, "/v1/embeddings");
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([415, "body_kind_wrong"]);
  });

  it("is the only body of a route for files", async () => {
    const answer = await running.call({ path: TRANSCRIPTIONS, body: '{"model":"whisper"}' });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([415, "body_kind_wrong"]);
  });
});
