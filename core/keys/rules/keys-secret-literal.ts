import type { Finding } from "../../findings";
import { found } from "../../findings";
import { type Path, type SourceNode, showPath } from "../../source";
import type { KeysRule } from "./context";

/** What looks like a key of LiteLLM or of a provider. */
const SECRET = /\b(sk-[A-Za-z0-9_-]{16,}|AKIA[0-9A-Z]{16}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|AIza[0-9A-Za-z_-]{30,})/;

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
  if (!SECRET.test(node.text)) return [];
  const message = "this looks like the value of a key";
  return [found(keysSecretLiteral, { place: node.place, path: showPath(path), message, repair: keysSecretLiteral.repair })];
}
