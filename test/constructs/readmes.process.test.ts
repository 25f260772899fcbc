import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempProject } from "../support/temp-project";

jest.setTimeout(60_000);

const root = join(__dirname, "..", "..");
const project = tempProject();

/** The package's doors, by the name that a user imports. */
const DOORS = { "cdktf-litellm/constructs": "index", "cdktf-litellm/constructs/aws": "aws" };

/** The code of each construct's README, by folder. */
const EXAMPLES = readdirSync(join(root, "constructs"), { withFileTypes: true }).flatMap((entry) => {
  if (!entry.isDirectory() || !readdirSync(join(root, "constructs", entry.name)).includes("README.md")) return [];
  const text = readFileSync(join(root, "constructs", entry.name, "README.md"), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => ({ folder: entry.name, code }));
});

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, args, { cwd: project.folder, encoding: "utf8" });
}

beforeAll(() => {
  symlinkSync(join(root, "node_modules"), join(project.folder, "node_modules"));
  const compilerOptions = {
    module: "Node20",
    target: "ES2022",
    lib: ["ES2023"],
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    outDir: "js",
    rootDir: ".",
    paths: Object.fromEntries(
      Object.entries(DOORS).map(([name, file]) => [name, [join(root, "dist/constructs", `${file}.d.ts`)]]),
    ),
  };
  project.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  project.write("package.json", JSON.stringify({ type: "commonjs" }));
  for (const { folder, code } of EXAMPLES) project.write(`${folder}.ts`, code);
});

test("there is an example for everything that a stack on AWS is made of", () => {
  expect(EXAMPLES.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining(["aws-access", "aws-audit", "aws-cache", "aws-database", "aws-key", "aws-secrets"]),
  );
});

test("every example compiles, and makes resources", () => {
  const compiled = run(join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json");
  expect(compiled).toMatchObject({ status: 0, stdout: "" });

  for (const { folder } of EXAMPLES) {
    const script = readFileSync(join(project.folder, "js", `${folder}.js`), "utf8");
    project.write(
      `js/${folder}.js`,
      script.replace(/"(cdktf-litellm\/[a-z/]+)"/g, (_, name: keyof typeof DOORS) => doorOf(name)),
    );
    expect([folder, run(`js/${folder}.js`)]).toMatchObject([folder, { status: 0, stderr: "" }]);
    if (!folder.startsWith("aws-")) continue;
    const id = folder.replace("aws-", "");
    const stack = JSON.parse(readFileSync(join(project.folder, "cdktf.out/stacks", id, "cdk.tf.json"), "utf8"));
    expect(Object.keys(stack.resource).length).toBeGreaterThan(0);
  }
});

function doorOf(name: keyof typeof DOORS): string {
  return JSON.stringify(join(root, "dist", "constructs", `${DOORS[name]}.js`));
}

/** What a Node that loads a door of the package has loaded of the provider's bindings. */
function bindingsLoadedBy(door: string): string {
  const count = 'Object.keys(require.cache).filter((file) => file.includes("provider-aws")).length';
  return run("-e", `require(${JSON.stringify(join(root, "dist", door))}); console.log(${count})`).stdout.trim();
}

test("no binding of a provider is loaded by those who deploy to one machine", () => {
  expect(bindingsLoadedBy("constructs/index.js")).toBe("0");
  expect(bindingsLoadedBy("stacks/index.js")).toBe("0");
  expect(Number(bindingsLoadedBy("constructs/aws.js"))).toBeGreaterThan(0);
});
