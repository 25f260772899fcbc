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

/** The shortest text that {@link SECRET} finds something in: most texts of a file are shorter. */
const SHORTEST = 19;

/** A value in the file that should hold none. */
export const keysSecretLiteral: KeysRule = {
  id: "keys-secret-literal",
  severity: "error",
  summary: "a keys file holds the value of a key",
  why: "The file is read by reviewers and kept in version control; metadata are shown in LiteLLM's interface and logs.",
  repair: "take it out and make it invalid; for a value that is in use write existing: with its SHA-256",
  check: (context) => {
    const findings: Finding[] = [];
    walk(context.root, [], findings);
    return findings;
  },
};

/** @param path of the node; it is added to and taken from on the way, because a file has a hundred thousand nodes */
function walk(node: SourceNode, path: (string | number)[], findings: Finding[]): void {
  if (node.kind === "scalar") {
    const isSecret = node.text.length >= SHORTEST && SECRET.test(node.text);
    if (isSecret || isCredentialInMetadata(node, path)) findings.push(secretAt(node, path));
    return;
  }
  const step = (name: string | number, inner: SourceNode): void => {
    path.push(name);
    walk(inner, path, findings);
    path.pop();
  };
  if (node.kind === "list")
    node.items.forEach((item, index) => {
      step(index, item);
    });
  else
    node.entries.forEach((entry, name) => {
      step(name, entry.node);
    });
}

function secretAt({ place }: SourceNode, path: Path): Finding {
  const message = "this looks like the value of a key";
  return found(keysSecretLiteral, { place, path: showPath(path), message, repair: keysSecretLiteral.repair });
}

/** Metadata are free text under names that anybody chooses, so they are looked at as lint looks at LiteLLM's own settings. */
function isCredentialInMetadata(node: ScalarNode, path: Path): boolean {
  if (path[2] !== "metadata" || typeof node.value !== "string" || ADDRESS.test(node.text)) return false;
  const name = path.findLast((part) => typeof part === "string") ?? "";
  return isCredential({ name: String(name), text: node.text });
}
