import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempProject } from "./support/temp-project";

const root = join(__dirname, "..");
const config = join(root, ".dependency-cruiser.cjs");
const rules = (jest.requireActual(config) as { forbidden: { name: string }[] }).forbidden.map(({ name }) => name);

/** For each rule a file that breaks it, and nothing but it. */
const VIOLATIONS: Readonly<Record<string, { file: string; text: string }>> = {
  "findings-knows-nothing-of-ours": { file: "core/findings/a.ts", text: 'import "../source/good";' },
  "source-reads-text-only": { file: "core/source/b.ts", text: 'import "../litellm/good";' },
  "litellm-without-engine": { file: "core/litellm/c.ts", text: 'import "cdktf";' },
  "config-without-engine": { file: "core/config/d.ts", text: 'import type { App } from "cdktf"; export type A = App;' },
  "import-makes-environments": { file: "core/import/r.ts", text: 'import "../config/inner";' },
  "explain-opens-doors-only": { file: "core/explain/s.ts", text: 'import "../config/inner";' },
  "constructs-take-props": { file: "constructs/e.ts", text: 'import "../core/config/index";' },
  "guardrails-judge-json": { file: "constructs/guardrails/r.ts", text: 'import "../../core/source/good";' },
  "stacks-wire-only": { file: "stacks/f.ts", text: 'import "../core/config/inner";' },
  "main-composes-only": { file: "main.ts", text: 'import "./constructs/index";' },
  "local-runs-what-it-is-given": { file: "tools/local/g.ts", text: 'import "../cli/good";' },
  "keys-files-are-read-offline": { file: "core/keys/r.ts", text: 'import "../config/good";' },
  "keys-plan-is-pure": { file: "tools/keys/plan/s.ts", text: 'import "../gateway/good";' },
  "keys-plan-does-no-io": { file: "tools/keys/plan/t.ts", text: 'import "node:http";' },
  "keys-through-doors": { file: "tools/keys/u.ts", text: 'import "../cli/good";' },
  "state-asks-s3-alone": { file: "tools/state/s.ts", text: 'import "../local/inner";' },
  "proxy-stands-alone": { file: "proxy/src/q.ts", text: 'import "../../core/litellm/good";' },
  "proxy-fronts-read-http": { file: "proxy/src/front/r.ts", text: 'import "../identity/good";' },
  "cli-opens-doors-only": { file: "tools/cli/h.ts", text: 'import "../local/inner";' },
  "only-source-reads-files": { file: "core/litellm/i.ts", text: 'import "node:fs";' },
  "constructs-touch-no-machine": { file: "constructs/j.ts", text: 'import { readFileSync } from "fs"; readFileSync;' },
  "nobody-imports-tests-or-scripts": { file: "tools/other/k.ts", text: 'import "../../test/good";' },
  "no-provider-root": { file: "scripts/l.ts", text: 'import "@cdktf/provider-example";' },
  "no-cycles": { file: "scripts/m.ts", text: 'import { n } from "./n"; export const m = n;' },
  "no-dev-dependency-in-product": { file: "tools/other/o.ts", text: 'import "dev-only";' },
  "no-unresolvable": { file: "scripts/p.ts", text: 'import "./nowhere";' },
};

const SUPPORTING: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    dependencies: { cdktf: "1" },
    devDependencies: { "dev-only": "1", "@cdktf/provider-example": "1", "@cdktf/provider-aws": "1" },
  }),
  "core/source/good.ts": "export {};",
  "core/litellm/good.ts": "export {};",
  "core/config/index.ts": "export {};",
  "core/config/inner.ts": "export {};",
  "core/config/good.ts": "export {};",
  "tools/keys/gateway/good.ts": "export {};",
  "constructs/index.ts": "export {};",
  "tools/cli/good.ts": "export {};",
  "tools/local/inner.ts": "export {};",
  "proxy/src/identity/good.ts": "export {};",
  "test/good.ts": "export {};",
  // What is allowed must stay allowed: a construct takes one resource of the provider, and a stack takes constructs of AWS.
  "constructs/aws.ts": 'import { r } from "@cdktf/provider-aws/lib/resource"; export const a = r;',
  "stacks/r.ts": 'import { a } from "../constructs/aws"; a;',
  "scripts/n.ts": 'import { m } from "./m"; export const n = 1; m;',
  "node_modules/cdktf/index.js": "",
  "node_modules/cdktf/package.json": '{ "name": "cdktf", "main": "index.js" }',
  "node_modules/dev-only/index.js": "",
  "node_modules/@cdktf/provider-aws/lib/resource/index.js": "exports.r = 1;",
  "node_modules/@cdktf/provider-aws/package.json": '{ "name": "@cdktf/provider-aws", "main": "lib/index.js" }',
  "node_modules/@cdktf/provider-example/lib/index.js": "",
  "node_modules/@cdktf/provider-example/package.json": '{ "name": "@cdktf/provider-example", "main": "lib/index.js" }',
};

const project = tempProject();
const TYPESCRIPT = join(project.folder, "node_modules", "typescript");

function cruise(format: string) {
  const command = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const args = [
    command,
    "--config",
    config,
    "--output-type",
    format,
    "main.ts",
    "core",
    "constructs",
    "stacks",
    "tools",
    "proxy/src",
    "scripts",
    "test",
  ];
  return spawnSync(process.execPath, args, { cwd: project.folder, encoding: "utf8" });
}

beforeAll(() => {
  for (const [file, text] of Object.entries(SUPPORTING)) project.write(file, text);
  for (const { file, text } of Object.values(VIOLATIONS)) project.write(file, text);
  mkdirSync(dirname(TYPESCRIPT), { recursive: true });
  symlinkSync(join(root, "node_modules", "typescript"), TYPESCRIPT);
});

describe("a planted import that breaks a layer rule is reported under that rule", () => {
  let reported: { rule: { name: string }; from: string }[];
  beforeAll(() => {
    reported = JSON.parse(cruise("json").stdout).summary.violations;
  });

  test.each(rules)("%s", (rule) => {
    const files = reported.filter((violation) => violation.rule.name === rule).map(({ from }) => from);

    expect(files).toEqual([VIOLATIONS[rule]?.file]);
  });

  test("and makes the command fail that `npm run check` runs", () => {
    expect(cruise("err").status).toBe(rules.length);
    expect(readFileSync(join(root, "package.json"), "utf8")).toContain("npm run layers");
  });
});
