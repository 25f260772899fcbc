import { join } from "node:path";
import { loadEnvironment } from "../../../core/config";
import { EXPLAINED_RULES, type Explanation, explain } from "../../../core/explain";
import { renderConfig } from "../../../core/litellm";
import { addEnvironmentStacks } from "../../../stacks";
import { synthesize } from "../../support/synth";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const ENVIRONMENT = `name: prod
target: local
litellm:
  version: 1.86.7
  config:
    model_list:
      - model_name: gpt
        litellm_params: { model: openai/gpt-4o, api_key: sk-canary-0123456789 }
        model_info: { id: gpt-1 }
    router_settings:
      num_retries: 2
`;
const synthesizedFolder = join(project.folder, "cdktf.out");
const file = project.write("prod.yaml", ENVIRONMENT);

function answer(query: string, options = {}): readonly Explanation[] {
  const result = explain(query, { synthesizedFolder, ...options });
  if (!("explanations" in result)) throw new Error(JSON.stringify(result));
  return result.explanations;
}

const problem = (query: string, options = {}) => {
  const result = explain(query, { synthesizedFolder, ...options });
  return "problem" in result ? `${result.problem}; ${result.repair}` : "explained";
};

test.each(EXPLAINED_RULES.map(({ id }) => id))("the rule %s is explained, with where the docs do", (id) => {
  expect(answer(id)).toEqual([
    expect.objectContaining({ kind: "rule", id, docs: `docs/errors.md#${id}`, why: expect.any(String) }),
  ]);
});

describe("a setting", () => {
  test("has its type, default, words, versions, place in LiteLLM and rules", () => {
    expect(answer("router_settings.enable_weighted_failover")).toEqual([
      {
        kind: "setting",
        path: "router_settings.enable_weighted_failover",
        litellmVersion: "1.108.10",
        known: true,
        type: "boolean",
        default: false,
        description: expect.stringContaining("weighted"),
        readAt: expect.stringMatching(/^litellm\/.*\.py:\d+$/),
        versions: expect.objectContaining({ since: "1.86.7" }),
        rules: [],
      },
    ]);
    expect(answer("litellm.config.router_settings.fallbacks")).toEqual([
      expect.objectContaining({ rules: expect.arrayContaining([expect.objectContaining({ id: "fallback-cycle" })]) }),
    ]);
  });

  test("is told where another release knows it", () => {
    expect(answer("general_settings.disable_adding_master_key_hash_to_db")).toEqual([
      expect.objectContaining({ known: false, versions: expect.objectContaining({ until: expect.any(String) }) }),
    ]);
    expect(answer("router_settings.enable_weighted_failover", { litellmVersion: "1.83.14" })).toEqual([
      expect.objectContaining({ known: false, litellmVersion: "1.83.14" }),
    ]);
  });

  test("is found by its bare name, in nested mappings, and with indices", () => {
    expect(answer("fallbacks").map((one) => one.kind === "setting" && one.path)).toEqual(
      expect.arrayContaining(["router_settings.fallbacks", "litellm_settings.fallbacks"]),
    );
    expect(answer("router_settings.retry_policy.TimeoutErrorRetries")).toEqual([expect.objectContaining({ type: "number" })]);
    expect(answer("model_list[7].litellm_params.rpm")).toEqual([
      expect.objectContaining({ path: "model_list[].litellm_params.rpm" }),
    ]);
  });

  test("says where the environment sets it, and follows the environment's version", () => {
    expect(answer("router_settings.num_retries", { environmentFile: file })).toEqual([
      expect.objectContaining({ litellmVersion: "1.86.7", setAt: [{ file, line: 11, column: 7 }] }),
    ]);
  });
});

test("a name of the environment file has what may stand there, and why it is refused", () => {
  expect(answer("litellm.port", { environmentFile: file })).toEqual([
    { kind: "environment", path: "litellm.port", expected: "a port from 1 to 65535" },
  ]);
  expect(answer("name", { environmentFile: file })).toContainEqual(
    expect.objectContaining({ kind: "environment", setAt: { file, line: 1, column: 1 } }),
  );
});

test.each([
  ["fallback-cycel", "did you mean fallback-cycle?"],
  ["router_settings.enable_pre_call_check", "did you mean router_settings.enable_pre_call_checks?"],
  ["router_settings.retry_policy.TimeoutErrorRetrys", "did you mean router_settings.retry_policy.TimeoutErrorRetries?"],
  ["litellm_settings.enable_pre_call_checks", "did you mean router_settings.enable_pre_call_checks?"],
  ["litellm.prot", "did you mean litellm.port?"],
  ["completely-else-where", "name a rule, a settings path"],
])("%s is misspelt", (query, repair) => {
  expect(problem(query)).toContain(`nothing is called ${JSON.stringify(query)}; ${repair}`);
});

