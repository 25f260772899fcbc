import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The key that is signed in with. */
export const MASTER = "sk-master-of-the-bench-0123456789";

/** How a keys file is written. */
export type Notation = "json" | "yaml";

/** Writes a project with `count` keys of one team, as JSON and as people write YAML. */
export function writeProject(folder: string, url: string, count: number): void {
  mkdirSync(join(folder, "environments"), { recursive: true });
  const numbers = Array.from({ length: count }, (_, index) => index);
  const files: Readonly<Record<Notation, string>> = { json: asJson(numbers), yaml: asYaml(numbers) };
  for (const [notation, text] of Object.entries(files)) {
    writeFileSync(join(folder, "environments", `${notation}.keys.yaml`), text);
    writeFileSync(join(folder, "environments", `${notation}.yaml`), environment(notation, url));
  }
}

function asJson(numbers: readonly number[]): string {
  const teams = { research: { models: ["gpt"], max_budget: 1_000_000, budget_duration: "30d" } };
  const key = (n: number) => ({
    owner: `team-${n % 50}@example.org`,
    team_id: "research",
    models: ["gpt"],
    max_budget: 10 + (n % 90),
    budget_duration: "30d",
    rotate: { every: "90d", overlap: "14d" },
    metadata: { cost_center: `cc-${n % 100}`, interactive: n % 2 === 0 },
    deliver: { file: `out/${n % 100}/service-${n}` },
  });
  const keys = Object.fromEntries(numbers.map((n) => [`service-${n}`, key(n)]));
  return JSON.stringify({ teams, keys }, null, 1);
}

function asYaml(numbers: readonly number[]): string {
  const key = (n: number) => `  service-${n}:
    owner: team-${n % 50}@example.org
    team_id: research
    models: [gpt]
    max_budget: ${10 + (n % 90)}
    budget_duration: 30d
    rotate: { every: 90d, overlap: 14d }
    metadata: { cost_center: cc-${n % 100}, interactive: ${n % 2 === 0} }
    deliver: { file: out/${n % 100}/service-${n} }
`;
  return `teams:
  research: { models: [gpt], max_budget: 1000000, budget_duration: 30d }
keys:
${numbers.map(key).join("")}`;
}

function environment(notation: string, url: string): string {
  return `name: many
target: local
litellm:
  config:
    model_list:
      - model_name: gpt
        litellm_params: { model: openai/gpt-4o, api_key: none }
        model_info: { id: a }
    general_settings: { master_key: os.environ/LITELLM_MASTER_KEY }
secrets: { LITELLM_MASTER_KEY: { env: MASTER } }
keys: { files: ${notation}.keys.yaml, url: "${url}" }
`;
}
