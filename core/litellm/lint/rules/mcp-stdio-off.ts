import { isFrom } from "../../release";
import type { LintRule } from "../lint-rule";

const VARIABLE = "LITELLM_ENABLE_MCP_STDIO";
const OFF_SINCE = "1.104.0";

/** An MCP server that is a program of the gateway's own machine. */
export const mcpStdioOff: LintRule = {
  id: "mcp-stdio-off",
  severity: "error",
  summary: "an MCP server over stdio is not started",
  why: "Since LiteLLM 1.104.0 programs are started as MCP servers only where the gateway's process has LITELLM_ENABLE_MCP_STDIO=true; environment_variables does not count. The log says that the server will not start (litellm/proxy/_experimental/mcp_server/stdio_gate.py, tried with LiteLLM 1.108.10).",
  repair: "use a server over http, or give the process LITELLM_ENABLE_MCP_STDIO=true",
  check: (context) => {
    const { variables } = context.surroundings;
    // Where nobody said what the process has, the configuration alone decides: it cannot switch this on.
    if (variables?.get(VARIABLE)?.toLowerCase() === "true" || !isFrom(context.version, OFF_SINCE)) return [];
    return context
      .entries(["mcp_servers"])
      .filter(([name]) => context.text(["mcp_servers", name, "transport"]) === "stdio")
      .map(([name]) => {
        const unless = variables ? "" : `, unless the gateway's process has ${VARIABLE}=true`;
        return context.found(mcpStdioOff, ["mcp_servers", name, "transport"], {
          message: `LiteLLM does not start this server${unless}`,
          repair: mcpStdioOff.repair,
        });
      });
  },
};
