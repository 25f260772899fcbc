import { type LocalEnvironment, loadEnvironment } from "../../core/config";
import { renderReport, TOOL } from "../../core/findings";
import { findPython, LocalError, type LocalStatus, lineProgress, status } from "../../tools/local";
import { deploy, synthesize } from "./deploy";
import { letPeopleAsk } from "./people";
import { recorded } from "./recorded";
import { showProxyAlone } from "./without-litellm";

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
  const environment = checkEnvironment();
  if (!environment) return 1;
  const synthesis = progress.step("synthesized local");
  await synthesize();
  synthesis.done("cdktf.out/stacks/local/cdk.tf.json");
  if ("problem" in python) {
    await showProxyAlone(environment, say);
    say("\n  checked and synthesized; nothing was deployed\n  next    bring a Python from 3.10 to 3.14, then run this again");
    return 0;
  }
  await deploy(NAME, FILE, progress);
  const gateway = await status({ project: process.cwd(), name: NAME, environment: process.env });
  if (!gateway.ok) throw new LocalError("the gateway does not answer", "look: npx cdktf-litellm local status");
  await converse(environment, gateway);
  tellWhereEverythingIs(environment, gateway);
  return 0;
}

function checkEnvironment(): LocalEnvironment | undefined {
  const step = progress.step(FILE);
  const { environment, findings, files } = loadEnvironment(FILE, new Date().toISOString().slice(0, 10));
  if (!environment) {
    process.stderr.write(renderReport({ tool: TOOL, files, findings }, "text", { rules: [], colour: false }));
    return undefined;
  }
  if (environment.target !== "local") throw new LocalError(`${FILE} has target: ${environment.target}`, "write target: local");
  const models = environment.litellm.config.model_list;
  const users = Object.keys(environment.identityProxy?.development?.users ?? {});
  const counted = [`${Array.isArray(models) ? models.length : 0} models`, `${users.length} users`, `${findings.length} problems`];
  step.done(counted.join(", "));
  return environment;
}

/** What people ask goes through the identity proxy, and what LiteLLM wrote down of it is read back. */
async function converse(environment: LocalEnvironment, gateway: LocalStatus): Promise<void> {
  if (!gateway.proxyUrl) return;
  const attribution = (id: string) => recorded(gateway, id);
  say("");
  await letPeopleAsk({ environment, project: process.cwd(), url: gateway.proxyUrl, attribution, say });
}

function tellWhereEverythingIs(environment: LocalEnvironment, gateway: LocalStatus): void {
  for (const { part, problem, repair } of gateway.missing) say(`\n  without ${part}: ${problem}; ${repair}`);
  say(`
  try     ${example(environment, gateway)}
  see     npx cdktf-litellm local status          logs   npx cdktf-litellm local logs
  change  ${FILE}, then                 npx cdktf diff local; npx cdktf deploy local
  stop    npx cdktf destroy local
  next    npx cdktf-litellm init staging --from providers`);
}

function example({ identityProxy }: LocalEnvironment, gateway: LocalStatus): string {
  const [user] = Object.keys(identityProxy?.development?.users ?? {});
  if (gateway.proxyUrl && user !== undefined) {
    return `curl -H "Authorization: Bearer $(npx cdktf-litellm local token ${user})" ${gateway.proxyUrl}/v1/models`;
  }
  const key = gateway.masterKeyFile ? `$(cat ${JSON.stringify(gateway.masterKeyFile)})` : "$LITELLM_MASTER_KEY";
  return `curl -H "Authorization: Bearer ${key}" ${gateway.url}/v1/models`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
