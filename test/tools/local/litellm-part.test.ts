import type { LocalGateway } from "../../../tools/local/gateway";
import { type LitellmStart, litellmPart, networkVariables } from "../../../tools/local/litellm-part";

const gateway: LocalGateway = {
  name: "local",
  litellmVersion: "1.108.10",
  config: "model_list: []\n",
  port: 4000,
  databasePort: 5432,
  environmentVariables: { MY_VARIABLE: "1", LITELLM_MODE: "DEV" },
  secrets: {},
};
const start: LitellmStart = {
  gateway,
  command: "/venv/bin/litellm",
  configFile: "/p/config.yaml",
  workFolder: "/p/run/litellm",
  secrets: { KEY: { file: "/p/secrets/KEY" } },
  secretValues: { KEY: "the value" },
  queryEngine: "/engine",
  environment: { HOME: "/h", PATH: "/npx/bin", AWS_PROFILE: "mine", SSL_CERT_FILE: "/ca.pem", PYTHONPATH: "/x" },
  hashKey: "k",
};

describe("litellmPart", () => {
  it("listens on 127.0.0.1 with a fixed environment, and holds no secret", () => {
    const part = litellmPart(start);
    expect(part.process).toEqual({
      command: "/venv/bin/litellm",
      args: ["--config", "/p/config.yaml", "--host", "127.0.0.1", "--port", "4000"],
      cwd: "/p/run/litellm",
      env: {
        HOME: "/h",
        PATH: expect.stringMatching(/^\/venv\/bin:.*\/usr\/local\/bin/),
        SSL_CERT_FILE: "/ca.pem",
        MY_VARIABLE: "1",
        LITELLM_MODE: "PRODUCTION",
        LITELLM_LOCAL_MODEL_COST_MAP: "True",
        LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS: "True",
        LITELLM_LOCAL_BLOG_POSTS: "True",
        LITELLM_LOCAL_POLICY_TEMPLATES: "True",
        DISABLE_SCHEMA_UPDATE: "true",
        LITELLM_PRISMA_COMMAND_TIMEOUT: "0.01",
        PYTHONUNBUFFERED: "1",
        PRISMA_QUERY_ENGINE_BINARY: "/engine",
      },
    });
    expect(part).toMatchObject({ after: ["postgres"], probe: { kind: "litellm", port: 4000, database: true } });
    expect(JSON.stringify(part)).not.toContain("the value");
  });

  it("does without PostgreSQL when there is no query engine", () => {
    const part = litellmPart({ ...start, queryEngine: undefined });
    expect(part).toMatchObject({ after: [], probe: { database: false } });
    expect(part.process.env).not.toHaveProperty("PRISMA_QUERY_ENGINE_BINARY");
  });

  it.each([
    ["a secret", { secretValues: { KEY: "another" } }, true],
    ["the configuration", { gateway: { ...gateway, config: "x" } }, true],
    ["a variable", { gateway: { ...gateway, environmentVariables: {} } }, true],
    ["certificates", { environment: { HOME: "/h" } }, true],
    ["the query engine", { queryEngine: "/other" }, true],
    ["the terminal's own variables", { environment: { ...start.environment, HOME: "/h2", PATH: "/p2", LANG: "de" } }, false],
  ] as const)("restarts for %s: %#", (_what, change, restarts) => {
    expect(litellmPart({ ...start, ...change }).hash !== litellmPart(start).hash).toBe(restarts);
  });

  it("takes proxies from the caller as secrets, for their URLs may hold passwords", () => {
    expect(networkVariables({ HTTPS_PROXY: "http://u:p@proxy", NO_PROXY: "localhost", X: "1" })).toEqual({
      HTTPS_PROXY: "http://u:p@proxy",
    });
  });
});
