import { GATEWAYS, headerText, profileOf, shorten } from "../../../proxy/src/profiles";
import { upstreamSchema } from "../../../proxy/src/settings/upstream-schema";
import { RunningProxy } from "../support/running-proxy";

const profile = (settings: object) => profileOf(upstreamSchema.parse({ url: "http://127.0.0.1:1", ...settings }));
const LITELLM = { profile: "litellm", version: "1.108.10" };

describe("LiteLLM", () => {
  const { outgoing } = profile(LITELLM);

  it("gets plain names in headers, so that the body keeps its length", () => {
    expect(outgoing("alice@example.com", ["team a", "b"])).toEqual({
      headers: [
        ["x-litellm-end-user-id", "alice@example.com"],
        ["x-litellm-tags", "team a,b"],
      ],
      members: [],
      inHeaders: true,
      changedTags: 0,
    });
  });

  it("gets no tag header without tags, because an empty one makes an empty tag", () => {
    expect(outgoing("alice", []).headers).toEqual([["x-litellm-end-user-id", "alice"]]);
  });

  it.each([
    ["a comma", "Sales, EMEA"],
    ["letters beyond ASCII", "größe"],
    ["Chinese", "销售"],
  ])("gets all tags in litellm_metadata when one has %s", (_what, tag) => {
    const { headers, members, inHeaders } = outgoing("alice", ["plain", tag]);
    expect(headers).toEqual([["x-litellm-end-user-id", "alice"]]);
    expect(members).toEqual([{ path: ["litellm_metadata"], json: JSON.stringify({ tags: ["plain", tag] }) }]);
    expect(inHeaders).toBe(false);
  });

  it("gets a name beyond ASCII in litellm_metadata beside tags in the header", () => {
    const { headers, members } = outgoing("müller", ["a"]);
    expect(headers).toEqual([["x-litellm-tags", "a"]]);
    expect(members).toEqual([{ path: ["litellm_metadata"], json: '{"user":"müller"}' }]);
  });

  it("gets everything in litellm_metadata where the settings say so", () => {
    const { headers, members } = profile({ ...LITELLM, identityIn: "litellm_metadata" }).outgoing("alice", ["a"]);
    expect(headers).toEqual([]);
    expect(members).toEqual([{ path: ["litellm_metadata"], json: '{"tags":["a"],"user":"alice"}' }]);
  });

  it("gets tags in metadata.tags beside the header where the settings say so", () => {
    const { headers, members } = profile({ ...LITELLM, identityIn: "metadata" }).outgoing("alice", ["a"]);
    expect(headers).toContainEqual(["x-litellm-tags", "a"]);
    expect(members).toEqual([{ path: ["metadata", "tags"], json: '["a"]' }]);
  });

  it("gets long tags shortened, so that none stops its accounting", () => {
    const { members, headers, changedTags } = outgoing("alice", ["x".repeat(1000)]);
    expect(members).toEqual([]);
    expect(headers[1]?.[1]).toHaveLength(250);
    expect(changedTags).toBe(1);
  });
});

