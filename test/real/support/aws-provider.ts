import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** The version that the bindings were made from. */
const VERSION = "5.100.0";
const PROVIDER = join("registry.terraform.io", "hashicorp", "aws", VERSION);
/** Names a folder of plugins, laid out as Terraform's filesystem mirrors are. */
const VARIABLE = "CDKTF_LITELLM_TERRAFORM_PLUGINS";

/** Where Terraform gets the AWS provider from, in words and as the content of its CLI configuration. */
interface Source {
  readonly words: string;
  /** Absent: the configuration that Terraform has already. */
  readonly configuration?: string;
}

/** The variables that give Terraform the AWS provider, or why it cannot be had. */
export type FoundProvider = { readonly words: string; readonly environment: NodeJS.ProcessEnv } | { readonly reason: string };

/**
 * Terraform's AWS provider: by Terraform's own CLI configuration, else from a folder of plugins that a variable names or
 * that is found on the machine, else from the network. It is tried out before it is promised.
 */
export function findAwsProvider(folder: string): FoundProvider {
  const source = fromOwnConfiguration() ?? fromFolder() ?? { words: "the network", configuration: "" };
  const environment = environmentOf(source, folder);
  const problem = initialise(environment);
  if (problem !== undefined) return { reason: `terraform has no AWS provider ${VERSION} from ${source.words}: ${problem}` };
  return { words: source.words, environment };
}

function fromOwnConfiguration(): Source | undefined {
  const named = process.env.TF_CLI_CONFIG_FILE;
  const file = named && existsSync(named) ? named : join(homedir(), ".terraformrc");
  return existsSync(file) ? { words: "Terraform's own CLI configuration" } : undefined;
}

function fromFolder(): Source | undefined {
  const named = process.env[VARIABLE];
  const folders = named ? [named] : foldersBelowRoot().filter(isTrustworthy);
  const folder = folders.find((candidate) => existsSync(join(candidate, PROVIDER)));
  if (folder === undefined) return undefined;
  const configuration = `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(folder)} }\n}\n`;
  return { words: named ? `the folder that ${VARIABLE} names` : "a plugin folder found on this machine", configuration };
}

/** Where people unpack such things: two levels below the root. */
function foldersBelowRoot(): string[] {
  return foldersIn("/")
    .filter((folder) => !["/proc", "/sys", "/dev"].includes(folder))
    .flatMap(foldersIn);
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** A plugin is a program: nobody else may have put it there. */
function isTrustworthy(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  const isOurs = uid === 0 || uid === process.getuid?.();
  return isOurs && (mode & 0o022) === 0;
}

function environmentOf({ configuration }: Source, folder: string): NodeJS.ProcessEnv {
  const base = { ...process.env, CHECKPOINT_DISABLE: "1" };
  if (configuration === undefined) return base;
  const file = join(folder, "terraform.rc");
  writeFileSync(file, configuration);
  return { ...base, TF_CLI_CONFIG_FILE: file };
}

/** Undefined when `terraform init` gets the provider, else its first words about why not. */
function initialise(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-litellm-provider-"));
  try {
    const required = { aws: { source: "hashicorp/aws", version: VERSION } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    const options = { cwd: folder, env: environment, encoding: "utf8", timeout: 300_000 } as const;
    const { status, stderr } = spawnSync("terraform", ["init", "-input=false", "-no-color"], options);
    return status === 0 ? undefined : (/^Error: .*$/m.exec(stderr ?? "")?.[0] ?? "terraform init failed");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
