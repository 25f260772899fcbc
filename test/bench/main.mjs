// `npm run bench`: how long people wait for check and synth, beside a bare Node in the same run.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
execFileSync(process.execPath, [join(root, "scripts/install.mjs")], { stdio: "inherit" });
const cli = join(root, "dist/tools/cli/main.js");
const app = join(root, "dist/synth.js");
const folder = mkdtempSync(join(tmpdir(), "cdktf-litellm-bench-"));

try {
  const large = writeEnvironments("large", 1, 200);
  const one = writeEnvironments("one", 1, 3);
  const fifty = writeEnvironments("fifty", 50, 3);
  const bare = measure(["-e", "0"]);
  const rows = [
    row("node -e 0", bare, {}),
    row("check, 200 models", measure([cli, "check", "environments/e0.yaml"], { cwd: large }), { seconds: 0.45, megabytes: 150 }),
    row("check, 3 models", measure([cli, "check", "environments/e0.yaml"], { cwd: one }), {}),
    row("synth, 1 environment", measure([app], { cwd: one }), { seconds: 0.3, megabytes: 90 }),
    row("load one catalogue (time inside Node)", loadOneCatalogue(), { seconds: 0.03 }),
    row("synth, 50 environments", measure([app], { cwd: fifty }), { seconds: 1.2 }),
  ];
  console.log(
    ["| what | wall | limit | times node -e 0 | peak memory | limit |", "|---|---|---|---|---|---|", ...rows].join("\n"),
  );

  function row(what, { seconds, megabytes }, limit) {
    const shown = (value, unit, digits) => (value === undefined ? "" : `${value.toFixed(digits)} ${unit}`);
    const ratio = (seconds / bare.seconds).toFixed(1);
    const over = seconds > (limit.seconds ?? Infinity) || megabytes > (limit.megabytes ?? Infinity);
    return `| ${[over ? `**over** ${what}` : what, shown(seconds, "s", 3), shown(limit.seconds, "s", 2), ratio, shown(megabytes, "MB", 0), shown(limit.megabytes, "MB", 0)].join(" | ")} |`;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The median of nine fresh processes; without their start, which the other rows have. */
function loadOneCatalogue() {
  const load = fileURLToPath(new URL("load-catalogue.cjs", import.meta.url));
  const runs = Array.from({ length: 9 }, () => Number(execFileSync(process.execPath, [load, root, "1.108.10"])) / 1000);
  return { seconds: runs.sort((a, b) => a - b)[4] };
}

/** A project with `count` environments of `models` models each, with fallbacks between neighbours. */
function writeEnvironments(name, count, models) {
  const project = join(folder, name);
  mkdirSync(join(project, "environments"), { recursive: true });
  for (let i = 0; i < count; i++) writeFileSync(join(project, "environments", `e${i}.yaml`), environment(`e${i}`, models));
  return project;
}

function environment(name, models) {
  const numbers = Array.from({ length: models }, (_, index) => index);
  const deployments = numbers.map(
    (n) => `      - model_name: model-${n}
        litellm_params:
          model: openai/gpt-4o
          api_key: os.environ/OPENAI_API_KEY
          rpm: 100
          tpm: 100000
          timeout: 60
          tags: [team-${n % 7}, region-eu]
        model_info: { id: deployment-${n}, mode: chat, base_model: gpt-4o }`,
  );
  const fallbacks = numbers.slice(1).map((n) => `        - model-${n}: [model-${n - 1}]`);
  return `name: ${name}
target: local
litellm:
  config:
    model_list:
${deployments.join("\n")}
    router_settings:
      enable_pre_call_checks: true
      fallbacks:
${fallbacks.join("\n")}
    litellm_settings: { drop_params: true, callbacks: [prometheus] }
    general_settings: { master_key: os.environ/LITELLM_MASTER_KEY }
secrets: { OPENAI_API_KEY: { env: OPENAI_API_KEY } }
`;
}
