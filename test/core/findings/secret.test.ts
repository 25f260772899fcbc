import { isSecret, isSecretName } from "../../../core/findings";

test.each([
  "api_key",
  "api-key",
  "apiKey",
  "OPENAI_API_KEY",
  "OPENAI_API_KEY_2",
  "x-api-key",
  "x-goog-api-key",
  "Ocp-Apim-Subscription-Key",
  "x-subscription-key",
  "X-Key",
  "api_keys",
  "azure_ad_token",
  "aws_session_token",
  "VAULT_TOKEN",
  "HF_TOKEN",
  "authToken",
  "pass",
  "pwd",
  "PGPASS",
  "PGPASSWORD",
  "DB_PWD",
  "redis_password",
  "client_secret",
  "vertex_credentials",
  "SENTRY_DSN",
  "alert_to_webhook_url",
  "SLACK_WEBHOOK_URL",
  "database_url",
  "connection_string",
  "aws_secret_access_key",
  "salt_key",
  "Authorization",
  "auth",
])("%s names a credential", (name) => {
  expect(isSecretName(name)).toBe(true);
  expect(isSecret(name, 12345)).toBe(true);
});

test.each([
  "max_tokens",
  "max_token",
  "tokens",
  "tokens_per_minute",
  "input_cost_per_token",
  "token_rate_limit",
  "key_name",
  "api_key_header_name",
  "litellm_credential_name",
  "use_credential_login",
  "token_ttl",
  "auth_type",
  "token_url",
  "custom_auth",
  "enable_auth",
  "public_key",
  "cache_key",
  "allowed_keys",
  "author",
  "pass_through_request_timeout",
  "US_DRIVER_LICENSE",
  "eos_token",
  "auth_level",
  "compass",
  "monkey",
  "tokenizer",
  "model",
  "",
])("%s names none", (name) => {
  expect(isSecretName(name)).toBe(false);
});

test.each([
  "sk-abcdefgh1234",
  "xoxb-1234567890-abc",
  "https://h/?api_key=abc",
  "https://h/v1?a=b&key=abc",
  "https://h/?token=abc",
  "https://user@host/1",
  "postgres://u:p@h/d",
  "https://hooks.slack.com/services/T0/B0/x",
  "--token=abc",
  "--api-key=abc",
  "Authorization: Basic dTpw",
  "X-Key: abc",
  "GITHUB_TOKEN=abc",
  "Bearer abc",
])("%s is a credential by itself", (text) => {
  expect(isSecret("", text)).toBe(true);
});

test.each([
  "openai/skywork-13b",
  "hf-mistral-large",
  "https://h/v1?api-version=2024-01-01",
  "https://h/v1",
  "ssh://git@host/x",
  "--token",
  "max_tokens=5",
  "Basic information",
  "os.environ/OPENAI_API_KEY",
  "--token=os.environ/X",
  "key: it is under the mat",
])("%s is none", (text) => {
  expect(isSecret("", text)).toBe(false);
});

test("a reference is a whole name of a variable, and nothing that only begins like one", () => {
  expect(isSecret("api_key", "os.environ/NAME")).toBe(false);
  expect(isSecret("api_key", "os.environ/sk-canary")).toBe(true);
});
