import { lintConfig, loadCatalogue } from "../../../../core/litellm";
import { parseSource } from "../../../../core/source";

const catalogue = loadCatalogue("1.108.10");

/** A configuration that writes one name wherever a rule looks it up. */
const using = (name: string): string => `model_list:
  - model_name: a
    litellm_params: { model: ${name}/b }
  - model_name: c
    litellm_params: { model: d, custom_llm_provider: ${name} }
general_settings: { alerting: [${name}], ${name}: 1 }
router_settings: { ${name}: 1, retry_policy: { ${name}: 1 } }
litellm_settings: { callbacks: [${name}], success_callback: [${name}], max_budget: 1, budget_duration: ${name} }
guardrails:
  - guardrail_name: e
    litellm_params: { guardrail: ${name}, mode: pre_call }
`;

function findings(name: string): string {
  const parsed = parseSource(using(name), "config.yaml");
  if (!catalogue || !("root" in parsed)) throw new Error("the test's own input is broken");
  return JSON.stringify(lintConfig(parsed.root, { catalogue, today: "2026-11-21" }));
}

test.each(["constructor", "toString", "hasOwnProperty"])("%s is judged as any other unknown name", (name) => {
  const plain = findings("qqqqqqqqqqq").replaceAll("qqqqqqqqqqq", "NAME");

  expect(
    findings(name)
      .replaceAll(name, "NAME")
      .replace(/"column":\d+/g, ""),
  ).toBe(plain.replace(/"column":\d+/g, ""));
});
