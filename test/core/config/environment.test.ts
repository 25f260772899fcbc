import { join } from "node:path";
import { loadEnvironment } from "../../../core/config";
import { knownVersions } from "../../../core/litellm";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const TODAY = "2026-11-21";
const KNOWN = knownVersions();
const CONFIG = "config: { model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o } }] }";

function load(text: string, name = "env.yaml") {
  return loadEnvironment(project.write(name, text), TODAY);
}

/** Findings as `line:column path: message, got x; expected y => repair [rule]`. */
function shown(text: string): string[] {
  return load(text).findings.map(({ place, path, message, got, expected, repair, rule }) => {
    const parts = [
      `${place?.line}:${place?.column} ${path}: ${message}`,
      got && `, got ${got}`,
      expected && `; expected ${expected}`,
    ];
    return `${parts.filter(Boolean).join("")}${repair ? ` => ${repair}` : ""} [${rule}]`;
  });
}

describe("an environment", () => {
  test("gets its defaults, and is frozen all through", () => {
    const { environment, findings } = load(`name: demo\ntarget: local\nlitellm: { ${CONFIG} }\n`);

    expect(findings).toEqual([]);
    expect(environment).toEqual({
      name: "demo",
      target: "local",
      litellm: {
        version: "1.108.10",
        config: { model_list: [{ model_name: "m", litellm_params: { model: "openai/gpt-4o" } }] },
        port: 4000,
        environment: {},
      },
      secrets: {},
      database: { port: 54329 },
      state: { kind: "local" },
    });
    expect(Object.isFrozen(environment?.litellm.config.model_list)).toBe(true);
  });

  test("keeps LiteLLM's configuration in a file of its own, pasted as it is, and findings point into that file", () => {
    project.write("litellm/pasted.yaml", "model_list: []\nnot_a_block: 1\n");
    const { findings, files } = load("name: demo\ntarget: local\nlitellm:\n  config: litellm/pasted.yaml\n", "with-path.yaml");

    expect(files).toEqual([join(project.folder, "with-path.yaml"), join(project.folder, "litellm/pasted.yaml")]);
    expect(findings.map(({ place, path }) => [place?.file, place?.line, path])).toEqual([
      [join(project.folder, "litellm/pasted.yaml"), 2, "litellm.config.not_a_block"],
    ]);
  });

  test("names a file for a secret relative to the file that says so", () => {
    project.write("base/base.yaml", `name: demo\ntarget: local\nlitellm: { ${CONFIG} }\nsecrets: { KEY: { file: keys/a } }\n`);
    const { environment } = load("extends: base/base.yaml\n", "extending.yaml");

    expect(environment?.secrets).toEqual({ KEY: { file: join(project.folder, "base/keys/a") } });
  });
});

