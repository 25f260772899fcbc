import { join, relative, resolve, sep } from "node:path";
import { App } from "cdktf";
import { loadEnvironmentFolder, loadEnvironments } from "./core/config";
import { isAtLeast, renderReport, TOOL } from "./core/findings";
import { addEnvironmentStacks } from "./stacks";

const project = process.cwd();
const today = new Date().toISOString().slice(0, 10);

// In an emergency, an environment must be within reach although the file of another is broken.
const only = process.env.CDKTF_LITELLM_ONLY;
const { loaded, findings, files, readable } = only
  ? loadEnvironments([join("environments", `${only}.yaml`)], today)
  : loadEnvironmentFolder("environments", today);
const shown = findings.filter((finding) => isAtLeast(finding.severity, "warning"));
if (shown.length > 0) {
  process.stderr.write(renderReport({ tool: TOOL, files, findings: shown }, "text", { rules: [], colour: false }));
}
const blocked = findings.some((finding) => finding.severity === "error" && !finding.waiver);
if (blocked) {
  if (!only && loaded.length > 1)
    process.stderr.write("to work with one environment alone: CDKTF_LITELLM_ONLY=<name> cdktf ...\n");
  process.exitCode = readable ? 1 : 2;
} else {
  const app = new App();
  for (const { environment, file } of loaded) {
    if (environment) addEnvironmentStacks(app, environment, placesOf(app, environment.name, file));
  }
  app.synth();
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
