import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ImportResult, importFile } from "../../../core/import";
import type { Path } from "../../../core/source";
import { dropped, leavesOfText } from "../../support/leaf-accounting";
import { tempProject } from "../../support/temp-project";

const fixtures = join(__dirname, "..", "..", "fixtures", "import");
const project = tempProject();
const OPTIONS = { shownAs: "out.yaml", today: "2026-11-21" };

function imported(file: string, options = {}): ImportResult {
  const result = importFile(file, { ...OPTIONS, ...options });
  if (!("text" in result)) throw new Error(JSON.stringify(result.findings));
  return result;
}

const fixture = (name: string) => imported(join(fixtures, name));
const written = (name: string, text: string, options = {}) => imported(project.write(name, text), options);
const valueAt = (text: string, path: string) => leavesOfText(text).get(path)?.value;
const refusal = (name: string, text: string, options = {}) => {
  const result = importFile(project.write(name, text), { ...OPTIONS, ...options });
  return "text" in result ? "imported" : result.findings.map(({ rule, message }) => `${rule}: ${message}`).join("; ");
};
/** Changes without their places, a line each. */
const told = ({ changes }: ImportResult) => changes.map(({ kind, path, message }) => `${kind} ${path}: ${message}`);

describe.each<[string, string, Path]>([
  ["config.yaml", "config", []],
  ["values.yaml", "helm", ["proxy_config"]],
  ["docker-compose.yml", "compose", ["nowhere"]],
])("%s", (name, kind, at) => {
  test("is known for what it is, and nothing of it is dropped in silence", () => {
    const result = fixture(name);

    expect(result.kind).toBe(kind);
    expect(dropped(readFileSync(join(fixtures, name), "utf8"), at, result.text, result.changes)).toEqual([]);
  });

  test("would be found to drop something, were one change not told", () => {
    const { text, changes } = fixture(name);
    const input = readFileSync(join(fixtures, name), "utf8");
    // A leaf may be told by itself and by what it stands in, so one suffices.
    const needed = changes.filter((_, index) => dropped(input, at, text, changes.toSpliced(index, 1)).length > 0);

    expect(needed.length).toBeGreaterThan(3);
  });
});

test.each(["config.yaml", "values.yaml", "docker-compose.yml", "main.tf"])(
  "of %s no credential is in what is written or said",
  (name) => {
    const everything = JSON.stringify(fixture(name));

    expect(readFileSync(join(fixtures, name), "utf8")).toMatch(/canary/i);
    expect(everything.replaceAll(fixtures, "")).not.toMatch(/canary|hunter2|sk-1234/i);
  },
);

test.each(["config.yaml", "values.yaml", "docker-compose.yml", "main.tf"])(
  "%s becomes an environment that passes check",
  (name) => {
    const severities = fixture(name)
      .findings.filter(({ rule }) => rule !== "cache-off")
      .map(({ severity, message }) => `${severity} ${message}`);

    expect(severities.filter((line) => line.startsWith("error"))).toEqual([]);
  },
);

