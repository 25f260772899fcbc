/** A request as a client would make it. */
export interface Attempt {
  readonly headers: Readonly<Record<string, string>>;
  /** Members of a JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Further fields, where the body is a form. */
  readonly fields: Readonly<Record<string, string>>;
  /** Without the question mark. */
  readonly query: string;
}

/** A way to claim an identity; `mark` is what must be found nowhere. */
export type Channel = readonly [name: string, claim: (mark: string) => Partial<Attempt>];

const header = (name: string, value = "$"): Channel => [
  `header ${name}`,
  (mark) => ({ headers: { [name]: value.replace("$", mark) } }),
];
const body = (name: string, members: Readonly<Record<string, unknown>>): Channel => [
  `body ${name}`,
  (mark) => ({ body: JSON.parse(JSON.stringify(members).replaceAll("$", mark)) as Record<string, unknown> }),
];
const query = (text: string): Channel => [`query ${text}`, (mark) => ({ query: text.replaceAll("$", mark) })];

const CONTAINER = {
  tags: ["$"],
  user: "$",
  user_id: "$",
  session_id: "$",
  agent_id: "$",
  spend_logs_metadata: { k: "$" },
  user_api_key_end_user_id: "$",
};

/** Every kind of channel that LiteLLM 1.108.10 was seen to read, by headers, body, query and spelling. */
export const CHANNELS: readonly Channel[] = [
  header("x-litellm-end-user-id"),
  header("x-litellm-customer-id"),
  header("x-litellm-tags"),
  header("tags"),
  header("x-litellm-spend-logs-metadata", '{"k":"$"}'),
  header("x-litellm-agent-id"),
  header("x-litellm-trace-id"),
  header("x-litellm-session-id"),
  header("x-acme-session-id"),
  header("x-session-id"),
  header("x-litellm-call-id"),
  header("baggage", "session.id=$"),
  header("user-agent", "$/1"),
  header("x-litellm-user-id"),
  header("x-litellm-team-id"),
  header("x-openwebui-user-email"),
  header("x_litellm_end_user_id"),
  header("X-Pass-X-Probe"),
  body("user", { user: "$" }),
  body("user as an object", { user: { id: "$" } }),
  body("safety_identifier", { safety_identifier: "$" }),
  body("tags", { tags: ["$"] }),
  body("metadata", { metadata: CONTAINER }),
  body("litellm_metadata", { litellm_metadata: CONTAINER }),
  body("litellm_metadata as text", { litellm_metadata: JSON.stringify({ tags: ["$"], user: "$" }) }),
  body("litellm_params", {
    litellm_params: {
      metadata: { ...CONTAINER, user_api_key: "$", user_api_key_team_id: "$" },
      user_api_key_end_user_id: "$",
      litellm_metadata: { tags: ["$"] },
    },
  }),
  body("user_api_key_end_user_id", { user_api_key_end_user_id: "$", user_api_key_team_id: "$", user_api_key_hash: "$" }),
  body("session and trace", { litellm_session_id: "$", litellm_trace_id: "$", litellm_call_id: "$" }),
  body("agent_id", { agent_id: "$" }),
  body("tool call metadata", { mcp_tool_call_metadata: { k: "$" }, vector_store_request_metadata: [{ k: "$" }] }),
  body("provider headers", { headers: { "x-probe": "$" }, extra_headers: { "x-probe": "$" }, organization: "$" }),
  body("provider members", { extra_body: { user: "$", tags: ["$"] } }),
  body("guardrails", { guardrails: ["$"] }),
  query("user=$"),
  query("safety_identifier=$"),
  query('metadata={"user_id":"$"}'),
  query('litellm_metadata={"user":"$","tags":["$"]}'),
  query("%75ser=$"),
  query('litellm_params={"metadata":{"tags":["$"]},"user_api_key_end_user_id":"$"}'),
  header("x-litellm-api-key", "sk-$"),
  header("cookie", "token=$"),
  header("x-forwarded-for", "$"),
  ["fields of forms", (mark) => ({ fields: { "tags[]": mark, "metadata[user_id]": mark, "litellm_metadata[user]": mark } })],
  body("Bedrock's metadata", { requestMetadata: { user: "$" } }),
];

/** All of them at once. */
export function everything(mark: string): Partial<Attempt> {
  const all = CHANNELS.map(([, claim]) => claim(mark));
  return {
    headers: Object.assign({}, ...all.map(({ headers }) => headers)),
    body: Object.assign({}, ...all.map(({ body: members }) => members)),
    fields: Object.assign({}, ...all.map(({ fields }) => fields)),
    query: all.flatMap(({ query: text }) => text ?? []).join("&"),
  };
}

/** Names that reach LiteLLM by different ways: headers, and the body. The first tries every channel by itself. */
export const CALLERS: readonly (readonly [user: string, group: string])[] = [
  ["alice", "engineering"],
  ["müller", "Vertrieb, EMEA"],
  ["王", "größe"],
];
