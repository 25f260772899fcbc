import { type Catalogue, knownVersions, loadCatalogue, parseType } from "../../../../core/litellm";

function catalogueOf(version: string): Catalogue {
  const catalogue = loadCatalogue(version);
  if (!catalogue) throw new Error(`no catalogue of ${version}`);
  return catalogue;
}

const catalogue = catalogueOf("1.108.10");

describe("routes", () => {
  const routeOf = (method: string, path: string) =>
    catalogue.routes.find((route) => route.method === method && route.path === path);

  test.each([
    ["POST", "/v1/chat/completions", "llm"],
    ["POST", "/v1/messages", "llm"],
    ["WS", "/v1/realtime", "llm"],
    ["POST", "/v1beta/models/{model_name:path}:generateContent", "llm"],
    ["POST", "/key/generate", "management"],
    ["POST", "/customer/new", "management"],
    ["GET", "/global/spend/report", "management"],
    ["POST", "/management/v1/users/bulk", "management"],
    ["GET", "/customer/daily/activity/aggregated", "management"],
    ["GET", "/sso/key/generate", "ui"],
    ["GET", "/health/readiness", "health"],
    ["MOUNT", "/metrics", "health"],
    ["POST", "/anthropic/{endpoint:path}", "pass-through"],
    ["GET", "/.well-known/openid-configuration", "unknown"],
  ])("%s %s is of the class %s", (method, path, expected) => {
    expect(routeOf(method, path)?.class).toBe(expected);
  });

  test("say whether a key is checked, what the body is, and which of LiteLLM's lists name them", () => {
    expect(routeOf("POST", "/key/generate")).toMatchObject({ keyed: true, hidden: false, body: "GenerateKeyRequest" });
    expect(routeOf("POST", "/key/generate")?.lists).toContain("key_management_routes");
    expect(routeOf("GET", "/health/liveliness")).toMatchObject({ keyed: false, lists: ["public_routes"] });
    expect(routeOf("GET", "/sso/key/generate")).toMatchObject({ keyed: false, hidden: true });
  });

  test.each(knownVersions())("of %s have a path each, and few are of no class", (version) => {
    const { routes } = catalogueOf(version);
    for (const { method, path } of routes) expect(`${method} ${path}`).toMatch(/^[A-Z]+ \/\S*$/);
    expect(routes.length).toBeGreaterThan(800);
    expect(routes.filter((route) => route.class === "unknown").length / routes.length).toBeLessThan(0.1);
  });
});

describe("requests", () => {
  test.each([
    ["GenerateKeyRequest", "tpm_limit", "number", undefined],
    ["GenerateKeyRequest", "key_type", expect.stringContaining("'read_only'"), "default"],
    ["UpdateKeyRequest", "key", "string", undefined],
    ["NewTeamRequest", "members_with_roles", "list<@Member>", []],
    ["NewUserRequest", "auto_create_key", "boolean", true],
    ["BudgetNewRequest", "budget_duration", "string", undefined],
    ["TagNewRequest", "name", "string", undefined],
    ["NewCustomerRequest", "blocked", "boolean", false],
    ["NewOrganizationRequest", "organization_alias", "string", undefined],
  ])("%s has %s", (name, field, type, value) => {
    const model = catalogue.requests.get(name);
    expect([model?.fields[field], model?.defaults[field]]).toEqual([type, value]);
  });

  test("say what is required", () => {
    expect(catalogue.requests.get("TagNewRequest")?.required).toEqual(["name"]);
  });

  test.each(knownVersions())("of %s are those that its routes name, in types that can be read", (version) => {
    const { routes, requests } = catalogueOf(version);
    for (const path of [
      "/key/generate",
      "/team/new",
      "/user/new",
      "/budget/new",
      "/tag/new",
      "/customer/new",
      "/organization/new",
    ]) {
      const body = routes.find((route) => route.method === "POST" && route.path === path)?.body ?? "";
      expect([path, Object.keys(requests.get(body)?.fields ?? {}).length > 0]).toEqual([path, true]);
    }
    for (const { fields } of requests.values())
      for (const type of Object.values(fields)) expect(() => parseType(type)).not.toThrow();
  });
});

test.each([
  "authorization",
  "x-litellm-api-key",
  "x-litellm-tags",
  "x-litellm-end-user-id",
  "x-litellm-customer-id",
  "x-forwarded-for",
])("the header %s is read in every version", (header) => {
  for (const version of knownVersions()) expect(catalogueOf(version).headers.get(header)).toMatch(/^litellm\/.*\.py:\d+$/);
});

test("headers of answers are not among those that are read", () => {
  const { headers } = catalogue;
  for (const header of ["x-litellm-response-cost", "x-litellm-model-id", "retry-after", "etag"])
    expect(headers.has(header)).toBe(false);
});

describe("metrics", () => {
  test("have a type, labels and a description", () => {
    expect(catalogue.metrics.get("litellm_remaining_team_budget_metric")).toEqual({
      type: "gauge",
      labels: ["team", "team_alias"],
      optional: {},
      description: expect.stringContaining("team"),
    });
  });

  test("have the labels of organisations, which another place adds", () => {
    expect(catalogue.metrics.get("litellm_spend_metric")?.labels).toEqual(
      expect.arrayContaining(["model", "org_id", "org_alias"]),
    );
  });

  test("have the labels that a switch adds apart", () => {
    const { labels = [], optional } = catalogue.metrics.get("litellm_proxy_total_requests_metric") ?? {};
    expect(labels).not.toContain("stream");
    expect(optional).toEqual({ prometheus_emit_stream_label: ["stream"] });
  });

  test("of the services that LiteLLM watches are among them", () => {
    expect(catalogue.metrics.get("litellm_redis_latency")).toMatchObject({ type: "histogram", labels: ["redis"] });
    expect(catalogue.metrics.get("litellm_pod_lock_manager_size")?.type).toBe("gauge");
    expect(catalogue.metrics.has("litellm_pod_lock_manager_latency")).toBe(false);
  });

  test("get labels with the versions", () => {
    const labelsIn = (version: string) => catalogueOf(version).metrics.get("litellm_llm_api_latency_metric")?.labels;
    expect(labelsIn("1.104.9")).not.toContain("model_group");
    expect(labelsIn("1.106.10")).toContain("model_group");
  });
});