describe("fails for", () => {
  test("everything at once, each with its place, what was expected and the nearest name", () => {
    expect(
      shown(`name: Prod
target: lokal
litelm: {}
litellm:
  port: "4000"
  ${CONFIG}
database: { prot: 1 }
secrets:
  A: { env: X, file: y }
  B: the-value-of-the-secret
`),
    ).toEqual([
      '1:7 name: this is not a name of an environment, got "Prod"; expected lower-case letters, digits and hyphens, starting with a letter, at most 31 [invalid-value]',
      '2:9 target: this value does not fit, got "lokal"; expected local or kubernetes => did you mean local? [invalid-value]',
      "3:1 litelm: unknown name => did you mean litellm? [unknown-name]",
      '5:9 litellm.port: this value does not fit, got "4000"; expected a port from 1 to 65535 [invalid-value]',
      "7:13 database.prot: unknown name => did you mean port? [unknown-name]",
      "9:6 secrets.A: a secret lives in exactly one place; name one of env, file, kubernetes, awsSecretsManager [invalid-value]",
      "10:6 secrets.B: this value does not fit; expected a mapping => write where it comes from, such as { env: B }, and have it replaced if it is the secret itself [invalid-value]",
    ]);
  });

  test("a file of another kind is told to be one, in one finding", () => {
    project.write("team.keys.yaml", "keys: { ci: { owner: a } }\nteams: {}\n");
    project.write("config.yaml", "model_list: []\nlitellm_settings: {}\n");
    const messages = (file: string) =>
      loadEnvironment(join(project.folder, file), "2026-11-21").findings.map(({ message }) => message);

    expect(messages("team.keys.yaml")).toEqual(["this is a keys file, not an environment"]);
    expect(messages("config.yaml")).toEqual(["this is a configuration of LiteLLM, not an environment"]);
    expect(shown("name: a\nmodel_list: []\n").join()).toContain("this belongs to LiteLLM's configuration");
  });

  test("names that are missing", () => {
    expect(shown("target: local\n")).toEqual([
      "1:1 litellm: this name is missing; expected a mapping => add litellm [invalid-value]",
      "1:1 name: this name is missing; expected lower-case letters, digits and hyphens, starting with a letter, at most 31 => add name [invalid-value]",
    ]);
  });

  test.each([
    ["cache", "cache: {}", "the Kubernetes target (a Redis that exists already); on AWS it is aws.cache"],
    ["edge", "edge: {}", "the Kubernetes target (Gateway API and ingress)"],
    ["signIn", "signIn: {}", "the Kubernetes target (oauth2-proxy)"],
    ["observability", "observability: {}", "dashboards, alerts and recording rules"],
  ])("%s, which is named in the contract and comes later", (name, line, reason) => {
    expect(shown(`name: demo\ntarget: local\nlitellm: { ${CONFIG} }\n${line}\n`)).toEqual([
      `4:1 ${name}: ${name} is not available in this version of cdktf-litellm: it comes with ${reason} => remove it until then [not-yet-available]`,
    ]);
  });

  test("a target and a place of secrets that come later", () => {
    expect(
      shown(`name: demo\ntarget: kubernetes\nlitellm: { ${CONFIG} }\nsecrets: { LITELLM_SALT_KEY: { kubernetes: {} } }\n`),
    ).toEqual([
      "2:1 target: target: kubernetes is not available in this version of cdktf-litellm: it comes with the Kubernetes target => write target: local, or add a block aws [not-yet-available]",
      "4:32 secrets.LITELLM_SALT_KEY.kubernetes: kubernetes is not available in this version of cdktf-litellm: it comes with the Kubernetes target => remove it until then [not-yet-available]",
    ]);
  });

  test("a secret of the identity proxy that nothing provides, and one that only LiteLLM is provided with", () => {
    const proxy = `identityProxy:
  development: { users: { a: { groups: [b] } } }
  gatewayKeys: [{ key: os.environ/PROXY_KEYS }]
  audit: { hashKey: os.environ/LITELLM_SALT_KEY }
`;
    const text = `name: demo\ntarget: local\nlitellm: { ${CONFIG.replace("} }] }", "}, model_info: { id: a } }] }")} }\nsecrets: { PROXY_KEY: { env: K } }\n${proxy}`;

    expect(shown(text)).toEqual([
      "7:24 identityProxy.gatewayKeys[0].key: nothing provides PROXY_KEYS, so the identity proxy could not start => did you mean os.environ/PROXY_KEY? [secret-undeclared]",
      "8:21 identityProxy.audit.hashKey: nothing provides LITELLM_SALT_KEY, so the identity proxy could not start => declare it, for example secrets: { LITELLM_SALT_KEY: { env: LITELLM_SALT_KEY } } [secret-undeclared]",
      "4:12 secrets.PROXY_KEY: PROXY_KEY is named nowhere in litellm.config and identityProxy => remove it where it is not needed [secret-unused]",
    ]);
  });

  test("LiteLLM's blocks one level too high", () => {
    expect(shown(`name: demo\ntarget: local\nlitellm: { ${CONFIG} }\nmodel_list: []\n`)).toEqual([
      "4:1 model_list: this belongs to LiteLLM's configuration => move it under litellm.config: litellm.config.model_list [unknown-name]",
    ]);
  });

  test.each([
    [
      "1.82.7",
      `there is no catalogue of this LiteLLM version, got 1.82.7; expected ${KNOWN.join(" or ")} => write 1.108.10 [litellm-version-unknown]`,
    ],
    [
      "1.200.0",
      `this LiteLLM version is newer than every catalogue, so its settings were checked against ${KNOWN.at(-1)}, got 1.200.0`,
    ],
    ["latest", 'this is not a LiteLLM release, got "latest"; expected a release such as "1.108.10" [invalid-value]'],
  ])("LiteLLM %s", (version, message) => {
    expect(shown(`name: demo\ntarget: local\nlitellm:\n  version: ${version}\n  ${CONFIG}\n`).join("\n")).toContain(
      `4:12 litellm.version: ${message}`,
    );
  });

  test("a version that no lock exists for, in the local target", () => {
    expect(
      load(`name: demo\ntarget: local\nlitellm: { version: 1.200.0, ${CONFIG} }\n`).findings.map(({ rule, severity }) => [
        severity,
        rule,
      ]),
    ).toEqual([
      ["error", "litellm-version-not-installable"],
      ["warning", "litellm-version-newer"],
    ]);
  });

  test("a variable that nothing provides, and says when one is declared for nothing", () => {
    const text = `name: demo
target: local
litellm:
  environment: { REGION: eu }
  config:
    model_list:
      - model_name: m
        litellm_params: { model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY, api_base: os.environ/REGION }
        model_info: { id: m-1 }
secrets:
  OPENAI_API_KEYS: { env: OPENAI_API_KEY }
`;

    expect(shown(text)).toEqual([
      "8:58 litellm.config.model_list[0].litellm_params.api_key: nothing provides OPENAI_API_KEY, so LiteLLM would read an empty value => did you mean os.environ/OPENAI_API_KEYS? [secret-undeclared]",
      "11:3 secrets.OPENAI_API_KEYS: OPENAI_API_KEYS is named nowhere in litellm.config => remove it where it is not needed [secret-unused]",
    ]);
  });

  test("no secret that LiteLLM reads by itself for a callback or a provider in use", () => {
    const text = (callback: string): string => `name: demo
target: local
litellm:
  config:
    model_list:
      - { model_name: m, litellm_params: { model: openai/gpt-4o }, model_info: { id: m-1 } }
    litellm_settings: { callbacks: [${callback}], turn_off_message_logging: true }
secrets:
  LANGFUSE_SECRET_KEY: { env: LANGFUSE_SECRET_KEY }
  OPENAI_API_KEY: { env: OPENAI_API_KEY }
`;

    expect(shown(text("langfuse"))).toEqual([]);
    expect(shown(text("prometheus"))).toEqual([
      "9:3 secrets.LANGFUSE_SECRET_KEY: LANGFUSE_SECRET_KEY is named nowhere in litellm.config => remove it where it is not needed [secret-unused]",
    ]);
  });

  test("a variable that the local target sets itself", () => {
    expect(shown(`name: demo\ntarget: local\nlitellm: { environment: { LITELLM_MODE: DEV }, ${CONFIG} }\n`)).toEqual([
      "3:27 litellm.environment.LITELLM_MODE: the local target sets LITELLM_MODE itself, so this value would do nothing => remove it [variable-fixed]",
    ]);
  });

  test("a gateway and a database on the same port", () => {
    expect(shown(`name: demo\ntarget: local\nlitellm: { port: 5000, ${CONFIG} }\ndatabase: { port: 5000 }\n`)).toEqual([
      "4:19 database.port: the gateway and its database would listen on the same port, got 5000 => choose another port [port-shared]",
    ]);
  });
});

