import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { SecretValue } from "../../../tools/keys/plan";
import { deliverInProcess } from "../../tools/keys/delivery/deliver-in-process";
import { freePort } from "../../tools/local/fake-kit";
import { describeReal, program } from "../support/real-part";

jest.setTimeout(120_000);

const region = "eu-central-1";
const about = { key: "ci-eval", owner: "platform", generation: 1 };
const value = (name: string) => `sk-${name}-0123456789abcdef`;
const order = (name: string, text: string, field?: string) => ({
  place: { awsSecretsManager: { name, region, ...(field === undefined ? {} : { field }) } },
  value: text,
  about,
});

describeReal("values in AWS Secrets Manager as moto has it", program("moto_server", ["--help"]), () => {
  let moto: ChildProcess;
  let aws: SecretsManagerClient;
  let environment: NodeJS.ProcessEnv;

  const deliver = (...orders: ReturnType<typeof order>[]) => deliverInProcess("aws", orders, environment);
  const stored = async (SecretId: string) => (await aws.send(new GetSecretValueCommand({ SecretId }))).SecretString;

  beforeAll(async () => {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    environment = { AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    moto = spawn("moto_server", ["--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
    aws = new SecretsManagerClient({ region, endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
    for (let attempt = 0; !(await fetch(`${endpoint}/moto-api/`).catch(() => undefined))?.ok; attempt += 1) {
      if (attempt === 150) throw new Error("moto did not start within 30 s");
      await sleep(200);
    }
  });

  afterAll(() => {
    aws?.destroy();
    moto?.kill("SIGKILL");
  });

  test("make the secret, are found again by its version, and are replaced", async () => {
    const { lines, stderr } = await deliver(order("llm/new", value("one")), order("llm/new", value("two")));

    const [one, two] = ["one", "two"].map((name) => new SecretValue(value(name)).tokenId);
    expect({ lines, stderr }).toEqual({ lines: [{ after: one }, { before: one, after: two }], stderr: "" });
    expect(await stored("llm/new")).toBe(value("two"));
  });

  test("make no second version when they come twice", async () => {
    await deliver(order("llm/twice", value("one")), order("llm/twice", value("one")));

    const { Versions } = await aws.send(new ListSecretVersionIdsCommand({ SecretId: "llm/twice" }));
    expect(Versions).toHaveLength(1);
  });

  test("are taken by a secret that was made without a value", async () => {
    await aws.send(new CreateSecretCommand({ Name: "llm/empty" }));

    await deliver(order("llm/empty", value("one")));

    expect(await stored("llm/empty")).toBe(value("one"));
  });

  test("stand as fields beside others, which stay as they are", async () => {
    await aws.send(new CreateSecretCommand({ Name: "llm/shared", SecretString: '{"password":"theirs"}' }));

    const { lines } = await deliver(order("llm/shared", value("a"), "a"), order("llm/shared", value("b"), "b"));

    expect(lines).toEqual(["a", "b"].map((name) => ({ after: new SecretValue(value(name)).tokenId })));
    expect(JSON.parse((await stored("llm/shared")) ?? "")).toEqual({ password: "theirs", a: value("a"), b: value("b") });
  });

  test("do not replace a value of somebody else, whole or as a field", async () => {
    await aws.send(new CreateSecretCommand({ Name: "llm/theirs", SecretString: '{"a":"theirs"}' }));

    const refused = [await deliver(order("llm/theirs", value("ours"))), await deliver(order("llm/theirs", value("ours"), "a"))];

    for (const { lines } of refused)
      expect(lines).toEqual([expect.objectContaining({ message: expect.stringContaining("was not delivered by this owner") })]);
    expect(await stored("llm/theirs")).toBe('{"a":"theirs"}');
  });

  test("do not go into a secret that is being deleted", async () => {
    await deliver(order("llm/going", value("one")));
    await aws.send(new DeleteSecretCommand({ SecretId: "llm/going", RecoveryWindowInDays: 7 }));

    const { lines } = await deliver(order("llm/going", value("two")));

    expect(lines).toEqual([expect.objectContaining({ message: "secret llm/going is being deleted" })]);
  });
});
