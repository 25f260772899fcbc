import type { Json } from "../../../core/keys";

/** One call to LiteLLM's administration, and what of its answer is compared. */
export interface ApiCall {
  readonly what: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: Readonly<Record<string, Json>>;
  /** The part of the answer that keys as code look at. */
  readonly seen?: (answer: Record<string, Json>) => Json | undefined;
}

const KEY = "sk-contract-key-aaaaaaaaaaaaaa1";
const OTHER = "sk-contract-key-bbbbbbbbbbbbbb2";

const pick = (row: Json | undefined, ...names: string[]): Json =>
  Object.fromEntries(names.map((name) => [name, (row as Record<string, Json> | undefined)?.[name] ?? null]));
const keyFields = ["key_alias", "max_budget", "models", "metadata", "team_id", "budget_duration", "allowed_routes", "blocked"];
const info = (answer: Record<string, Json>): Json => pick(answer.info, ...keyFields);
const listed =
  (name: string, id: string, value: string, ...fields: string[]) =>
  (answer: Record<string, Json>): Json => {
    const rows = (Array.isArray(answer) ? answer : answer[name]) as Record<string, Json>[];
    return pick(
      rows.find((row) => row[id] === value),
      ...fields,
    );
  };

/** Calls in an order that shows what LiteLLM does with each; made on a real one and on the one in memory. */
export function apiCalls(tokenOf: (value: string) => string): ApiCall[] {
  const get = (what: string, path: string, seen?: ApiCall["seen"]): ApiCall => ({
    what,
    method: "GET",
    path,
    ...(seen && { seen }),
  });
  const post = (what: string, path: string, body: ApiCall["body"] = {}, seen?: ApiCall["seen"]): ApiCall => ({
    what,
    method: "POST",
    path,
    body,
    ...(seen && { seen }),
  });
  const token = tokenOf(KEY);
  const lookAtKey = (what: string): ApiCall => get(what, `/key/info?key=${token}`, info);
  const lookAtTeam = get(
    "the team",
    "/v2/team/list?page=1&page_size=100",
    listed("teams", "team_id", "ct", "team_alias", "max_budget", "models", "metadata", "blocked"),
  );
  const lookAtUser = get(
    "the user",
    "/user/list?page=1&page_size=100",
    listed("users", "user_id", "cu", "user_email", "max_budget", "models", "metadata", "user_role"),
  );
  const lookAtTag = get("the tag", "/tag/list", listed("", "name", "ctag", "description", "models", "spend"));
  const lookAtCustomer = get("the customer", "/customer/list", listed("", "user_id", "cc", "alias", "blocked", "default_model"));
  const lookAtBudget = get(
    "the budget",
    "/budget/list",
    listed("", "budget_id", "cb", "max_budget", "soft_budget", "rpm_limit", "budget_duration"),
  );
  return [
    post("a budget", "/budget/new", { budget_id: "cb", max_budget: 5, budget_duration: "30d" }),
    post("a budget of the same id", "/budget/new", { budget_id: "cb", max_budget: 6 }),
    post("another limit of the budget, one cleared", "/budget/update", { budget_id: "cb", max_budget: null, rpm_limit: 7 }),
    lookAtBudget,
    post("a budget that is not there", "/budget/update", { budget_id: "nope", max_budget: 1 }),
    post("a team", "/team/new", {
      team_id: "ct",
      team_alias: "CT",
      models: ["mock-a"],
      max_budget: 10,
      metadata: { a: 1, flag: true },
    }),
    post("a team of the same id", "/team/new", { team_id: "ct", team_alias: "CT" }),
    lookAtTeam,
    post("the team's budget cleared, metadata replaced", "/team/update", { team_id: "ct", max_budget: null, metadata: { b: 2 } }),
    lookAtTeam,
    post("a user", "/user/new", {
      user_id: "cu",
      user_email: "cu@example.org",
      user_role: "internal_user",
      auto_create_key: false,
      send_invite_email: false,
      max_budget: 3,
      metadata: { a: true },
    }),
    post("a user of the same id", "/user/new", { user_id: "cu", auto_create_key: false }),
    lookAtUser,
    post("what a user cannot lose", "/user/update", { user_id: "cu", user_email: null, models: [], max_budget: null }),
    lookAtUser,
    post("the user's metadata", "/user/update", { user_id: "cu", metadata: { b: false } }),
    lookAtUser,
    post("a tag", "/tag/new", { name: "ctag", description: "first", budget_id: "cb" }),
    post("a tag of the same name", "/tag/new", { name: "ctag" }),
    lookAtTag,
    post("an update of the tag that names its budget", "/tag/update", { name: "ctag", description: "first", budget_id: "cb" }),
    lookAtTag,
    post("an update of the tag that names nothing", "/tag/update", { name: "ctag" }),
    lookAtTag,
    post("a customer", "/customer/new", { user_id: "cc", alias: "C", budget_id: "cb" }),
    post("a customer of the same id", "/customer/new", { user_id: "cc" }),
    post("what a customer cannot lose", "/customer/update", { user_id: "cc", alias: null }),
    post("a blocked customer", "/customer/update", { user_id: "cc", blocked: true }),
    lookAtCustomer,
    post("a key", "/key/generate", {
      key: KEY,
      key_alias: "ck",
      team_id: "ct",
      models: ["mock-a"],
      max_budget: 1,
      budget_duration: "30d",
      allowed_routes: ["llm_api_routes"],
      metadata: { allow_client_tags: true, n: 1, "cdktf-litellm": { owner: "o", generation: 1 } },
    }),
    lookAtKey("the key: booleans are booleans"),
    post("the same value and alias", "/key/generate", { key: KEY, key_alias: "ck", max_budget: 99 }),
    post("the same value, another alias", "/key/generate", { key: KEY, key_alias: "ck2", max_budget: 99 }),
    lookAtKey("the key is as it was"),
    post("another value, the same alias", "/key/generate", { key: OTHER, key_alias: "ck" }),
    post("a short value", "/key/generate", { key: "sk-short" }),
    post("a value without sk-", "/key/generate", { key: "no-contract-key-aaaaaaaaaa" }),
    post("a period that LiteLLM does not know", "/key/generate", { budget_duration: "1y" }),
    post("tags, which want a licence", "/key/generate", { tags: ["a"] }),
    post("metadata of the key replaced", "/key/update", { key: token, metadata: { only: 1 } }),
    lookAtKey("metadata is what was sent"),
    post("limits cleared, blocked", "/key/update", { key: token, max_budget: null, blocked: true }),
    lookAtKey("limits are gone"),
    get("a key that is not there", `/key/info?key=${tokenOf("sk-never-made-aaaaaaaaaaaa")}`),
    post("an update of a key that is not there", "/key/update", { key: tokenOf("sk-never-made-aaaaaaaaaaaa"), max_budget: 1 }),
    post("a key deleted", "/key/delete", { keys: [token] }),
    post("a key deleted twice", "/key/delete", { keys: [token] }),
    post("a tag deleted", "/tag/delete", { name: "ctag" }),
    post("a tag deleted twice", "/tag/delete", { name: "ctag" }),
    post("a customer deleted", "/customer/delete", { user_ids: ["cc"] }),
    post("a customer deleted twice", "/customer/delete", { user_ids: ["cc"] }),
    post("a budget deleted", "/budget/delete", { id: "cb" }),
    post("a budget deleted twice", "/budget/delete", { id: "cb" }),
    post("a key of the team", "/key/generate", { key: OTHER, key_alias: "cko", team_id: "ct" }),
    post("a team deleted", "/team/delete", { team_ids: ["ct"] }),
    get("a key that went with its team is still told of", `/key/info?key=${tokenOf(OTHER)}`),
    get(
      "and is in no list",
      "/key/list?page=1&size=100&return_full_object=true&key_alias=cko",
      (answer) => (answer.keys as Json[]).length,
    ),
    post("a team deleted twice", "/team/delete", { team_ids: ["ct"] }),
    post("a user deleted", "/user/delete", { user_ids: ["cu"] }),
    post("a user deleted twice", "/user/delete", { user_ids: ["cu"] }),
  ];
}
