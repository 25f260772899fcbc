import { lintFile, loadCatalogue } from "../../../../core/litellm";
import { parseSource } from "../../../../core/source";

const catalogue = loadCatalogue("1.108.10");

function rules(name: string, value: string): string[] {
  const text = `model_list:
  - model_name: a
    litellm_params: { model: openai/a, ${name}: ${JSON.stringify(value)} }
    model_info: { id: a }
`;
  const parsed = parseSource(text, "config.yaml");
  if (!catalogue || !("root" in parsed)) throw new Error("the test's own input is broken");
  return lintFile(parsed.root, { catalogue, today: "2026-11-21" }).map(({ rule }) => rule);
}

test.each([
  ["a key of AWS in which short words stand by chance", "aws_secret_access_key", "q8Zk2LmN0pRsT4uVwXyZaBcDeFgHiJkL1mNoPqRs"],
  ["a password that somebody chose", "password", "Tr0ub4dor-and-3"],
  ["a key without a provider's beginning", "api_key", "u4Xw9ZqK2vT7mPc5RyLs8Hd"],
])("%s is a credential", (_, name, value) => {
  expect(rules(name, value)).toContain("credential-literal");
});

test.each([
  ["a reference", "password", "os.environ/REDIS_PASSWORD"],
  ["an example of a password", "password", "your-password-1"],
  ["a password without a digit, which may be a word for it", "password", "anything"],
  ["a typed run", "api_key", "sk-1234567890abcdef1234567890abcdef"],
  ["a file", "vertex_credentials", "/secrets/adc-2026.json"],
])("%s is none", (_, name, value) => {
  expect(rules(name, value)).not.toContain("credential-literal");
});
