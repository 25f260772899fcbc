import { FormRules, insertedFields, LONGEST_READ } from "./form-rules";
import { BodyProblem, judged } from "./problem";
import type { RewriteResult } from "./rewrite-json";
import { ruleTree } from "./rule-tree";
import type { Insertion, MemberRules } from "./rules";

/** Printable ASCII without `;`, at which some readers split fields as well. */
const PLAIN = /^[\x21-\x3a\x3c-\x7e]*$/;

/** Removes and adds fields of an `application/x-www-form-urlencoded` body. Fields that stay go out as they came. */
export function rewriteUrlencoded(body: Buffer, rules: MemberRules, insertions: readonly Insertion[] = []): RewriteResult {
  return judged(() => {
    const text = body.toString("latin1");
    if (!PLAIN.test(text)) throw malformed();
    const form = new FormRules(ruleTree(rules));
    const kept = text.split("&").filter((field) => field !== "" && keeps(form, field));
    const added = insertedFields(insertions).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    const bytes = Buffer.from([...kept, ...added].join("&"), "latin1");
    return { ok: true, chunks: bytes.length > 0 ? [bytes] : [], length: bytes.length, values: form.values };
  });
}

function keeps(form: FormRules, field: string): boolean {
  const mark = field.indexOf("=");
  const name = decoded(mark < 0 ? field : field.slice(0, mark));
  const value = decoded(mark < 0 ? "" : field.slice(mark + 1));
  const verdict = form.judge(name, false);
  if (verdict === "read") {
    if (value.length > LONGEST_READ) throw new BodyProblem("too_long", `the field ${name} is too long`);
    form.read(name, value);
  }
  return verdict !== "remove";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw malformed();
  }
}

function malformed(): BodyProblem {
  return new BodyProblem("bad_form", "the form is not plain application/x-www-form-urlencoded in UTF-8");
}
