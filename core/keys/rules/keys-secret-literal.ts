import type { Finding } from "../../findings";
import { found } from "../../findings";
import { isCredential } from "../../litellm";
import { type Path, type ScalarNode, type SourceNode, showPath } from "../../source";
import type { KeysRule } from "./context";

/** What looks like a key of LiteLLM, of a provider or of a code host, wherever it stands in a text. */
const SECRET =
  /\b(?:sk-[A-Za-z0-9_-]{16,}|A[KS]IA[0-9A-Z]{16}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|AIza[0-9A-Za-z_-]{30,}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|glpat-[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,}|xox[abp]-[A-Za-z0-9-]{20,})|-----BEGIN [A-Z ]*PRIVATE KEY/;
/** Where a secret is: its address in AWS, or the name of a variable. */
const ADDRESS = /^arn:|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** A value in the file that should hold none. */
export const keysSecretLiteral: KeysRule = {
  id: "keys-secret-literal",
  severity: "error",
  summary: "a keys file holds the value of a key",
  why: "The file is read by reviewers and kept in version control; metadata are shown in LiteLLM's interface and logs.",
  repair: "take it out and make it invalid; for a value that is in use write existing: with its SHA-256",
  check: (context) => secretsIn(context.root, []),
};

function secretsIn(node: SourceNode, path: Path): Finding[] {
  if (node.kind === "list") return node.items.flatMap((item, index) => secretsIn(item, [...path, index]));
  if (node.kind === "map") return [...node.entries].flatMap(([name, entry]) => secretsIn(entry.node, [...path, name]));
  if (!SECRET.test(node.text) && !isCredentialInMetadata(node, path)) return [];
  const message = "this looks like the value of a key";
  return [found(keysSecretLiteral, { place: node.place, path: showPath(path), message, repair: keysSecretLiteral.repair })];
}

/** Metadata are free text under names that anybody chooses, so they are looked at as lint looks at LiteLLM's own settings. */
function isCredentialInMetadata(node: ScalarNode, path: Path): boolean {
  if (path[2] !== "metadata" || typeof node.value !== "string" || ADDRESS.test(node.text)) return false;
  const name = path.findLast((part) => typeof part === "string") ?? "";
  return isCredential({ name: String(name), text: node.text });
}
