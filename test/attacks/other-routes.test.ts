import { closes } from "./support/closes";

// With an ordinary key LiteLLM answers on hundreds of routes beside those that call a model.
closes("routes that are not listed", {
  passes: { "a listed one": {} },
  refuses: Object.fromEntries(
    [
      ["GET", "/health"],
      ["POST", "/key/generate"],
      ["GET", "/v1/model/info"],
      ["POST", "/v1/mcp/server/register"],
      ["GET", "/user/filter/ui"],
      ["GET", "/openapi.json"],
      ["GET", "/ui/index.html"],
      ["POST", "/config/update"],
      ["POST", "/anthropic/v1/messages"],
      ["POST", "/openai/v1/chat/completions"],
      ["POST", "/mallory/mcp"],
      ["GET", "/.well-known/jwks.json"],
      ["POST", "/v1/files"],
      ["GET", "/v1/batches"],
    ].map(([method = "", target = ""]) => [`${method} ${target}`, [{ method, target }, expected(target)] as const]),
  ),
});

/** Files and batches are known, but a policy must name them. */
function expected(target: string): string {
  return /files|batches/.test(target) ? "route_not_allowed" : "route_unknown";
}