describe("a configuration of LiteLLM", () => {
  test("keeps its comments, but for those that show a credential", () => {
    const { text } = fixture("config.yaml");

    expect(text).toContain("# The gateway of the whole house.");
    expect(text).toContain("      # The main model.");
    expect(text).toContain("- model_name: gpt # cheap");
    expect(text).not.toContain("The former key");
  });

  test("means what LiteLLM's reader makes of it", () => {
    const { text } = fixture("config.yaml");

    expect(valueAt(text, "litellm.config.model_list[0].litellm_params.drop_params")).toBe(true);
    expect(valueAt(text, "litellm.config.model_list[0].litellm_params.rpm")).toBe(1000);
    expect(valueAt(text, "litellm.config.litellm_settings.cache")).toBe(false);
    expect(text).toContain("input_cost_per_token: 0.000003");
  });

  test("refers to its credentials, the same one by the same name", () => {
    const { text } = fixture("config.yaml");

    for (const index of [0, 1, 2]) {
      expect(valueAt(text, `litellm.config.model_list[${index}].litellm_params.api_key`)).toBe("os.environ/OPENAI_API_KEY");
    }
    expect(valueAt(text, "litellm.config.general_settings.master_key")).toBe("os.environ/LITELLM_MASTER_KEY");
    expect(valueAt(text, "litellm.config.general_settings.database_url")).toBe("os.environ/DATABASE_URL");
    expect(valueAt(text, "secrets.OPENAI_API_KEY.env")).toBe("OPENAI_API_KEY");
    expect(valueAt(text, "secrets.LANGFUSE_SECRET_KEY.env")).toBe("LANGFUSE_SECRET_KEY");
    expect(valueAt(text, "litellm.config.environment_variables.LANGFUSE_HOST")).toBe("https://langfuse.local");
  });

  test("finds a credential within another text as well", () => {
    const copies =
      "model_list: []\ngeneral_settings: { master_key: hunter2-canary }\ncallback_settings: { a: { note: so hunter2-canary it is } }\n";
    const { text, changes } = written("copies.yaml", copies);

    expect(valueAt(text, "litellm.config.callback_settings.a.note")).toBe("os.environ/NOTE");
    expect(text + JSON.stringify(changes)).not.toContain("hunter2");
  });

  test("declares what only the provider knows, and not what is misspelt", () => {
    const { text, findings } = written(
      "params.yaml",
      "model_list: [{ model_name: m, litellm_params: { model: infinity/x, raw_scores: true, max_retrys: 2 }, model_info: { id: a } }]\n",
    );

    expect(valueAt(text, "litellm.providerParameters[0]")).toBe("raw_scores");
    expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      "unknown-setting litellm.config.model_list[0].litellm_params.max_retrys",
      "api-base-missing litellm.config.model_list[0].litellm_params.model",
    ]);
  });

  test("gives two credentials of one provider two names", () => {
    const deployment = (key: string) => `  - { model_name: m, litellm_params: { model: openai/gpt-4o, api_key: ${key} } }\n`;
    const { text } = written("two.yaml", `model_list:\n${deployment("sk-first-key-0001")}${deployment("sk-other-key-0002")}`);

    expect(valueAt(text, "secrets.OPENAI_API_KEY.env")).toBe("OPENAI_API_KEY");
    expect(valueAt(text, "secrets.OPENAI_API_KEY_2.env")).toBe("OPENAI_API_KEY_2");
  });

  test.each(["no-key-is-needed", "fake-key", "none", "os.environ/X", "/secrets/key.json"])("leaves %s as it is", (value) => {
    const { text } = written(
      "stand-in.yaml",
      `model_list: [{ model_name: m, litellm_params: { model: openai/x, api_key: ${value} } }]\n`,
    );

    expect(valueAt(text, "litellm.config.model_list[0].litellm_params.api_key")).toBe(value);
  });

  test("does the same twice, and gives the name that was asked for", () => {
    expect(fixture("config.yaml")).toEqual(fixture("config.yaml"));
    expect(written("My Gateway.prod.yaml", "model_list: []\n").text).toMatch(/^name: my-gateway$/m);
    expect(written("x.yaml", "model_list: []\n", { name: "prod" }).text).toMatch(/^name: prod$/m);
  });
});

