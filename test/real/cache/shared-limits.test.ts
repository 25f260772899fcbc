import { join } from "node:path";
import { CACHE_ACCESS } from "../../../constructs/aws";
import { gatewayVariables, loadEnvironment } from "../../../core/config";
import { cacheFolder } from "../../../tools/local/folders";
import { SILENT } from "../../../tools/local/progress";
import { installLitellm } from "../../../tools/local/python";
import { runProgram } from "../../../tools/local/run-program";
import { tempProject } from "../../support/temp-project";
import { all, describeReal, program } from "../support/real-part";
import { type RedisServer, startRedis } from "./redis-server";

const root = join(__dirname, "..", "..", "..");
const project = tempProject();
const USER = "aws-litellm";

/** The variables that the data stack hands to the gateway, with a Redis of this machine in the place of ElastiCache. */
function variablesOf({ port, certificate }: RedisServer): Record<string, string> {
  const { environment } = loadEnvironment(join(root, "templates/environments/aws.yaml"), "2026-11-21");
  if (environment?.target !== "kubernetes") throw new Error("the template is not for AWS");
  const variables = gatewayVariables(environment.aws, { databaseHost: "unused", cacheHost: "localhost" }, USER);
  // What differs on this machine: the port, and who signed the certificate.
  return { ...variables, REDIS_PORT: String(port), REDIS_SSL_CA_CERTS: certificate };
}

const needs = all(program("redis-server", ["--version"]), program("openssl", ["version"]), program("python3", ["--version"]));

describeReal("LiteLLM with the variables of the data stack and a real Redis", needs, () => {
  let redis: RedisServer;
  let python: string;

  beforeAll(async () => {
    redis = await startRedis(project.folder, USER, CACHE_ACCESS);
    const cache = cacheFolder(process.env);
    ({ python } = await installLitellm({ version: "1.108.10", cache, environment: process.env, progress: SILENT }));
  }, 600_000);
  afterAll(() => redis?.stop());

  async function gateway(times: number, change: Readonly<Record<string, string>> = {}) {
    const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
    const base = { PATH: process.env.PATH, HOME: project.folder, LITELLM_LOCAL_MODEL_COST_MAP: "True" };
    const environment = { ...base, ...credentials, ...variablesOf(redis), ...change };
    return runProgram(python, [join(__dirname, "gateway.py"), String(times)], { environment });
  }

  test("two gateways count together, with scripts and channels, over TLS, signed in with a token of their role", async () => {
    const first = await gateway(3);
    expect([first.ok, first.tail]).toEqual([true, expect.anything()]);
    const second = JSON.parse((await gateway(4)).stdout);

    expect(second).toEqual({
      spend: 3.5,
      requests: 7,
      heard: "changed",
      version: expect.stringMatching(/^\d+\./),
      user: USER,
      token: `${USER}/?Action=connect&User=${USER}&X-Amz-Algorithm=AWS4-HMAC-SHA256&`,
      flush_refused: true,
      config_refused: true,
    });
  }, 120_000);

  test.each([
    ["without TLS LiteLLM does not try to sign in", { REDIS_SSL: "False" }, "requires TLS"],
    ["as another user it is refused", { REDIS_AWS_IAM_USER_NAME: "somebody" }, "invalid username-password pair"],
  ])(
    "%s",
    async (_name, change, message) => {
      const { ok, tail } = await gateway(1, change);

      expect(ok).toBe(false);
      expect(tail.join("\n")).toContain(message);
    },
    120_000,
  );
});
