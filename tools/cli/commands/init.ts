import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Command } from "commander";
import { environmentSchema } from "../../../core/config";
import { nearestName } from "../../../core/findings";
import { packageFile } from "../../package-file";
import type { Finish, Io } from "../io";
import { plainFormat } from "../options";
import { UsageError } from "../usage-error";

interface InitOptions {
  readonly from: string;
  readonly format: "text" | "json";
}

export function registerInit(program: Command, io: Io, finish: Finish): void {
  program
    .command("init")
    .description("Starts environments/<name>.yaml from a template.")
    .argument("<name>", "name of the environment: lower-case letters, digits and hyphens")
    .option("--from <template>", `one of ${templateNames().join(", ")}`, "local")
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 written, 2 usage, or the file exists already")
    .action((name: string, options: InitOptions) => finish(init(name, options, io)));
}

function init(name: string, { from, format }: InitOptions, io: Io): number {
  if (!environmentSchema.shape.name.safeParse(name).success) {
    throw new UsageError(
      `${JSON.stringify(name)} is not a name of an environment`,
      "use lower-case letters, digits and hyphens, at most 31",
    );
  }
  const file = join("environments", `${name}.yaml`);
  const target = join(io.cwd, file);
  const text = withFreePorts(personalise(readTemplate(from), name, dirname(target)), dirname(target));
  write(target, text, file);
  const next = `npx cdktf-litellm check ${file}`;
  io.stdout.write(
    format === "json" ? `${JSON.stringify({ file, template: from, next })}\n` : `wrote ${file} from ${from}\nnext  ${next}\n`,
  );
  return 0;
}

function templatesFolder(): string {
  return packageFile("templates", "environments");
}

function templateNames(): string[] {
  return readdirSync(templatesFolder())
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.replace(/\.yaml$/, ""))
    .sort();
}

function readTemplate(name: string): string {
  const names = templateNames();
  if (names.includes(name)) return readFileSync(join(templatesFolder(), `${name}.yaml`), "utf8");
  const near = nearestName(name, names);
  throw new UsageError(
    `there is no template ${JSON.stringify(name)}`,
    near ? `did you mean ${near}?` : `templates: ${names.join(", ")}`,
  );
}

/** Puts in the environment's name, and the way from its folder to the schema that editors read. */
function personalise(text: string, name: string, folder: string): string {
  const schema = relative(folder, packageFile("docs", "reference", "environment.schema.json"))
    .split(sep)
    .join("/");
  return text.replace(/^name: .*$/m, `name: ${name}`).replace(/(\$schema=)\S+/, `$1${schema}`);
}

/** Counts each port up until no environment beside it names the same. */
function withFreePorts(text: string, folder: string): string {
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
  const taken = new Set(
    others.flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(PORT)].map(([, , port]) => Number(port))),
  );
  return text.replace(PORT, (_line, indent: string, port: string) => {
    let free = Number(port);
    while (taken.has(free)) free += 1;
    taken.add(free);
    return `${indent}port: ${free}`;
  });
}

const PORT = /^( *)port: (\d+)$/gm;

/** Never overwrites what is there. */
function write(target: string, text: string, shown: string): void {
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { flag: "wx" });
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
    if (code === "EEXIST" && existsSync(target)) {
      throw new UsageError(`${shown} exists already`, "choose another name, or remove the file first");
    }
    throw new UsageError(`${shown} cannot be written: ${code}`, "run the command in a folder that you may write to");
  }
}
