import type { Rule } from "../findings";

/** An input that nothing can be made of. */
export const notImportable: Rule = {
  id: "not-importable",
  severity: "error",
  waivable: false,
  summary: "the file cannot be imported",
  why: "It does not hold what an import is made from, or holds it in a form that only Terraform or Docker can compute. A guess would drop settings in silence.",
  repair: "import the file that holds LiteLLM's configuration by itself",
};
