import type { LintRule } from "../lint-rule";

/** Variables that the loader refuses to set (`_BLOCKED_ENV_KEYS`, LiteLLM 1.108.10). */
const BLOCKED = new Set([
  ...["PATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "PYTHONPATH", "PYTHONSTARTUP"],
  ...["PYTHONHOME", "HOME", "USER", "SHELL", "LOGNAME", "NO_PROXY", "no_proxy"],
]);
/** Variables that are read before the loader sets them. */
const TOO_LATE = new Set(["LITELLM_ENABLE_MCP_STDIO"]);

/** A variable under environment_variables that LiteLLM does not take from there. */
export const environmentVariableIgnored: LintRule = {
  id: "environment-variable-ignored",
  severity: "error",
  summary: "LiteLLM does not take this variable from the configuration",
  why: "Variables that change how programs are loaded are passed over, and the switch for MCP servers of one's own machine is taken from the process alone; both with one line in the log (_load_environment_variables in litellm/proxy/proxy_server.py, LiteLLM 1.108.10).",
  repair: "give the variable to the gateway's process",
  check: (context) =>
    context
      .entries(["environment_variables"])
      .filter(([name]) => BLOCKED.has(name) || TOO_LATE.has(name.toUpperCase()))
      .map(([name]) =>
        context.foundAtName(environmentVariableIgnored, ["environment_variables", name], {
          message: `LiteLLM does not take ${name} from its configuration`,
          repair: "set it in the environment of the gateway's process",
        }),
      ),
};
