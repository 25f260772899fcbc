import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

jest.setTimeout(300_000);

const ROOT = join(__dirname, "..", "..", "..");
/** As somebody without rights, where the tests run as root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
let folder: string;

/**
 * Carries out the Dockerfile: what it copies is all that the build sees, and what it copies from the build is all that the
 * image has. Packages are linked instead of installed, because tests work without a network.
 */
function build(): string {
  const [source, image] = [join(folder, "src"), join(folder, "image")];
  for (const each of [source, image]) mkdirSync(each);
  for (const line of readFileSync(join(ROOT, "tools/keys/Dockerfile"), "utf8").split("\n")) step(line, source, image);
  rmSync(source, { recursive: true });
  return image;
}

function step(line: string, source: string, image: string): void {
  const [word, ...rest] = line.split(/\s+/);
  const to = rest.at(-1) ?? "";
  if (word === "COPY" && rest[0] === "--from=build") copyFromBuild(rest[1] ?? "", to, source, image);
  else if (word === "COPY") for (const name of rest.slice(0, -1)) copy(name, to, source);
  else if (word === "RUN" && rest[1] === "ci") symlinkSync(join(ROOT, "node_modules"), join(source, "node_modules"));
  else if (word === "RUN" && rest[1] === "prune") linkDependencies(image);
  else if (word === "RUN") {
    const result = spawnSync(rest[0] ?? "", rest.slice(1), { cwd: source, encoding: "utf8", env: { PATH: process.env.PATH } });
    if (result.status !== 0) throw new Error(`${line}: ${result.stderr}`);
  }
}

function copy(name: string, to: string, source: string): void {
  const many = to.endsWith("/");
  const target = join(source, to, many ? (name.split("/").at(-1) ?? "") : "");
  cpSync(join(ROOT, name), to === "./" ? join(source, name) : target, {
    recursive: true,
    filter: (file) => !/[/](dist|node_modules)([/]|$)/.test(file.slice(ROOT.length)),
  });
}

function copyFromBuild(from: string, to: string, source: string, image: string): void {
  if (from.endsWith("node_modules")) return;
  const target = join(image, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(source, from.replace("/src/", "")), target, { recursive: true });
}

/** What is left after `npm prune --omit=dev`: the package's own dependencies. */
function linkDependencies(image: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const target = join(image, "app", "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), target);
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "keys-image-"));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the Job's image runs the command without what is for development, and reads its files from where a ConfigMap puts them", () => {
  const image = build();
  const main = join(image, "app/dist/tools/cli/main.js");
  const run = (...argv: string[]) =>
    spawnSync(process.execPath, [main, ...argv], { cwd: image, encoding: "utf8", env: {}, ...NOBODY });
  const mounted = join(image, "keys");
  mkdirSync(mounted);
  writeFileSync(join(mounted, "a.keys.yaml"), "teams:\n  t: { models: [gpt], max_budget: 1, budget_duration: 30d }\n");
  writeFileSync(
    join(mounted, "environment.yaml"),
    `name: a
target: local
litellm: { config: { model_list: [{ model_name: gpt, litellm_params: { model: openai/gpt-4o, api_key: none }, model_info: { id: a } }], general_settings: { master_key: os.environ/LITELLM_MASTER_KEY } } }
secrets: { LITELLM_MASTER_KEY: { env: MASTER } }
keys: { files: a.keys.yaml, url: "http://127.0.0.1:9" }
`,
  );

  expect(existsSync(join(image, "app/node_modules/jest"))).toBe(false);
  expect(run("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(run("check", join(mounted, "environment.yaml"))).toMatchObject({ status: 0 });
  expect(run("keys", "apply", join(mounted, "environment.yaml"))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("LITELLM_MASTER_KEY"),
  });
  expect(readFileSync(join(ROOT, "tools/keys/Dockerfile"), "utf8")).toMatch(/^USER node$/m);
});
