import { isFrom } from "../../release";
import type { LintRule } from "../lint-rule";

/** The first release looked at that asks for the flow; 1.92.2 does not. */
const ASKED_SINCE = "1.96.2";
const FLOWS = new Set(["client_credentials", "authorization_code"]);

/** An MCP server with OAuth 2 and no word of which flow. */
export const mcpOauth2Flow: LintRule = {
  id: "mcp-oauth2-flow",
  severity: "error",
  summary: "an MCP server with auth_type oauth2 does not say which flow",
  why: "LiteLLM does not start: auth_type oauth2 requires an explicit oauth2_flow (litellm/proxy/_experimental/mcp_server/mcp_server_manager.py, LiteLLM 1.96.2 to 1.109.1, tried with 1.108.10).",
  repair: "add oauth2_flow: client_credentials for machines, or authorization_code for people",
  check: (context) =>
    isFrom(context.version, ASKED_SINCE)
      ? context
          .entries(["mcp_servers"])
          .filter(([name]) => context.text(["mcp_servers", name, "auth_type"]) === "oauth2")
          .filter(([name]) => !FLOWS.has(context.text(["mcp_servers", name, "oauth2_flow"]) ?? ""))
          .map(([name]) =>
            context.found(mcpOauth2Flow, ["mcp_servers", name, "auth_type"], {
              message: "without oauth2_flow LiteLLM does not start",
              repair: mcpOauth2Flow.repair,
            }),
          )
      : [],
};
