import { isSecret } from "../../findings";
import type { Path, ScalarNode, SourceNode } from "../../source";

/** A text and where it stands, with the name that it stands under. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
  readonly path: Path;
  readonly node: ScalarNode;
}

/** Keys and tokens that providers hand out, by their beginning. */
const ISSUED =
  /^(?:Bearer\s+)?(?:sk-(?:ant|proj|or|lf|svcacct)[A-Za-z0-9_-]{16,}|sk-[A-Za-z0-9_-]{20,}|pk-lf-[A-Za-z0-9-]{16,}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|hf_[A-Za-z0-9]{20,}|r8_[A-Za-z0-9]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[A-Za-z0-9-]{20,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*)$|-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** Words of examples. */
const EXAMPLE =
  /your|example|fake|dummy|placeholder|change.?me|any.?thing|xxx|\*\*\*|\.\.\.|…|<|>|\$\{|\{\{|insert|replace|todo|sample|test|mock|none|null|not.?(?:a|needed|required)|no.?key|secret.?key|api.?key|my.?|1234|abcd|redacted|hidden|demo|foo|bar/i;
/** The same for what has the shape of an issued key, where a short word may stand by chance. */
const EXAMPLE_KEY = /your|example|fake|dummy|placeholder|change.?me|xxxx|\*\*\*|\.\.\.|…|<|>|\$\{|\{\{|redacted/i;
/** Rows of the keyboard and of the alphabet, as people type them who need some key. */
const RUN = /(?:0?123456789?0?|abcdef(?:g(?:h(?:i(?:j\w*)?)?)?)?|987654321?0?|qwerty\w*)/gi;
/** What is left of a real key when such a run stands in it by chance. */
const LEAST_BESIDE_RUNS = 16;
/** Fewer different characters than this are no key, however long the text is. */
const LEAST_ENTROPY = 3.2;
const SHORTEST_KEY = 20;
/** From here on a text that is random enough is nobody's example, whatever short word stands in it by chance. */
const LONG_KEY = 32;
const HIGH_ENTROPY = 4;
/** People choose passwords: these are shorter than keys, and less random. */
const PASSWORD = /(?:password|passwd|passphrase|pwd)$/i;
const SHORTEST_PASSWORD = 8;

/** Every text of a configuration, with the name that it stands under. */
export function textsIn(root: SourceNode, path: Path = [], name = ""): NamedText[] {
  if (root.kind === "map") return [...root.entries].flatMap(([key, { node }]) => textsIn(node, [...path, key], key));
  if (root.kind === "list") return root.items.flatMap((item, index) => textsIn(item, [...path, index], name));
  return typeof root.value === "string" && root.value !== "" ? [{ name, text: root.value, path, node: root }] : [];
}

/** Whether a text is a credential that somebody could use: by its shape, or by its name and its randomness. */
export function isCredential({ name, text }: Pick<NamedText, "name" | "text">): boolean {
  if (text.startsWith("os.environ/")) return false;
  if (ISSUED.test(text)) return !EXAMPLE_KEY.test(text) && !isTyped(text);
  if (!isSecret(name, text) || text.includes("://")) return false;
  // A file that holds the credential is no credential.
  if (/^[./~]|\.(?:json|pem|key|crt)$/.test(text)) return false;
  const bare = text.replace(/^Bearer\s+/, "");
  if (/\s/.test(bare) || !/\d/.test(bare)) return false;
  if (bare.length >= LONG_KEY && entropy(bare) >= HIGH_ENTROPY) return !EXAMPLE_KEY.test(bare) && !isTyped(bare);
  if (EXAMPLE.test(bare)) return false;
  if (PASSWORD.test(name)) return bare.length >= SHORTEST_PASSWORD;
  return bare.length >= SHORTEST_KEY && entropy(bare) >= LEAST_ENTROPY;
}

/** Whether a text is an example or a stand-in, not a value that anybody uses. */
export function isExample(text: string): boolean {
  return EXAMPLE.test(text);
}

/** Whether a text in the shape of a key is made of runs such as `1234567890abcdef`, and of little else. */
function isTyped(text: string): boolean {
  const body = text.replace(
    /^(?:Bearer\s+)?(?:sk|pk)?[-_]?(?:ant|proj|or|lf|svcacct|AKIA|ASIA|AIza|gsk|xai|hf|r8|gh[pousr]|xox[abp])?[-_]/i,
    "",
  );
  const rest = body.replace(RUN, "");
  return rest !== body && rest.replace(/[^A-Za-z0-9]/g, "").length < LEAST_BESIDE_RUNS;
}

/** Bits a character (Shannon). */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
