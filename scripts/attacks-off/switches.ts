import type { Edit } from "./edit";

const HEADERS = "headers/request-headers.ts";

/** Lets headers of the client pass. */
export function headersPass(...names: string[]): Edit[] {
  const list = names.map((name) => `"${name}",`).join(" ");
  return [
    { file: HEADERS, find: '"idempotency-key",', put: `"idempotency-key", ${list}` },
    { file: HEADERS, find: 'return NEVER.has(name) || name.includes("_") || NEVER_PREFIXES.some(', put: "return [].some(" },
  ];
}

/** Lets members of the body stay that LiteLLM's profile removes: paths such as `metadata.tags`, as the list spells them. */
export function membersStay(...paths: string[]): Edit[] {
  const find = "const REMOVE = [...IDENTITY, ...CONTROL, ...IN_METADATA];";
  const put = `const REMOVE = [...IDENTITY, ...CONTROL, ...IN_METADATA].filter((path) => !${JSON.stringify(paths)}.includes(path.join(".")));`;
  return [{ file: "profiles/litellm-members.ts", find, put }];
}

/** Lets the head of a request pass unchecked, and Node's parser be lenient. */
export const ANY_HEAD: readonly Edit[] = [
  {
    file: "server/handler.ts",
    find: "const head = transaction.request.checkedHead();",
    put: "const head = { ok: true, lines: transaction.request.headers };",
  },
  { file: "front/node/node-front.ts", find: "insecureHTTPParser: false", put: "insecureHTTPParser: true" },
];

/** The same in the strict front, which reads a request by what its head was judged to say. */
export const ANY_STRICT_HEAD: readonly Edit[] = [
  {
    file: "front/strict/request-head.ts",
    find: "const checked = checkRequestHead(rawHeaders, areHeaderLines(text, begin));",
    put: `const checked = { ok: true, lines: {} };
    for (let i = 0; i < rawHeaders.length; i += 2) checked.lines[rawHeaders[i].trim().toLowerCase()] = rawHeaders[i + 1];`,
  },
];

/** Sends bodies on as they came, where `when` holds of the transaction. */
export function bodiesStay(when: string): Edit[] {
  const find = "this.rules = service.generation.profile.members(admitted.route);";
  const none = "{ remove: [], refuse: [], read: [], objects: [], texts: [] }";
  return [
    {
      file: "server/body-forwarding.ts",
      find,
      put: `this.rules = ${when} ? ${none} : service.generation.profile.members(admitted.route);`,
    },
  ];
}

/** One line of one file. */
export function line(file: string, find: string, put: string): Edit[] {
  return [{ file, find, put }];
}
