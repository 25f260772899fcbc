/** Whether a model's name fits one of some patterns, in which `*` stands for any text. */
export interface ModelList {
  /** Every model fits, so that no name has to be read. */
  readonly any: boolean;
  fits(model: string): boolean;
}

/** Patterns as a settings file has them: `gpt-5`, `claude-*`, `*`. Letter case counts, as it does for LiteLLM. */
export function modelList(patterns: readonly string[]): ModelList {
  const any = patterns.includes("*");
  const names = new Set(patterns.filter((pattern) => !pattern.includes("*")));
  const wild = patterns.filter((pattern) => pattern.includes("*")).map((pattern) => pattern.split("*"));
  return { any, fits: (model) => any || names.has(model) || wild.some((parts) => fitsParts(model, parts)) };
}

/** Pieces in their order, without overlap. Taking each piece as early as possible finds a fit if there is one, in linear time. */
function fitsParts(model: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (model.length < first.length + last.length || !model.startsWith(first) || !model.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = model.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= model.length - last.length;
}
