import { importFile } from "../../../core/import";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const OPTIONS = { shownAs: "out.yaml", today: "2026-11-21" };

/** Everything that is written and said of an input. */
function everythingOf(name: string, text: string): string {
  const file = project.write(name, text);
  return JSON.stringify(importFile(file, OPTIONS)).replaceAll(file, "");
}

const deployment = (params: string) => `model_list: [{ model_name: m, litellm_params: { model: azure/gpt-4o, ${params} } }]\n`;
const server = (settings: string) => `model_list: []\nmcp_servers: { s: { url: "https://mcp.local/mcp", ${settings} } }\n`;
const gateway = (list: string) => `services: { a: { image: "litellm:v1.108.10", environment: ${list} } }\n`;
const call = (entries: string) =>
  `module "l" {\n  proxy_config = { model_list = [{ model_name = "m", litellm_params = { model = "azure/x", ${entries} } }] }\n`;

describe("no literal credential is written or said", () => {
  test.each([
    ["a token", "c.yaml", deployment("azure_ad_token: canary-value")],
    ["a session token", "c.yaml", deployment("aws_session_token: canary-value")],
    ...["api-key", "x-api-key", "x-goog-api-key", "Ocp-Apim-Subscription-Key", "x-subscription-key", "X-Key"].map((name) => [
      `the header ${name}`,
      "c.yaml",
      deployment(`extra_headers: { ${name}: canary-value }`),
    ]),
    ["a key in an address", "c.yaml", deployment('api_base: "https://h/?api_key=canary-value"')],
    ["a user in an address", "c.yaml", deployment('api_base: "https://canary-value@h/v1"')],
    ["a list of keys", "c.yaml", deployment("api_keys: [canary-value, canary-two]")],
    [
      "a webhook below a name",
      "c.yaml",
      "general_settings: { alert_to_webhook_url: { llm_exceptions: ['https://h.local/canary'] } }\n",
    ],
    ["a variable", "c.yaml", "model_list: []\nenvironment_variables: { HF_TOKEN: canary-value, DB_PWD: canary-two }\n"],
    ["what only looks like a reference", "c.yaml", deployment("api_key: os.environ/sk-canary-value")],
    ["a variable of a server", "c.yaml", server("env: { GITHUB_TOKEN: canary-value }")],
    ["an argument", "c.yaml", server('args: ["--api-key", "canary-value", "--token=canary-two"]')],
    ["a header in a list", "c.yaml", server('static_headers: ["Authorization: Basic canary=="]')],
    ["a name", "c.yaml", "model_list: []\nrouter_settings: { model_group_alias: { sk-canary-value: gpt } }\n"],
    ["an anchor", "c.yaml", "model_list: &sk-canary-value []\n"],
    ["a variable of Compose", "compose.yml", gateway("{ VAULT_TOKEN: canary-value, PGPASS: canary-two }")],
    ["a variable in a list of Compose", "compose.yml", gateway('["VAULT_TOKEN=canary-value", "A=https://canary@host"]')],
    ["a variable of Helm", "values.yaml", "envVars: { VAULT_TOKEN: canary-value }\nproxy_config: { model_list: [] }\n"],
    ["an argument of Terraform", "main.tf", `${call('azure_ad_token = "canary-value"')}}\n`],
    ["a name in Terraform", "main.tf", `${call('"sk-canary-value" = "x"')}}\n`],
  ])("%s", (_what, name = "", text = "") => {
    const everything = everythingOf(name, text);

    expect(text).toMatch(/canary/);
    expect(everything).not.toMatch(/canary/i);
    expect(everything).toMatch(/declared secret|is a credential/);
  });

  test.each(["0123456", "1_234_567", "!!str 12345678"])("%s as a password", (value) => {
    const everything = everythingOf(
      "c.yaml",
      `model_list: []\nlitellm_settings: { cache: true, cache_params: { type: redis, password: ${value} } }\n`,
    );

    expect(everything).not.toMatch(/123_?456|42798|1_234|12345678/);
    expect(everything).toContain("os.environ/REDIS_PASSWORD");
  });

  test("a number that is too large to be kept", () => {
    const everything = everythingOf("c.yaml", "model_list: []\nredis_password: 123456789012345678901234567890\n");

    expect(everything).not.toContain("123456789");
    expect(everything).toContain("a number of 30 digits");
  });
});

test.each([
  "max_tokens: 4096",
  "api_version: 2024-10-21-preview",
  "custom_auth: module.user_api_key_auth",
  "aws_web_identity_token: oidc/google/x",
  "auth_type: bearer_token",
  "token_url: https://h/oauth",
])("what is no credential stays: %s", (line) => {
  expect(everythingOf("c.yaml", `model_list: []\ncallback_settings: { a: { ${line} } }\n`)).toContain(line);
});
