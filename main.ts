import { join, relative, resolve, sep } from "node:path";
import { App } from "cdktf";
import { loadEnvironmentFolder, loadEnvironments } from "./core/config";
import { type Finding, isAtLeast, renderReport, TOOL } from "./core/findings";
import { addEnvironmentStacks, guardStacks } from "./stacks";

const project = process.cwd();
const today = new Date().toISOString().slice(0, 10);

// In an emergency, an environment must be within reach although the file of another is broken.
const only = process.env.CDKTF_LITELLM_ONLY;
const { loaded, findings, files, readable } = only
  ? loadEnvironments([join("environments", `${only}.yaml`)], today)
  : loadEnvironmentFolder("environments", today);
show(findings);
if (isBlocking(findings)) {
  if (!only && loaded.length > 1)
    process.stderr.write("to work with one environment alone: CDKTF_LITELLM_ONLY=<name> cdktf ...\n");
  process.exitCode = readable ? 1 : 2;
} else {
  const app = new App();
  const guarded = loaded.flatMap((one) => {
    if (!one.environment) return [];
    const stacks = addEnvironmentStacks(app, one.environment, placesOf(app, one.environment.name, one.file));
    return guardStacks(stacks, one, today);
  });
  show(guarded);
  if (isBlocking(guarded)) process.exitCode = 1;
  else app.synth();
}

function show(all: readonly Finding[]): void {
  const shown = all.filter((finding) => isAtLeast(finding.severity, "warning"));
  if (shown.length === 0) return;
  process.stderr.write(renderReport({ tool: TOOL, files, findings: shown }, "text", { rules: [], colour: false }));
}

function isBlocking(all: readonly Finding[]): boolean {
  return all.some((finding) => finding.severity === "error" && !finding.waiver);
}

/** Where things lie relative to each other: absolute paths would make the output differ between checkouts. */
function placesOf(app: App, stackName: string, environmentFile: string): Parameters<typeof addEnvironmentStacks>[2] {
  const stackFolder = resolve(project, app.outdir, "stacks", stackName);
  return {
    projectFolder: slashes(relative(stackFolder, project)),
    environmentFile: slashes(environmentFile),
    toolkit: `node ${slashes(relative(project, join(__dirname, "tools", "cli", "main.js")))}`,
  };
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
