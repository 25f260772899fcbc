import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { LocalError, type Progress } from "../../tools/local";

/** Quiet, without prompts and telemetry, and never more than one stack at a time. */
const CDKTF_ENVIRONMENT = { CI: "1", CHECKPOINT_DISABLE: "1", NO_COLOR: "1", FORCE_COLOR: "0" };
const DEPLOY_OPTIONS = ["--auto-approve", "--skip-synth", "--skip-provider-lock", "--no-color", "--parallelism", "1"];
const KEPT_LINES = 40;

/** Writes `cdktf.out`. The command of the engine is not needed for it. */
export async function synthesize(): Promise<void> {
  const { code, lines } = await run(process.execPath, ["dist/synth.js"], {}, () => {});
  if (code !== 0) throw new LocalError("the environments could not be synthesized", "mend what is said below", lines);
}

/** Deploys a stack with `cdktf deploy`; without Terraform, drives the local target directly. */
export async function deploy(stack: string, file: string, progress: Progress): Promise<void> {
  if (!hasTerraform()) {
    progress.step("terraform").skip("not found, so the gateway is brought up directly: npx cdktf-litellm local up");
    const { code } = await run(process.execPath, ["dist/tools/cli/main.js", "local", "up", file], {}, forward);
    if (code !== 0) throw new LocalError("the gateway could not be brought up", "see above");
    return;
  }
  const step = progress.step("cdktf deploy");
  const args = [require.resolve("cdktf-cli/bundle/bin/cdktf"), "deploy", stack, ...DEPLOY_OPTIONS];
  const { code, lines } = await run(process.execPath, args, CDKTF_ENVIRONMENT, forwardProvisioner);
  if (code !== 0) throw new LocalError("cdktf deploy failed", "mend what is said below, then run it again", lines);
  step.done(lines.some((line) => line.includes("No changes")) ? "nothing changed" : `stack ${stack} deployed`);
}

function hasTerraform(): boolean {
  return spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;
}

/** What the local target says of itself within Terraform's output: `<stack>  <resource> (local-exec): <line>`. */
function forwardProvisioner(line: string): void {
  const own = /\(local-exec\): (\s*(?:✔ .* \d+\.\d s\b|[…-] ).*)$/.exec(line)?.[1];
  if (own) forward(own);
}

function forward(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<{ code: number | null; lines: readonly string[] }> {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      onLine(line);
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, lines };
}
