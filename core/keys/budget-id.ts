import { createHash } from "node:crypto";

/**
 * The id of a budget of ours. LiteLLM's budgets have no room for a mark, so the id is one: owner, name, and a checksum over
 * both, which no budget has that somebody named by hand.
 */
export function budgetId(owner: string, name: string): string {
  const checksum = createHash("sha256")
    .update(JSON.stringify(["cdktf-litellm budget", owner, name]))
    .digest("hex");
  return `${owner}:${name}:${checksum.slice(0, 8)}`;
}

/** Whose budget an id is of, and what the keys file calls it; undefined for a budget of nobody's. */
export function budgetOf(id: string): { readonly owner: string; readonly name: string } | undefined {
  const [, owner = "", name = ""] = /^([a-z0-9][a-z0-9-]*):(.+):[0-9a-f]{8}$/s.exec(id) ?? [];
  return budgetId(owner, name) === id ? { owner, name } : undefined;
}
