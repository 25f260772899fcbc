import { nearestName } from "../../../findings";
import { modelGroupsOf } from "../../../litellm";
import { nodeAt, type Path } from "../../../source";
import type { ProxyContext, ProxyRule } from "./proxy-rule";

/** The policy allows models that LiteLLM has. */
export const modelUnknown: ProxyRule = {
  id: "identity-model-unknown",
  severity: "error",
  summary: "the policy allows a model that LiteLLM does not have",
  why: "The identity proxy compares the model's name as the client writes it. A misspelt one refuses the group the model that it was meant to have, and one that was removed from model_list promises what is gone.",
  repair: "name a model_name of litellm.config.model_list; * stands for any text",
  check: (context) => {
    const config = nodeAt(context.root, ["litellm", "config"]);
    if (!config) return [];
    const groups = modelGroupsOf(config);
    return allowedModels(context).flatMap(({ model, path }) => {
      if (fitsOne(model, groups.known()) || groups.serves(model.replaceAll("*", "x"))) return [];
      const near = nearestName(model, groups.known());
      const message = "no model of LiteLLM's configuration has this name";
      return [context.atValue(modelUnknown, path, { message, got: model, ...(near && { repair: `did you mean ${near}?` }) })];
    });
  },
};

function allowedModels({ block }: ProxyContext): { model: string; path: Path }[] {
  const of = (models: readonly string[] | undefined, at: Path) =>
    (models ?? []).map((model, index) => ({ model, path: ["identityProxy", "policy", ...at, "models", index] }));
  const groups = block.policy?.groups ?? [];
  return [
    ...groups.flatMap(({ models }, index) => of(models, ["groups", index])),
    ...of(block.policy?.everyone?.models, ["everyone"]),
  ];
}

function fitsOne(pattern: string, names: readonly string[]): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const shape = new RegExp(`^${parts.join(".*")}$`, "s");
  return names.some((name) => shape.test(name));
}
