import { initStateBucket } from "../../../tools/state";
import { fakeBucket } from "./fake-bucket";

const WANTED = { bucket: "states", region: "eu-central-1" };
const PRESENT = { kind: "present", region: "eu-central-1" } as const;
const MARKED = { "cdktf-litellm": "terraform-state" };

const init = (api: ReturnType<typeof fakeBucket>, wanted: Parameters<typeof initStateBucket>[0] = WANTED) =>
  initStateBucket(wanted, api);

describe("a bucket that is not there", () => {
  test("is made, and closed before anything else", async () => {
    const api = fakeBucket();

    const steps = await init(api);

    expect(api.calls).toEqual([
      "create",
      "blockPublicAccess",
      "setTags",
      "ownObjects",
      "setEncryption",
      "setVersioned",
      "setPolicy",
    ]);
    expect(steps.every(({ changed }) => changed)).toBe(true);
    expect(JSON.parse(api.state.policy ?? "").Statement).toMatchObject([
      { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::states", "arn:aws:s3:::states/*"] },
    ]);
  });

  test("is left alone by a second run", async () => {
    const api = fakeBucket();
    await init(api);
    api.calls.length = 0;

    const steps = await init(api);

    expect(api.calls).toEqual([]);
    expect(steps.some(({ changed }) => changed)).toBe(false);
  });

  test.each(["blockPublicAccess", "setTags", "ownObjects", "setEncryption", "setVersioned", "setPolicy"])(
    "is finished by the next run when the connection was lost at %s",
    async (call) => {
      const broken = fakeBucket({}, call);
      await expect(init(broken)).rejects.toThrow("connection lost");

      const next = fakeBucket(broken.state);
      await init(next);

      expect(next.calls).toContain(call);
      expect(next.calls).not.toContain("create");
      expect(next.state).toMatchObject({ blocked: true, owns: true, versioned: true, tags: MARKED });
    },
  );

  test("is encrypted with the key that the environment names", async () => {
    const api = fakeBucket();
    await init(api, { ...WANTED, kmsKeyId: "alias/state" });

    expect(api.state.encryption).toEqual({ algorithm: "aws:kms", kmsKeyId: "alias/state" });
  });
});

describe("a bucket that is there", () => {
  test.each([
    ["of another account", { sight: PRESENT, ours: false }, /is not this account's/],
    ["that may not be looked at", { sight: { kind: "forbidden" } }, /is not this account's/],
    ["taken by another account at this moment", { taken: true }, /is not this account's/],
    [
      "in another region",
      { sight: { kind: "present", region: "us-east-1" }, ours: true },
      /is in us-east-1, not in eu-central-1/,
    ],
    ["with other things in it", { sight: PRESENT, ours: true, empty: false }, /holds other things/],
  ] as const)("%s is refused and not touched", async (_title, given, message) => {
    const api = fakeBucket(given);

    await expect(init(api)).rejects.toThrow(message);
    expect(api.calls).toEqual([]);
  });

  test("made for state keeps its own tags, key and policy, and gets what is missing", async () => {
    const other = { Sid: "Backup", Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" }, Action: "s3:GetObject" };
    const api = fakeBucket({
      sight: PRESENT,
      ours: true,
      empty: false,
      blocked: true,
      owns: true,
      versioned: true,
      tags: { ...MARKED, Team: "platform" },
      encryption: { algorithm: "aws:kms", kmsKeyId: "alias/theirs" },
      policy: JSON.stringify({ Version: "2012-10-17", Statement: other }),
    });

    await init(api);

    expect(api.calls).toEqual(["setPolicy"]);
    expect(JSON.parse(api.state.policy ?? "").Statement).toEqual([other, expect.objectContaining({ Sid: "DenyWithoutTls" })]);
  });

  test("whose TLS statement somebody weakened gets it back, once", async () => {
    const weak = { Sid: "DenyWithoutTls", Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" };
    const api = fakeBucket({ sight: PRESENT, ours: true, tags: MARKED, policy: JSON.stringify({ Statement: [weak] }) });

    await init(api);

    expect(JSON.parse(api.state.policy ?? "").Statement).toMatchObject([{ Sid: "DenyWithoutTls", Effect: "Deny" }]);
  });
});

test.each([
  ["cn-north-1", "arn:aws-cn:s3:::states"],
  ["us-gov-west-1", "arn:aws-us-gov:s3:::states"],
])("in %s the policy names %s", async (region, arn) => {
  const api = fakeBucket();
  await init(api, { bucket: "states", region });

  expect(api.state.policy).toContain(`"${arn}"`);
});
