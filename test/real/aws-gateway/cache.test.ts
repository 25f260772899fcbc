import { CACHE_ACCESS } from "../../../constructs/aws";
import { tempProject } from "../../support/temp-project";
import { all, describeReal, program } from "../support/real-part";
import { CACHE_USER, litellmPython, runScript, templateVariables } from "./gateway-variables";
import { type RedisServer, startRedis } from "./redis-server";

const project = tempProject();
const needs = all(program("redis-server", ["--version"]), program("openssl", ["version"]), program("python3", ["--version"]));

describeReal("LiteLLM with the variables of the data stack and a real Redis", needs, () => {
  let redis: RedisServer;
  let python: string;

  beforeAll(async () => {
    redis = await startRedis(project.folder, CACHE_USER, CACHE_ACCESS);
    python = await litellmPython();
  }, 600_000);
  afterAll(() => redis?.stop());

  function gateway(times: number, change: Readonly<Record<string, string>> = {}) {
    // What differs on this machine: the port, and who signed the certificate.
    const here = { REDIS_PORT: String(redis.port), REDIS_SSL_CA_CERTS: redis.certificate };
    return runScript(python, "use-cache.py", [String(times)], {
      ...templateVariables("unused", "localhost"),
      ...here,
      ...change,
    });
  }

  test("two gateways count together, with scripts and channels, over TLS, signed in with a token of their role", async () => {
    const first = await gateway(3);
    expect([first.ok, first.ok ? [] : first.tail]).toEqual([true, []]);
    const second = JSON.parse((await gateway(4)).stdout);

    expect(second).toEqual({
      spend: 3.5,
      requests: 7,
      heard: "changed",
      version: expect.stringMatching(/^\d+\./),
      user: CACHE_USER,
      token: `${CACHE_USER}/?Action=connect&User=${CACHE_USER}&X-Amz-Algorithm=AWS4-HMAC-SHA256&`,
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