describe("a golden request", () => {
  const CHAT = '{"model":"gpt-5","user":"root","metadata":{"user_id":"root","app":"x"},"messages":[]}';
  const CLEAN = { model: "gpt-5", metadata: { app: "x" }, messages: [] };
  const custom = "profile: openai-compatible, fields: { userHeader: x-user, tagsHeader: x-groups, userMember: end_user }";

  const golden: readonly (readonly [string, string, Record<string, string>, object])[] = [
    [
      "litellm",
      "profile: litellm, version: 1.108.10",
      { authorization: "Bearer", "x-litellm-end-user-id": "alice", "x-litellm-tags": "engineering,a-b" },
      CLEAN,
    ],
    [
      "netbird",
      "profile: netbird, version: 1.108.10",
      {
        authorization: "Bearer",
        "x-litellm-end-user-id": "alice",
        "x-litellm-tags": "engineering,a-b",
        "x-netbird-user": "alice",
        "x-netbird-groups": "engineering,a-b",
      },
      { ...CLEAN, metadata: { app: "x", tags: ["engineering", "a-b"] } },
    ],
    [
      "portkey",
      "profile: portkey",
      { "x-portkey-api-key": "", "x-portkey-metadata": '{"_user":"alice","groups":"engineering,a-b"}' },
      CLEAN,
    ],
    [
      "bifrost",
      "profile: bifrost",
      { authorization: "Bearer", "x-bf-dim-user": "alice", "x-bf-dim-groups": "engineering,a-b" },
      CLEAN,
    ],
    [
      "cloudflare",
      "profile: cloudflare",
      { "cf-aig-authorization": "Bearer", "cf-aig-metadata": '{"user":"alice","groups":"engineering,a-b"}' },
      CLEAN,
    ],
    [
      "vercel",
      "profile: vercel",
      { authorization: "Bearer", "ai-reporting-user": "alice", "ai-reporting-tags": "engineering,a-b" },
      CLEAN,
    ],
    ["openrouter", "profile: openrouter", { authorization: "Bearer" }, { ...CLEAN, user: "alice" }],
    [
      "openai-compatible",
      custom,
      { authorization: "Bearer", "x-user": "alice", "x-groups": "engineering,a-b" },
      { ...CLEAN, end_user: "alice" },
    ],
  ];

  it.each(golden)(
    "for %s carries the verified identity where that gateway reads it, and nothing the client claims",
    async (_name, upstream, headers, body) => {
      const running = await RunningProxy.start((_issuer, { url }) => ({
        upstream: `{ ${upstream}, url: "${url}/base" }`,
        policy: "{ groups: [{ group: engineering, tags: [engineering, a-b] }] }",
      }));
      const spoofed = Object.keys(headers).flatMap((name) => (name === "authorization" ? [] : [name, "root"]));
      expect((await running.call({ body: CHAT, headers: spoofed })).status).toBe(200);
      const { url, headers: got, body: text } = running.gateway.last;
      expect(url).toBe("/base/v1/chat/completions");
      const identity = Object.fromEntries(Object.entries(got).filter(([name]) => !TRANSPORT.has(name)));
      const key = (scheme: string): string =>
        scheme === "" ? "sk-gateway-key-of-the-proxy" : `${scheme} sk-gateway-key-of-the-proxy`;
      const wanted = Object.entries(headers).map(([name, value]) => [
        name,
        [/authorization|api-key/.test(name) ? key(value) : value],
      ]);
      expect(identity).toEqual(Object.fromEntries(wanted));
      expect(JSON.parse(text)).toEqual(body);
      await running.stop();
    },
  );

  it.each(Object.entries(GATEWAYS))("for %s follows a page of the vendor", (_name, { documentation }) => {
    expect(documentation).toMatch(/\w/);
  });
});

const TRANSPORT = new Set(["host", "content-type", "content-length", "connection", "user-agent", "x-forwarded-for", "accept"]);

describe("a gateway with limits", () => {
  it("gets at most as many tags as it takes, each short enough", () => {
    const { headers, changedTags } = profile({ profile: "vercel" }).outgoing(
      "u".repeat(300),
      Array.from({ length: 12 }, (_, i) => `tag-${i}-${"x".repeat(80)}`),
    );
    const [user, tags] = headers;
    expect(user?.[1].length).toBeLessThanOrEqual(256);
    const sent = tags?.[1].split(",") ?? [];
    expect(sent).toHaveLength(10);
    expect(sent.every((tag) => tag.length <= 64)).toBe(true);
    expect(changedTags).toBe(12);
  });

  it("gets JSON in ASCII, and a tag with a comma as one", () => {
    const { headers } = profile({ profile: "portkey" }).outgoing("müller", ["Sales, EMEA", "b"]);
    const [, value = ""] = headers[0] ?? [];
    expect(value).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(value)).toEqual({ _user: "müller", groups: "Sales%2C EMEA,b" });
  });
});

describe("a value that is too long", () => {
  it("never becomes that of another", () => {
    const one = shorten(`${"a".repeat(200)}1`, 128);
    const two = shorten(`${"a".repeat(200)}2`, 128);
    expect([one.length, two.length]).toEqual([128, 128]);
    expect(one).not.toBe(two);
  });

  it("is not cut within a character", () => {
    expect(shorten("😀".repeat(100), 128)).not.toMatch(/\p{Surrogate}/u);
  });

  it("stays as it is when it fits", () => {
    expect(shorten("a".repeat(128), 128)).toBe("a".repeat(128));
  });
});

it("header text can be taken back, whatever it holds", () => {
  for (const value of ["a,b", "50%", "größe", "a%2Cb", "销"]) expect(decodeURIComponent(headerText(value))).toBe(value);
});