describe("values of the Helm chart", () => {
  test("give the version, the port, the variables and the chart's own master key", () => {
    const { text } = fixture("values.yaml");

    expect(valueAt(text, "litellm.version")).toBe("1.108.10");
    expect(valueAt(text, "litellm.port")).toBe(4100);
    expect(valueAt(text, "litellm.environment.LANGFUSE_HOST")).toBe("https://langfuse.local");
    expect(valueAt(text, "litellm.config.general_settings.master_key")).toBe("os.environ/PROXY_MASTER_KEY");
    expect(valueAt(text, "litellm.config.litellm_settings.drop_params")).toBe(true);
    expect(valueAt(text, "secrets.AZURE_API_KEY.env")).toBe("AZURE_API_KEY");
    expect(text).toContain("# What people may call.");
  });

  test("are found in what wraps them: an umbrella chart, Flux, Argo CD, the split chart", () => {
    const config = "{ model_list: [{ model_name: m, litellm_params: { model: openai/x } }] }";
    const wrappings = [
      `litellm-helm: { proxy_config: ${config} }\n`,
      `kind: HelmRelease\nspec: { values: { proxy_config: ${config} } }\n`,
      `kind: Application\nspec: { source: { helm: { valuesObject: { proxy_config: ${config} } } } }\n`,
      `gateway: { config: { proxy_config: ${config} } }\n`,
    ];
    for (const text of wrappings) {
      const result = written("wrapped.yaml", text);
      expect(result.kind).toBe("helm");
      expect(valueAt(result.text, "litellm.config.model_list[0].model_name")).toBe("m");
    }
  });

  test("keep an alias whose anchor stands elsewhere", () => {
    const { text } = written("anchors.yaml", "envVars: &e { A: b }\nproxy_config: { callback_settings: { otel: *e } }\n");

    expect(valueAt(text, "litellm.config.callback_settings.otel.A")).toBe("b");
  });
});