describe("a waiver", () => {
  const withWaiver = (waiver: string) => `name: demo
target: local
litellm:
  config:
    model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, api_key: os.environ/KEY }, model_info: { id: m-1 } }]
waivers:
  - { ${waiver} }
`;

  test("covers a finding at a path and below, and the environment can be used", () => {
    const { findings, environment } = load(
      withWaiver(
        'rule: secret-undeclared, at: "litellm.config.model_list[0]", owner: sre, reason: set on the host, until: 2027-01-31',
      ),
    );

    expect(findings.map(({ waiver }) => waiver)).toEqual([{ owner: "sre", reason: "set on the host", until: "2027-01-31" }]);
    expect(environment).toBeDefined();
  });

  test("fails from the day after its last one", () => {
    expect(shown(withWaiver("rule: secret-undeclared, owner: sre, reason: set on the host, until: 2026-11-20"))).toEqual([
      "5:84 litellm.config.model_list[0].litellm_params.api_key: nothing provides KEY, so LiteLLM would read an empty value => declare it, for example secrets: { KEY: { env: KEY } } [secret-undeclared]",
      "7:5 waivers[0]: the waiver of secret-undeclared ended on 2026-11-20 => mend the finding, or have sre set a new date [waiver-expired]",
    ]);
  });

  test.each([
    ["of another path", 'rule: secret-undeclared, at: "litellm.config.model_list[1]", owner: sre, reason: r, until: 2027-01-31'],
    ["of a rule that cannot be waived", "rule: unknown-name, owner: sre, reason: r, until: 2027-01-31"],
  ])("%s covers nothing, and is told so", (_title, waiver) => {
    expect(load(withWaiver(waiver)).findings.map(({ rule, severity }) => [severity, rule])).toEqual([
      ["error", "secret-undeclared"],
      ["warning", "waiver-unused"],
    ]);
  });

  test("fails without an owner, a reason or an end", () => {
    expect(load(withWaiver("rule: secret-undeclared")).findings.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["waivers[0].owner", "waivers[0].reason", "waivers[0].until"]),
    );
  });
});
