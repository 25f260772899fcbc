import { knownVersions, loadCatalogue } from "../../../core/litellm";
import { INFERENCE_CLASSES, KNOWN_VERSIONS, ROUTE_RULES, RouteTable, readTarget, releaseOf } from "../../../proxy/src/routes";
import { operationsOf } from "../../../scripts/proxy-reference/releases";

const tableOf = (version: string): RouteTable => {
  const operations = new Set(releaseOf(version)?.operations);
  return new RouteTable((operation) => operations.has(operation));
};
const table = tableOf("1.108.10");

/** A path with something in place of each parameter. */
const example = (template: string): string => template.replace(/\{\w+(:path)?\}/g, "x-1");

it("the versions are those that there is a catalogue of", () => {
  expect(KNOWN_VERSIONS).toEqual(knownVersions());
});

describe.each(KNOWN_VERSIONS)("LiteLLM %s", (version) => {
  const catalogue = loadCatalogue(version);
  const operations = catalogue ? operationsOf(catalogue) : new Set<string>();
  const own = tableOf(version);
  const ours = new Set(own.list().map(({ method, template }) => `${method} ${template}`));

  it("has every route that is forwarded to it", () => {
    expect([...ours].filter((operation) => !operations.has(operation))).toEqual([]);
    expect(ours.size).toBeGreaterThan(70);
  });

  it("is asked nothing else: admin, UI, keys, configuration, debug, MCP, pass-through and the rest are refused", () => {
    const refused = [...operations].filter((operation) => !ours.has(operation));
    const reached = refused.filter((operation) => {
      const [method = "", path = ""] = operation.split(" ");
      return typeof own.find(method, example(path)) !== "string";
    });
    expect(reached).toEqual([]);
    expect(refused.length).toBeGreaterThan(700);
  });
});

describe("the routes of LiteLLM 1.108.10", () => {
  it("are all of ours", () => {
    const ours = ROUTE_RULES.flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`));
    expect([...(releaseOf("1.108.10")?.operations ?? [])].sort()).toEqual(ours.sort());
  });

  it.each([
    ["POST", "/v1/chat/completions", "chat"],
    ["POST", "/chat/completions", "chat"],
    ["POST", "/openai/deployments/gpt-5/chat/completions", "chat"],
    ["POST", "/v1/messages", "messages"],
    ["POST", "/v1beta/models/gemini-3:streamGenerateContent", "generate-content"],
    ["GET", "/v1/models", "models"],
    ["WEBSOCKET", "/v1/realtime", "realtime"],
    ["GET", "/v1/responses/resp_1", "stored-responses"],
  ])("%s %s is of class %s", (method, path, routeClass) => {
    expect(table.find(method, path)).toMatchObject({ route: { class: routeClass } });
  });

  it.each([
    ["/openai/deployments/gpt-5/chat/completions", "gpt-5"],
    ["/openai/deployments/openai/gpt-5/chat/completions", "openai/gpt-5"],
    ["/engines/a/chat/completions/chat/completions", "a/chat/completions"],
    ["/v1beta/models/gemini/g-3:generateContent", "gemini/g-3"],
  ])("%s names the model %s", (path, model) => {
    expect(table.find("POST", path)).toMatchObject({ pathModel: model });
  });

  it.each([
    ["POST", "/key/generate"],
    ["GET", "/health"],
    ["GET", "/model/info"],
    ["POST", "/v1/mcp/server/register"],
    ["POST", "/anthropic/v1/messages"],
    ["POST", "/openai/v1/chat/completions"],
    ["GET", "/ui/"],
    ["GET", "/"],
    ["POST", "/V1/chat/completions"],
    ["POST", "/openai/deployments/a/b/c/d/e/chat/completions"],
  ])("%s %s has no route", (method, path) => {
    expect(table.find(method, path)).toBe("route_unknown");
  });

  it.each(["GET", "PUT", "post", "DELETE", "OPTIONS"])("%s is no method of the chat route", (method) => {
    expect(table.find(method, "/v1/chat/completions")).toBe("method_not_allowed");
  });

  it("store nothing where a policy says inference", () => {
    expect(INFERENCE_CLASSES).not.toEqual(expect.arrayContaining(["files"]));
    const storing = table
      .list()
      .filter(({ model, class: name }) => model === "hidden" && (INFERENCE_CLASSES as readonly string[]).includes(name));
    expect(storing).toEqual([]);
  });
});

describe("a request target", () => {
  it("is taken apart into path and query", () => {
    expect(readTarget("/v1/chat/completions?a=b?c")).toEqual({ path: "/v1/chat/completions", query: "a=b?c" });
  });

  it.each([
    ["/v1%2Fchat%2Fcompletions", "path_encoded"],
    ["/v1/%63hat/completions", "path_encoded"],
    ["/v1/chat/completions%0a", "path_encoded"],
    ["/v1/%2e%2e/key/list", "path_encoded"],
    ["//v1/chat/completions", "path_not_normal"],
    ["/v1//chat/completions", "path_not_normal"],
    ["/v1/./chat/completions", "path_not_normal"],
    ["/v1/chat/../chat/completions", "path_not_normal"],
    ["/v1/chat/completions/", "path_not_normal"],
    ["/v1/chat/completions;x", "target_malformed"],
    ["/v1\\chat\\completions", "target_malformed"],
    ["/v1/chat/completions#x", "target_malformed"],
    ["/v1/models?x=#y", "target_malformed"],
    ["/v1/models?x=ä", "target_malformed"],
    ["http://gateway/v1/models", "target_malformed"],
    ["*", "target_malformed"],
    ["", "target_malformed"],
  ])("%s is refused: %s", (target, problem) => {
    expect(readTarget(target)).toBe(problem);
  });
});