test.each(["constructor.x", "__proto__.toString", "litellm.config.__proto__.x", "router_settings.retry_policy.constructor", " "])(
  "%j is nothing that can be explained",
  (query) => {
    expect(problem(query)).toBe(
      `nothing is called ${JSON.stringify(query)}; name a rule, a settings path, a Terraform address such as terraform_data.gateway, or a rendered line such as config.yaml:12`,
    );
  },
);

describe("a rendered line", () => {
  const { environment } = loadEnvironment(join(__dirname, "../../../environments/local.yaml"), "2026-11-21");
  const local = join(__dirname, "../../../environments/local.yaml");
  const lines = renderConfig(environment?.litellm.config ?? {})
    .trimEnd()
    .split("\n");

  test.each(lines.map((text, index) => [index + 1, text]))("%i, %s, comes from the input line that says it", (line, text) => {
    const [found] = answer(`config.yaml:${line}`, { environmentFile: local });
    const source = require("node:fs").readFileSync(local, "utf8").split("\n") as string[];
    const name = /([\w-]+):/.exec(String(text))?.[1] ?? String(text).replace(/^[\s-]+/, "");

    if (found?.kind !== "line") throw new Error("this is no line");
    expect(source[found.place.line - 1]).toContain(name);
    expect(found.path.startsWith("litellm.config")).toBe(true);
  });

  test("keeps a credential to itself", () => {
    expect(JSON.stringify(answer("config.yaml:5", { environmentFile: file }))).toContain("a hidden value");
    expect(
      JSON.stringify([1, 2, 3, 4, 5, 6, 7, 8].map((line) => answer(`config.yaml:${line}`, { environmentFile: file }))),
    ).not.toContain("canary");
  });

  test("wants an environment, and to be there", () => {
    expect(problem("config.yaml:3")).toContain("name its file");
    expect(problem("config.yaml:99", { environmentFile: file })).toContain("has no line 99");
    expect(problem("config.yaml:99999999999999999999", { environmentFile: file })).toBe(
      "99999999999999999999 is no number of a line; name one, such as config.yaml:12",
    );
    expect(problem("config.yaml:0", { environmentFile: file })).toContain("0 is no number of a line");
  });
});

describe("a Terraform address", () => {
  const before = process.cwd();
  beforeAll(() => {
    process.chdir(project.folder);
    const { environment } = loadEnvironment("prod.yaml", "2026-11-21");
    const clean = loadEnvironment(
      project.write("clean.yaml", ENVIRONMENT.replace(/, api_key: \S+/, "").replace("1.86.7", "1.108.10")),
      "2026-11-21",
    );
    const given = environment ?? clean.environment;
    if (!given) throw new Error(JSON.stringify(clean.findings));
    const places = { projectFolder: "../../..", environmentFile: "clean.yaml", toolkit: "cdktf-litellm" };
    for (const [stack, text] of Object.entries(synthesize((app) => addEnvironmentStacks(app, given, places)))) {
      project.write(`cdktf.out/stacks/${stack}/cdk.tf.json`, text);
      const stacks = { [stack]: { synthesizedStackPath: `stacks/${stack}/cdk.tf.json` } };
      project.write("cdktf.out/manifest.json", JSON.stringify({ stacks }));
    }
  });
  afterAll(() => process.chdir(before));

  test.each(["terraform_data.gateway", "terraform_data.gateway[0]", "terraform_data.gateway.triggers_replace"])(
    "%s leads to its construct and to the lines that made it",
    (address) => {
      expect(answer(address)).toEqual([
        {
          kind: "address",
          address: "terraform_data.gateway",
          stack: "prod",
          construct: "prod/gateway/process",
          environmentFile: "clean.yaml",
          madeFrom: [
            { path: "litellm", place: { file: "clean.yaml", line: 3, column: 1 } },
            { path: "secrets" },
            { path: "identityProxy" },
            { path: "keys" },
            { path: "database" },
          ],
        },
      ]);
    },
  );

  test("of a stack that declares nothing is led by the names of its constructs", () => {
    const resource = { resource: { aws_thing: { x: { "//": { metadata: { path: "prod/litellm/thing" } } } } } };
    const stack = { "//": { "cdktf-litellm": { environmentFile: "clean.yaml" } }, ...resource };
    project.write("other.out/s.json", JSON.stringify(stack));
    project.write("other.out/manifest.json", JSON.stringify({ stacks: { other: { synthesizedStackPath: "s.json" } } }));

    expect(answer("aws_thing.x", { synthesizedFolder: "other.out" })).toEqual([
      expect.objectContaining({ construct: "prod/litellm/thing", madeFrom: [expect.objectContaining({ path: "litellm" })] }),
    ]);
  });

  test("that is misspelt, or not synthesized yet, says so", () => {
    expect(problem("terraform_data.gatway")).toBe(
      "no stack in cdktf.out has terraform_data.gatway; did you mean terraform_data.gateway?".replace(
        "cdktf.out",
        synthesizedFolder,
      ),
    );
    expect(problem("terraform_data.gateway", { synthesizedFolder: "nowhere" })).toBe(
      "there is nothing synthesized in nowhere; run cdktf synth first",
    );
  });
});
