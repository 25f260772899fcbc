import { declaredProviderParameters, defineLitellmConfig, providerParameters, renderConfig } from "../../../../core/litellm";
import { check } from "../check";

const config = defineLitellmConfig({
  model_list: [
    { model_name: "a", litellm_params: { model: "infinity/a", ...providerParameters({ raw_scores: true, invocationId: "x" }) } },
    { model_name: "b", litellm_params: { model: "infinity/b", ...providerParameters({ raw_scores: false }) } },
    { model_name: "c", litellm_params: { model: "openai/c" } },
  ],
});

test("parameters for the provider are rendered like others", () => {
  expect(renderConfig(config)).toContain("      model: infinity/a\n      invocationId: x\n      raw_scores: true\n");
});

test("their names are known afterwards, each once", () => {
  expect(declaredProviderParameters(config)).toEqual(["invocationId", "raw_scores"]);
  expect(declaredProviderParameters({})).toEqual([]);
});

test("what is declared passes the check", () => {
  expect(check(renderConfig(config))).toHaveLength(3);
  expect(check(renderConfig(config), { providerParameters: declaredProviderParameters(config) })).toEqual([]);
});