describe("what would make a file that cannot be read is left out, and said", () => {
  const terraform = (settings: string) =>
    written("odd.tfvars", `proxy_config = { callback_settings = { a = { ${settings} } } }\n`);

  test.each([
    ["b = 1, b = 2", "b: it is named again further down, and the last one counts"],
    ['"__proto__" = 1', "__proto__: this is no name of a setting"],
    ["n = 12345678901234567890", "n: only Terraform can tell what it is: a number that cannot be kept exactly"],
  ])("Terraform's %s", (settings, message) => {
    const result = terraform(`${settings}, kept = 1`);

    expect(told(result)).toContain(`left-out proxy_config.callback_settings.a.${message}`);
    expect(valueAt(result.text, "litellm.config.callback_settings.a.kept")).toBe(1);
    expect(result.text).not.toMatch(/__proto__|b: 1|1234567/);
  });

  test("a variable that Compose is given twice", () => {
    const list = "[ 'FOO=${BAR}', FOO=b, __proto__=x ]";
    const result = written("twice.yml", `services: { a: { image: litellm, environment: ${list} } }\n`);

    expect(valueAt(result.text, "litellm.environment.FOO")).toBe("b");
    expect(result.text).not.toMatch(/secrets|__proto__/);
    expect(told(result)).toEqual(
      expect.arrayContaining([
        "left-out services.a.environment[0]: FOO is given again further down, and the last one counts",
        "left-out services.a.environment[2]: this is not a name of a variable",
      ]),
    );
  });

  test("a variable that the local target sets itself", () => {
    const result = written("fixed.yaml", "model_list: []\nenvironment_variables: { DATABASE_URL: 'postgres://u:p@h/d' }\n");

    expect(result.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(told(result)).toContain("left-out environment_variables.DATABASE_URL: the local target sets DATABASE_URL itself");
  });
});

test.each(["!!str 0755", "0o17"])("%s is the text that LiteLLM's reader sees", (value) => {
  const { text } = written("text.yaml", `model_list: []\ncallback_settings: { a: { b: ${value} } }\n`);

  expect(valueAt(text, "litellm.config.callback_settings.a.b")).toBe(value.replace("!!str ", ""));
});

test("values behind aliases of an anchor elsewhere are taken over, however many", () => {
  const level = (index: number) =>
    `a${index}: &a${index} [${Array(9)
      .fill(`*a${index - 1}`)
      .join(", ")}]\n`;
  const text = `a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n${[1, 2, 3].map(level).join("")}proxy_config: { callback_settings: { a: *a3 } }\n`;

  expect(valueAt(written("aliases.yaml", text).text, "litellm.config.callback_settings.a[8][8][8][8]")).toBe(9);
});

describe("a service of docker-compose", () => {
  test("gives its mounted configuration, version, published port and variables", () => {
    const { text } = fixture("docker-compose.yml");

    expect(valueAt(text, "litellm.version")).toBe("1.108.10");
    expect(valueAt(text, "litellm.port")).toBe(4300);
    expect(valueAt(text, "litellm.config.model_list[0].model_name")).toBe("gpt");
    expect(valueAt(text, "secrets.OPENAI_API_KEY.env")).toBe("OPENAI_KEY");
    expect(valueAt(text, "secrets.PASSED_ON.env")).toBe("PASSED_ON");
    expect(valueAt(text, "litellm.environment.PRICE")).toBe("$5");
    expect(valueAt(text, "litellm.environment.STORE_MODEL_IN_DB")).toBe("True");
  });

  test("says what it cannot carry over", () => {
    expect(told(fixture("docker-compose.yml"))).toEqual(
      expect.arrayContaining([
        "left-out services.gateway.command: --num_workers, --detailed_debug: flags of LiteLLM's command that the local target does not give",
        "left-out services.gateway.environment.DATABASE_URL: the local target sets DATABASE_URL itself",
        "changed services.gateway.environment.LITELLM_LOG: secrets.LITELLM_LOG: from the variable LOG_LEVEL of whoever deploys; the default that is written here is not kept",
        "changed services.gateway.environment.REDIS_URL: secrets.REDIS_URL: it was put together from other variables; give REDIS_URL its whole value",
        "left-out services.db: another service",
      ]),
    );
  });

  test("is chosen by name where several run LiteLLM", () => {
    const text = "services: { a: { image: litellm:1 }, b: { image: litellm:1 } }\n";

    expect(refusal("two.yml", text)).toBe("not-importable: several services run LiteLLM");
    expect(written("two.yml", text, { service: "b" }).kind).toBe("compose");
    expect(refusal("none.yml", "services: { a: { image: nginx } }\n")).toBe("not-importable: no service runs LiteLLM");
    expect(refusal("other.yml", "image: nginx\n", { kind: "compose" })).toBe("not-importable: there are no services here");
  });

  test("may hold its configuration in the file itself", () => {
    const { text } = written(
      "inline.yml",
      'services:\n  a: { image: litellm, command: "--config /c.yaml", configs: [{ source: llm, target: /c.yaml }] }\nconfigs:\n  llm:\n    content: |\n      model_list: [{ model_name: inner, litellm_params: { model: openai/x } }]\n',
    );

    expect(valueAt(text, "litellm.config.model_list[0].model_name")).toBe("inner");
  });

  test("is refused where the configuration is out of reach", () => {
    const compose = (volume: string) =>
      `services: { a: { image: litellm, command: --config /c.yaml, volumes: ["${volume}"] } }\n`;

    expect(refusal("lost.yml", compose("./missing.yaml:/c.yaml"))).toMatch(/^file-unreadable: the file cannot be read/);
    expect(refusal("elsewhere.yml", compose("data:/c.yaml"))).toBe(
      "not-importable: the configuration file that the command names is not mounted from this project",
    );
  });
});

test("a configuration that is said to be values of the Helm chart is refused, and not left out setting by setting", () => {
  const config = "model_list: [{ model_name: a, litellm_params: { model: openai/x } }]\n";

  expect(refusal("config.yaml", config, { kind: "helm" })).toBe(
    "not-importable: this is a configuration of LiteLLM, not values of its Helm chart",
  );
  expect(told(written("values.yaml", "replicaCount: 2\n", { kind: "helm" }))[0]).toMatch(
    /^left-out replicaCount: the local target/,
  );
});

test.each([
  ["values.yaml", "helm", "constructor: 1\n", "left-out constructor: it concerns Kubernetes, and the local target has none"],
  [
    "compose.yml",
    "compose",
    "services: { a: { image: litellm, toString: 1 } }\n",
    "left-out services.a.toString: the local target has no such thing",
  ],
])("in %s a name that every object of JavaScript has is a name as any other", (name, kind, text, change) => {
  expect(told(written(name, text, { kind }))).toContain(change);
});

describe("arguments of the Terraform module", () => {
  test("give the configuration with its comments, and name what only Terraform can tell", () => {
    const result = fixture("main.tf");

    expect(valueAt(result.text, "litellm.config.model_list[0].litellm_params.model")).toBe("openai/gpt-4o");
    expect(valueAt(result.text, "litellm.config.litellm_settings.drop_params")).toBe(true);
    expect(valueAt(result.text, "litellm.config.general_settings.master_key")).toBe("os.environ/LITELLM_MASTER_KEY_2");
    expect(valueAt(result.text, "litellm.environment.LANGFUSE_HOST")).toBe("https://langfuse.local");
    expect(valueAt(result.text, "litellm.version")).toBe("1.108.10");
    expect(result.text).toContain("# The main model.");
    expect(told(result).filter((line) => line.includes("only Terraform"))).toEqual([
      "left-out module.litellm.proxy_config.model_list[0].litellm_params.api_base: only Terraform can tell what it is: a text with an interpolation",
      "left-out module.litellm.proxy_config.model_list[0].litellm_params.timeout: only Terraform can tell what it is: an expression",
    ]);
    expect(told(result)).toContainEqual(expect.stringMatching(/^left-out module\.litellm\.tags: /));
  });

  const MODEL = 'model_list = [{ model_name = "m", litellm_params = { model = "openai/x" } }]';
  const YAML = "  model_list:\n    - model_name: m # kept\n      litellm_params: { model: openai/x }\n";

  test.each([
    ["a mapping", `proxy_config = { ${MODEL} }\n`],
    ["yamlencode", `proxy_config = yamlencode({ ${MODEL} })\n`],
    ["a heredoc", `proxy_config = <<-EOT\n${YAML}EOT\nother = 1\n`],
    ["yamldecode of a heredoc", `proxy_config = yamldecode(<<EOT\n${YAML}EOT\n)\n`],
    ["a text", 'proxy_config = "model_list: [{ model_name: m, litellm_params: { model: openai/x } }]"\n'],
  ])("may be given as %s", (_how, text) => {
    const result = written("given.tfvars", text);

    expect(result.kind).toBe("terraform");
    expect(valueAt(result.text, "litellm.config.model_list[0].litellm_params.model")).toBe("openai/x");
  });

  test("are the same as JSON", () => {
    const json = JSON.stringify({ proxy_config: { model_list: [{ model_name: "m", litellm_params: { model: "openai/x" } }] } });
    const result = written("given.tfvars.json", json);

    expect(result.kind).toBe("terraform");
    expect(valueAt(result.text, "litellm.config.model_list[0].litellm_params.model")).toBe("openai/x");
  });

  test("have the places of the file, in a heredoc too", () => {
    const result = written(
      "places.tfvars",
      `a = 1\nproxy_config = <<-EOT\n  general_settings:\n    master_key: sk-place-0001\nEOT\n`,
    );

    expect(result.changes.find(({ kind }) => kind === "secret")?.place).toMatchObject({ line: 4, column: 5 });
  });

  test.each([
    ['proxy_config = file("x.yaml")\n', "not-importable: only Terraform can tell what proxy_config is: a call of file"],
    ["proxy_config = var.config\n", "not-importable: only Terraform can tell what proxy_config is: a reference to var"],
    [
      "proxy_config = <<EOT\na: ${b}\nEOT\n",
      "not-importable: only Terraform can tell what proxy_config is: a text with an interpolation",
    ],
    ['region = "x"\n', "not-importable: there is no proxy_config in this file"],
    ["proxy_config = {\n", "not-importable: not HCL: "],
    ['a = "x\n', "not-importable: not HCL: a text is not closed"],
    [`a = ${"[".repeat(5000)}\n`, "not-importable: not HCL: values are nested too deep"],
    ["a = <<EOT\n", "not-importable: not HCL: the text that begins with <<EOT does not end"],
  ])("are refused where they cannot be read: %s", (text, message) => {
    expect(refusal("bad.tf", text)).toContain(message);
  });
});

test.each([
  ["services.yaml", "a: [\n", "yaml-syntax"],
  ["other.yaml", "kind: Deployment\n", "not-importable: this is not a configuration of LiteLLM"],
  ["env.yaml", "name: a\ntarget: local\nlitellm: { config: {} }\n", "not-importable: this is an environment file already"],
])("%s is refused with its reason", (name, text, message) => {
  expect(refusal(name, text)).toContain(message);
});
