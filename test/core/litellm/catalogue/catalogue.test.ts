import { type Catalogue, knownVersions, loadCatalogue, OVERLAY, parseType, type SectionName } from "../../../../core/litellm";

function catalogueOf(version: string): Catalogue {
  const catalogue = loadCatalogue(version);
  if (!catalogue) throw new Error(`no catalogue of ${version}`);
  return catalogue;
}

const catalogue = catalogueOf("1.108.10");

test("a version without a catalogue is undefined, and the known ones can be listed", () => {
  expect(loadCatalogue("1.0.0")).toBeUndefined();
  expect(loadCatalogue("toString")).toBeUndefined();
  expect(knownVersions()).toContain("1.108.10");
});

test("a catalogue is loaded once", () => {
  expect(loadCatalogue("1.108.10")).toBe(catalogue);
});

test("a catalogue says what it was read from", () => {
  expect(catalogue.wheel.sha256).toBe("7314a7f51b6bcbfe1e915a301604aecf46fcef2097d9b13842f0b2fc85d591cc");
  expect(catalogue.companions).toEqual([
    expect.objectContaining({ name: "litellm-enterprise", version: "0.1.79.post1", pinned: "0.1.79.post2" }),
    expect.objectContaining({ name: "redis", version: "8.1.0" }),
  ]);
});

test.each(knownVersions())("every type of %s can be read", (version) => {
  const { sections, models } = catalogueOf(version);
  const types = [...Object.values(sections).flatMap((section) => [...section.values()].map(({ type }) => type))];
  const fields = [...models.values()].flatMap((model) => Object.values(model.fields));
  for (const type of [...types, ...fields]) expect(() => parseType(type)).not.toThrow();
});

test("an unreadable type is refused", () => {
  expect(() => parseType("strin")).toThrow("catalogue: no such type: strin");
});

test.each([
  ["router_settings", "enable_pre_call_checks", "declared", "boolean"],
  ["router_settings", "retry_policy", "declared", "@RetryPolicy|mapping"],
  ["general_settings", "master_key", "declared", "string"],
  ["general_settings", "proxy_batch_write_at", "read", ""],
  ["general_settings", "block_robots", "read", ""],
  ["litellm_settings", "set_verbose", "declared", "boolean"],
  ["litellm_settings", "cache_params", "read", ""],
  ["cache_params", "type", "declared", expect.stringContaining("'redis'")],
  ["cache_params", "socket_timeout", "declared", "number"],
  ["cache_params", "ssl_cert_reqs", "read", ""],
  ["litellm_params", "rpm", "declared", "number"],
  ["litellm_params", "weight", "declared", "number"],
  ["litellm_params", "extra_body", "read", expect.any(String)],
  ["litellm_params", "num_ctx", "mentioned", ""],
  ["litellm_params", "langfuse_public_key", "read", "string"],
  ["model_info", "base_model", "declared", "string"],
  ["guardrail_params", "presidio_language", "declared", "string"],
  ["top_level", "mcp_servers", "read", ""],
])("%s knows %s", (section, name, evidence, type) => {
  expect(catalogue.sections[section as SectionName].get(name)).toEqual({ evidence, type });
});

test.each([
  ["general_settings", "max_budget"],
  ["general_settings", "deleted"],
  ["litellm_settings", "master_key"],
  ["litellm_settings", "AnthropicConfig"],
  ["litellm_settings", "telemetry"],
  ["router_settings", "request_timeout"],
  ["router_settings", "model_list"],
  ["cache_params", "self"],
  ["litellm_params", "presidio_language"],
])("%s does not know %s", (section, name) => {
  expect(catalogue.sections[section as SectionName].has(name)).toBe(false);
});

test.each([
  ["routing_strategies", ["simple-shuffle", "latency-based-routing", "provider-budget-routing"]],
  ["providers", ["openai", "anthropic", "bedrock", "vertex_ai", "ollama_chat"]],
  ["callbacks", ["prometheus", "generic_api", "langfuse_otel"]],
  ["callbacks_legacy", ["s3", "sentry"]],
  ["guardrail_integrations", ["lakera_v2", "presidio", "bedrock"]],
  ["guardrail_modes", ["pre_call", "post_mcp_call"]],
  ["cache_types", ["redis", "disk"]],
  ["mcp_transports", ["http", "sse", "stdio"]],
  ["mcp_auth_types", ["oauth2", "bearer_token"]],
  ["key_management_systems", ["hashicorp_vault"]],
])("the enumeration %s is there", (name, some) => {
  expect(catalogue.enumerations[name]).toEqual(expect.arrayContaining(some));
});

describe("the overlay", () => {
  test("is short, and says why", () => {
    expect(OVERLAY.length).toBeLessThanOrEqual(50);
    for (const entry of OVERLAY) expect([entry.reason, entry.source]).not.toContain("");
  });

  test.each(OVERLAY.map((entry) => [entry.section ?? entry.model ?? "", entry.name, entry.since ?? knownVersions()[0]]))(
    "%s.%s is known since %s, and the generator misses it in some version",
    (where = "", name = "", since = "") => {
      const found = knownVersions().filter((version) => {
        const { sections, models } = require(`../../../../core/litellm/catalogue/data/${version}/settings.json`);
        return Object.hasOwn(sections[where] ?? models[where].fields, name);
      });
      expect(found).not.toEqual(knownVersions());
      for (const version of knownVersions()) {
        const { sections, models } = catalogueOf(version);
        const known = sections[where as SectionName]?.has(name) ?? Object.hasOwn(models.get(where)?.fields ?? {}, name);
        expect([version, known]).toEqual([version, knownVersions().indexOf(version) >= knownVersions().indexOf(since)]);
      }
    },
  );
});
