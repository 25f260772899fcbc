import { loadEnvironment } from "../../core/config";
import { renderReport, TOOL } from "../../core/findings";
import { findPython, LocalError, type LocalStatus, lineProgress, status } from "../../tools/local";
import { ask } from "./ask";
import { deploy, synthesize } from "./deploy";

const FILE = "environments/local.yaml";
const NAME = "local";
const progress = lineProgress(process.stderr, Date.now);

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof LocalError)) throw error;
    process.stderr.write(
      [`error: ${error.message}`, `  ${error.repair}`, ...error.details.map((line) => `  | ${line}`), ""].join("\n"),
    );
    process.exitCode = 1;
  },
);

async function main(): Promise<number> {
  const python = await findPython(process.env);
  if ("problem" in python) say(`no LiteLLM is started: ${python.problem}. To bring it: ${python.repair}`);
  say("cdktf-litellm quickstart: a gateway on this machine\n");
  if (!checkEnvironment()) return 1;
  const synthesis = progress.step("synthesized local");
  await synthesize();
  synthesis.done("cdktf.out/stacks/local/cdk.tf.json");
  if ("problem" in python) {
    say("\n  checked and synthesized; nothing was deployed\n  next    bring a Python from 3.10 to 3.14, then run this again");
    return 0;
  }
  await deploy(NAME, FILE, progress);
  const gateway = await status({ project: process.cwd(), name: NAME, environment: process.env });
  if (!gateway.ok) throw new LocalError("the gateway does not answer", "look: npx cdktf-litellm local status");
  await converse(gateway);
  tellWhereEverythingIs(gateway);
  return 0;
}

function checkEnvironment(): boolean {
  const step = progress.step(FILE);
  const { environment, findings, files } = loadEnvironment(FILE, new Date().toISOString().slice(0, 10));
  if (!environment) {
    process.stderr.write(renderReport({ tool: TOOL, files, findings }, "text", { rules: [], colour: false }));
    return false;
  }
  const models = environment.litellm.config.model_list;
  step.done(`${Array.isArray(models) ? models.length : 0} models, ${findings.length} problems`);
  return true;
}

/** Two requests that show that it is a real gateway: one plain, one that takes the fallback. */
async function converse(gateway: LocalStatus): Promise<void> {
  say("");
  const plain = await ask(gateway, "gpt-demo");
  say(`  gpt-demo   asked what 2 + 2 is: ${JSON.stringify(plain.content)}   answered by LiteLLM ${plain.litellmVersion}`);
  const fallback = await ask(gateway, "busy-demo");
  say(
    `  busy-demo  is over its limit on purpose: ${JSON.stringify(fallback.content)}   after ${fallback.fallbacks} fallback, from ${fallback.deployment}`,
  );
}

function tellWhereEverythingIs(gateway: LocalStatus): void {
  const key = gateway.masterKeyFile ? `$(cat ${JSON.stringify(gateway.masterKeyFile)})` : "$LITELLM_MASTER_KEY";
  for (const { part, problem, repair } of gateway.missing) say(`\n  without ${part}: ${problem}; ${repair}`);
  say(`
  try     curl -H "Authorization: Bearer ${key}" ${gateway.url}/v1/models
  see     npx cdktf-litellm local status          logs   npx cdktf-litellm local logs
  change  ${FILE}, then                 npx cdktf diff local; npx cdktf deploy local
  stop    npx cdktf destroy local
  next    npx cdktf-litellm init staging --from providers`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
