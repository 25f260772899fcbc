import { type Defence, defence } from "../edit";
import { bodiesStay, line } from "../switches";

const FORWARDED_RAW =
  'const raw = Buffer.concat(this.chunks); const sent = openExchange(this.service, this.transaction, this.admitted, { length: raw.length, contentType: "application/json" }); sent.write(raw); sent.end();';

/** What bodies are held against. */
export const OF_BODIES: readonly Defence[] = [
  defence(
    "body-metadata-as-text",
    "the type of metadata",
    ...line("body/value-type.ts", "first !== OPEN) throw", "first === -1) throw"),
  ),
  defence(
    "form-fields",
    "the rules for fields",
    ...line("body/form-rules.ts", 'rule.prefixes.length > 0) return "remove";', 'rule.prefixes.length > 0) return "keep";'),
  ),
  defence(
    "model-spelling",
    "names without regard to case",
    ...line("body/rule-tree.ts", "const lower = name.toLowerCase()", "const lower = name"),
  ),
  defence(
    "model-spelling",
    "each member once",
    ...line("body/member-ruling.ts", "level.seen.includes(rule))", "level.seen.length < 0)"),
  ),
  defence(
    "model-spelling",
    "the exact name of what stays",
    ...line("body/member-ruling.ts", "else if (rule.name !== name)", "else if (rule.name === undefined)"),
  ),
  defence(
    "model-in-path",
    "the model of the body",
    ...line("server/body-forwarding.ts", "return judgeModel(models, model);", "return undefined;"),
  ),
  defence("expect-continue", "rules for bodies that are asked for", ...bodiesStay("transaction.request.headers.expect")),
  defence("large-bodies", "rules for bodies that are not held in memory", ...bodiesStay("length > 65536")),
  defence(
    "content-types",
    "the list of content types",
    ...line("body/content-type.ts", "throw unsupported();\n  });", 'return { ok: true, kind: "json" };\n  });'),
  ),
  defence(
    "content-types",
    "forms where they belong",
    ...line("server/body-refusal.ts", 'if (route.body === "json-or-form" ||', "if (true ||"),
  ),
  defence(
    "content-types",
    "the charset",
    ...line("body/content-type.ts", "if (charset !== undefined &&", "if (charset === null &&"),
  ),
  defence(
    "fail-open",
    "a fault ends the request",
    ...line("server/body-forwarding.ts", 'this.refuse(INTERNAL, "failed");', FORWARDED_RAW),
  ),
  defence("many-at-once", "rules when there is much to do", ...bodiesStay("service.uploads.active > 28")),
  defence(
    "duplicate-members",
    "each member once",
    ...line("body/member-ruling.ts", "level.seen.includes(rule))", "level.seen.length < 0)"),
  ),
  defence(
    "escaped-names",
    "escapes resolved before names are compared",
    ...line("body/member-text.ts", 'if (!text.includes("\\\\")) return text;', "if (text !== null) return text;"),
  ),
  defence("look-alike-names", "letters that fold", ...line("body/rule-tree.ts", '.replaceAll("ſ", "s")', "")),
  defence(
    "trailing-data",
    "nothing behind the object",
    ...line("body/json-scanner.ts", "if (i < end) throw", "if (i < end) return end; if (end < 0) throw"),
  ),
  defence(
    "trailing-data",
    "a whole object",
    ...line("body/rewrite-json.ts", "if (!scanner.complete)", "if (scanner === undefined)"),
  ),
  defence(
    "encodings",
    "UTF-8 only",
    ...line("body/rewrite-json.ts", "if (!isUtf8(body))", "if (!body)"),
    ...line("body/json-scanner.ts", "if (this.byte(i) !== OPEN) throw", "if (this.byte(i) < 0) throw"),
  ),
  defence(
    "compressed-bodies",
    "bodies that can be read",
    ...line("body/content-type.ts", "if (contentEncoding !== undefined &&", "if (contentEncoding === null &&"),
  ),
  defence(
    "custom-llm-provider",
    "the member goes",
    ...line("profiles/litellm-members.ts", 'remove: [...REMOVE, ["custom_llm_provider"]]', "remove: REMOVE"),
    ...line("profiles/litellm-members.ts", 'texts: [["custom_llm_provider"], ["model"]]', 'texts: [["model"]]'),
  ),
  defence(
    "storage-provider",
    "the type of what stays",
    ...line("profiles/litellm-members.ts", 'texts: [["custom_llm_provider"], ["model"]]', 'texts: [["model"]]'),
  ),
  defence(
    "multipart-tricks",
    "the head of a part",
    ...line("body/part-head.ts", "if (!match || !name || lines.has(name)) throw malformed();", "if (!match || !name) continue;"),
    ...line(
      "body/part-head.ts",
      "if (!match || name === undefined ||",
      "if (!match) return { name: 'x', isFile: false };\n  if (",
    ),
    ...line("body/part-head.ts", "for (const name of lines.keys()) if", "if (false) for (const name of lines.keys()) if"),
  ),
  defence(
    "multipart-tricks",
    "nothing behind the form",
    ...line("body/multipart.ts", "if (byte !== 0x0d && byte !== 0x0a", "if (byte < 0 && byte !== 0x0a"),
  ),
  defence(
    "urlencoded-forms",
    "what separates fields",
    ...line("body/urlencoded.ts", "if (!PLAIN.test(text)) throw malformed();", ""),
  ),
  defence("nesting", "the deepest nesting", ...line("body/json-scanner.ts", "const DEEPEST = 1000;", "const DEEPEST = 1e9;")),
];
