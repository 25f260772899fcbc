import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Moto, Network } from "./moto";

const root = join(__dirname, "..", "..", "..");
const TEMPLATE = join(root, "templates", "environments", "aws.yaml");

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  /** What it said on both streams. */
  readonly output: string;
}

/** What an environment file says that the template does not. */
export interface Differences {
  /** More lines of the block `aws`. */
  readonly aws?: readonly string[];
  /** The content of the block `aws.database`. @default nothing */
  readonly database?: string;
}

/** A checkout with one environment, `prod`, made from the AWS template. */
export interface AwsProject {
  readonly folder: string;
  /** The folder in which Terraform runs the stack `prod-data`. */
  readonly stack: string;
  /** Writes the environment file: the template with the network's ids, and what differs from it. */
  write(differs?: Differences): void;
  cdktf(...args: string[]): Ended;
  toolkit(...args: string[]): Ended;
  terraform(...args: string[]): Ended;
  remove(): void;
}

/** Makes the project. `environment` is that of every command. */
export function makeProject(moto: Moto, network: Network, environment: NodeJS.ProcessEnv): AwsProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-litellm-aws-")));
  const stack = join(folder, "cdktf.out", "stacks", "prod-data");
  const env = { ...environment, ...moto.environment, CI: "1", CHECKPOINT_DISABLE: "1", NO_COLOR: "1", TF_IN_AUTOMATION: "1" };
  prepare(folder);
  const log = join(folder, "said.txt");
  // Into a file: cdktf ends before a pipe has taken all that it said, and so swallows why Terraform refused.
  const run = (program: string, args: readonly string[], cwd: string): Ended => {
    const file = openSync(log, "w");
    const { status } = spawnSync(program, args, { cwd, env, stdio: ["ignore", file, file] });
    closeSync(file);
    return { code: status, output: readFileSync(log, "utf8") };
  };
  const node = (script: string, args: readonly string[]): Ended => run(process.execPath, [script, ...args], folder);
  return {
    folder,
    stack,
    write: (differs = {}) => writeFileSync(join(folder, "environments", "prod.yaml"), environmentText(network, differs)),
    cdktf: (...args) => node(join(root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"), [...args, "--no-color"]),
    toolkit: (...args) => node("dist/tools/cli/main.js", args),
    terraform: (...args) => run("terraform", args, stack),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function prepare(folder: string): void {
  mkdirSync(join(folder, "environments"));
  const overlay = join(root, "test", "real", "aws", "for-moto.mjs");
  const app = `node dist/synth.js && node "${overlay}"`;
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ language: "typescript", app, projectId: "test" }));
  execFileSync("cp", ["-r", join(root, "dist"), join(root, "package.json"), folder]);
  for (const name of ["node_modules", "tools", "templates"]) symlinkSync(join(root, name), join(folder, name));
}

function environmentText({ vpc, subnets, clients }: Network, { aws = [], database = "" }: Differences): string {
  const more = [...aws, "audit: { bucket: prod-litellm-requests }"].map((line) => `  ${line}\n`).join("");
  const text = readFileSync(TEMPLATE, "utf8")
    .replace("name: aws\n", "name: prod\n")
    .replace("vpc-0123456789abcdef0", vpc)
    .replace("subnet-0123456789abcdef0, subnet-0123456789abcdef1", subnets.join(", "))
    .replace("sg-0123456789abcdef0", clients.join(", "))
    .replace("database: {}", `database: { ${database} }`);
  return text.replace(/^aws:\n/m, `aws:\n${more}`);
}
