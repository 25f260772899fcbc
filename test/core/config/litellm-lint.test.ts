import { loadEnvironment } from "../../../core/config";
import { tempProject } from "../../support/temp-project";

const project = tempProject();

function found(litellm: string, rest = ""): string[] {
  const file = project.write("env.yaml", `name: demo\ntarget: local\nlitellm:\n${litellm}\n${rest}`);
  return loadEnvironment(file, "2026-11-21").findings.map(
    ({ place, severity, rule, path, waiver }) =>
      `${place?.line}:${place?.column} ${severity} ${rule} ${path}${waiver ? " (waived)" : ""}`,
  );
}

test("lint rules run over litellm.config, with its place in the file", () => {
  expect(found("  config:\n    general_settings:\n      master_key: sk-1234")).toEqual([
    "6:19 error master-key-literal litellm.config.general_settings.master_key",
  ]);
});

test("an environment says what its gateway has, so what is missing is an error", () => {
  const config = "  config:\n    litellm_settings:\n      cache: true";

  expect(found(config)).toEqual(["6:7 error cache-without-host litellm.config.litellm_settings.cache"]);
  expect(found(`${config}\n  environment: { REDIS_HOST: redis.internal }`)).toEqual([]);
});

test("a text that LiteLLM's reader takes for a switch is an error", () => {
  expect(found("  config:\n    litellm_settings:\n      drop_params: yes")).toContain(
    "6:20 error ambiguous-scalar litellm.config.litellm_settings.drop_params",
  );
});

test("the salt key and the master key must not be one secret", () => {
  const secrets = "secrets:\n  LITELLM_MASTER_KEY: { env: KEY }\n  LITELLM_SALT_KEY: { env: KEY }\n";
  const config = "  config:\n    general_settings:\n      master_key: os.environ/LITELLM_MASTER_KEY";

  expect(found(config, secrets)).toContain("6:19 error salt-key-shared litellm.config.general_settings.master_key");
  expect(found(config, secrets.replace("LITELLM_SALT_KEY: { env: KEY }", "LITELLM_SALT_KEY: { env: OTHER }"))).toEqual([]);
});

test.each([
  ["1.82.7", "litellm-version-malicious"],
  ["1.107.0", "litellm-version-malicious"],
  ["1.83.14", "litellm-version-vulnerable"],
  ["1.84.2", "litellm-version-vulnerable"],
])("the version %s is an error: %s", (version, rule) => {
  expect(found(`  version: ${version}\n  config: {}`)).toContain(`4:12 error ${rule} litellm.version`);
});

test("a malicious version cannot be waived", () => {
  const waivers = "waivers: [{ rule: litellm-version-malicious, owner: me, reason: r, until: 2027-01-01 }]\n";
  expect(found("  version: 1.82.7\n  config: {}", waivers)).toContain("4:12 error litellm-version-malicious litellm.version");
});

test("a waiver may stand in a comment above the line", () => {
  const comment = "# cdktf-litellm: waive requests-without-database until 2027-01-31 owner sre: private network";
  expect(found(`  config:\n    general_settings:\n      ${comment}\n      allow_requests_on_db_unavailable: true`)).toEqual([
    "7:7 warning requests-without-database litellm.config.general_settings.allow_requests_on_db_unavailable (waived)",
  ]);
});
