import { join } from "node:path";
import * as ts from "typescript";

const ROOT = join(__dirname, "../../../..");
const FOLDER = join(ROOT, "core/litellm/settings");
const IMPORTS = `import { defineLitellmConfig } from "./litellm-config";\nimport { providerParameters } from "./provider-parameters";\n`;

const GOOD = `
defineLitellmConfig({
  model_list: [
    {
      model_name: "claude",
      litellm_params: {
        model: "anthropic/claude-sonnet-4-5",
        api_key: "os.environ/ANTHROPIC_API_KEY",
        rpm: 100,
        timeout: 30,
        extra_body: { anything: true },
        ...providerParameters({ raw_scores: true }),
      },
      model_info: { id: "claude-1", mode: "chat" },
    },
  ],
  litellm_settings: { callbacks: ["prometheus"], cache: true, cache_params: { type: "redis", host: "os.environ/REDIS_HOST", port: "6379" } },
  router_settings: { routing_strategy: "simple-shuffle", fallbacks: [{ claude: ["gpt"] }], retry_policy: { TimeoutErrorRetries: 3 } },
  general_settings: { master_key: "os.environ/K", store_model_in_db: "os.environ/STORE", database_connection_pool_limit: 10 },
  guardrails: [{ guardrail_name: "pii", litellm_params: { guardrail: "presidio", mode: ["pre_call"], default_on: true } }],
  mcp_servers: { docs: { url: "https://mcp.example", transport: "http" } },
  callback_settings: { hook: { callback_type: "generic_api", endpoint: "https://hook.example", headers: {} }, otel: { message_logging: false } },
});
`;

const BAD: Readonly<Record<string, string>> = {
  "a block": "routr_settings: {}",
  "a router setting": "router_settings: { enable_pre_call_check: true }",
  "a module setting": "litellm_settings: { drop_param: true }",
  "a proxy setting": "general_settings: { masterkey: '' }",
  "a cache parameter": "litellm_settings: { cache_params: { typ: 'redis' } }",
  "a retry policy": "router_settings: { retry_policy: { TimeoutRetries: 3 } }",
  "a deployment": "model_list: [{ model_name: 'a', litellm_params: { model: 'b' }, api_key: 'c' }]",
  "a deployment's parameter": "model_list: [{ model_name: 'a', litellm_params: { model: 'b', max_retrys: 3 } }]",
  "a model's information": "model_list: [{ model_name: 'a', litellm_params: { model: 'b' }, model_info: { base_modle: 'c' } }]",
  "a guardrail's parameter":
    "guardrails: [{ guardrail_name: 'g', litellm_params: { guardrail: 'presidio', mode: 'pre_call', default_onn: true } }]",
  "an MCP server": "mcp_servers: { a: { urll: 'https://mcp.example' } }",
  "the value of a strategy": "router_settings: { routing_strategy: 'latency' }",
  "a fallback given as text": "router_settings: { fallbacks: [{ a: 'b' }] }",
  "a generic callback without headers": "callback_settings: { hook: { callback_type: 'generic_api', endpoint: 'x' } }",
};

/** Compiles all sources in one program, because reading the library's types is what takes time. */
function errorsByFile(sources: Readonly<Record<string, string>>): Map<string, string[]> {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ["lib.es2022.d.ts"],
    target: ts.ScriptTarget.ES2022,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const known = host.fileExists.bind(host);
  host.fileExists = (file) => file in sources || known(file);
  host.getSourceFile = (file, language) =>
    file in sources ? ts.createSourceFile(file, sources[file] ?? "", language) : read(file, language);
  const program = ts.createProgram(Object.keys(sources), options, host);
  const errors = (file: string): string[] =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  return new Map(Object.keys(sources).map((file) => [file, errors(file)]));
}

const fileOf = (index: number): string => join(FOLDER, `virtual-${index}.ts`);
const texts = [GOOD, ...Object.values(BAD).map((text) => `defineLitellmConfig({ ${text} });`)];
const errors = errorsByFile(Object.fromEntries(texts.map((text, index) => [fileOf(index), IMPORTS + text])));

test("a good configuration compiles", () => {
  expect(errors.get(fileOf(0))).toEqual([]);
});

test.each(Object.keys(BAD).map((name, index): [string, number] => [name, index + 1]))(
  "%s that is wrong does not compile",
  (_, index) => {
    expect(errors.get(fileOf(index))).toHaveLength(1);
  },
);
