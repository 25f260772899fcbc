/**
 * Who may import whom. Each layer names what it may import; anything else breaks `npm run layers`.
 * test/layers.process.test.ts plants one violation for each rule.
 */

/** A layer may import itself and what `to` lists (regular expressions on resolved paths); Node's own modules are judged by rules of their own. */
function layer(name, comment, from, to) {
  const allowed = [from, ...to];
  return {
    name,
    comment,
    severity: "error",
    from: { path: from },
    to: { pathNot: allowed, dependencyTypesNot: ["core"] },
  };
}

const npm = (name) => `(^|/)node_modules/${name}/`;
const engine = ["cdktf", "cdktn", "constructs"].map(npm);
const findings = "^core/findings/";
const source = "^core/source/";
const config = "^core/config/";
const litellm = "^core/litellm/";

module.exports = {
  forbidden: [
    layer("findings-knows-nothing-of-ours", "the one type for all that is told to a user stands below everything", findings, []),
    layer("source-reads-text-only", "user text becomes a tree; what the tree means is not its business", source, [
      findings,
      npm("yaml"),
      npm("zod"),
    ]),
    layer("litellm-without-engine", "LiteLLM knowledge works offline, without the engine and without files", litellm, [
      findings,
      source,
      npm("yaml"),
      npm("zod"),
    ]),
    layer("config-without-engine", "an environment is checked in a blink, without the engine", config, ["^core/", npm("zod")]),
    layer(
      "import-makes-environments",
      "what people have becomes an environment file; the rest of the core is used through its doors",
      "^core/import/",
      ["^core/[^/]+/index[.]ts$", npm("yaml")],
    ),
    layer(
      "explain-opens-doors-only",
      "answers are put together from what the rest of the core knows",
      "^core/(explain|versions)/",
      ["^core/[^/]+/index[.]ts$"],
    ),
    layer(
      "constructs-take-props",
      "a construct gets everything through its props: no YAML, no environment, no stack",
      "^constructs/(?!guardrails/)",
      [...engine, npm("@cdktf/provider-aws/lib"), "^constructs/guardrails/index[.]ts$"],
    ),
    layer(
      "guardrails-judge-json",
      "a guardrail sees what Terraform will see, and says it as a finding",
      "^constructs/guardrails/",
      [npm("cdktf"), "^core/findings/index[.]ts$"],
    ),
    layer("stacks-wire-only", "stacks turn slices of the environment into props", "^stacks/", [
      ...engine,
      "^core/[^/]+/index[.]ts$",
      "^constructs/(index|aws)[.]ts$",
    ]),
    layer("main-composes-only", "the composition root knows doors, not rooms", "^main[.]ts$", [
      npm("cdktf"),
      "^core/(config|findings)/index[.]ts$",
      "^stacks/index[.]ts$",
    ]),
    layer("local-runs-what-it-is-given", "the local target is handed a gateway; it reads no environment file", "^tools/local/", [
      "^core/[^/]+/index[.]ts$",
      "^tools/package-file[.]ts$",
      npm("jose"),
      npm("pg"),
      npm("zod"),
      npm("@types/pg"),
      npm("@prisma/[^/]+"),
    ]),
    layer("keys-files-are-read-offline", "a keys file is checked without a gateway and without files", "^core/keys/", [
      findings,
      source,
      litellm,
      npm("zod"),
    ]),
    layer("keys-plan-is-pure", "what a run would do follows from what is wanted and what is there", "^tools/keys/plan/", [
      "^core/[^/]+/index[.]ts$",
      npm("zod"),
    ]),
    {
      name: "keys-plan-does-no-io",
      comment: "a plan is made without asking anybody",
      severity: "error",
      from: { path: "^tools/keys/(plan|report|show|procedures)/" },
      to: { path: "^(node:)?(fs|fs/promises|child_process|net|http|https|os|worker_threads)$" },
    },
    layer("keys-through-doors", "the reconciler needs the core and the clients of its destinations", "^tools/keys/", [
      "^core/[^/]+/index[.]ts$",
      npm("zod"),
      npm("p-limit"),
      npm("csv-stringify"),
      npm("@kubernetes/client-node"),
      npm("@aws-sdk/[^/]+"),
      npm("@smithy/[^/]+"),
    ]),
    layer("state-asks-s3-alone", "where Terraform keeps its state is made with AWS's own client", "^tools/state/", [
      "^core/[^/]+/index[.]ts$",
      npm("@aws-sdk/client-s3"),
    ]),
    layer(
      "proxy-stands-alone",
      "the identity proxy is a package of its own; of ours it takes the findings and the reader of YAML",
      "^proxy/src/",
      [findings, source, npm("jose"), npm("yaml"), npm("zod")],
    ),
    layer(
      "proxy-fronts-read-http",
      "what reads HTTP from clients knows nobody and judges nothing but the head",
      "^proxy/src/front/",
      ["^proxy/src/(framing|headers|memory|settings|turn)/index[.]ts$"],
    ),
    layer("cli-opens-doors-only", "a command parses, calls a product, prints", "^tools/cli/", [
      "^core/[^/]+/index[.]ts$",
      "^stacks/index[.]ts$",
      "^constructs/guardrails/index[.]ts$",
      "^tools/[^/]+/index[.]ts$",
      "^tools/local/read-secret[.]ts$",
      "^tools/package-file[.]ts$",
      npm("commander"),
    ]),
    {
      name: "only-source-reads-files",
      comment: "what the core is made of must not depend on the machine; one folder reads user files",
      severity: "error",
      from: { path: "^core/", pathNot: source },
      to: { path: "^(node:)?(fs|fs/promises|child_process|net|http|https|os|worker_threads)$" },
    },
    {
      name: "constructs-touch-no-machine",
      comment: "the same props give the same resources everywhere",
      severity: "error",
      from: { path: "^(constructs|stacks)/" },
      to: { path: "^(node:)?(fs|fs/promises|child_process|net|http|https|os|worker_threads)$" },
    },
    {
      name: "nobody-imports-tests-or-scripts",
      comment: "what ships must not need what does not",
      severity: "error",
      from: { pathNot: "^(test|scripts)/" },
      to: { path: "^(test|scripts)/" },
    },
    {
      name: "no-provider-root",
      comment: "a provider's root loads every resource: eleven times slower than lib/<resource>",
      severity: "error",
      from: {},
      to: { path: "node_modules/@cdktf/provider-[^/]+/lib/index[.](js|d[.]ts)$" },
    },
    {
      name: "no-cycles",
      comment: "two files that need each other are one concept, or one of them is in the wrong place",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-dev-dependency-in-product",
      comment: "what ships may use only what is installed with it; the engine is a peer",
      severity: "error",
      from: { path: "^(core|tools)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-unresolvable",
      comment: "an import that leads nowhere",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|test/fixtures)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
