import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cacheFolder } from "../../tools/local";
import { packageFile } from "../../tools/package-file";
import type { Availability } from "../real/support/real-part";

/** Tells what is missing: Jest wants to know its tests at once, but looking for programs takes a while. */
const PROGRAM = `
const [python, postgres, cache] = process.argv.slice(1);
const progress = { step: () => ({ note() {}, done() {}, skip() {} }) };
(async () => {
  const found = await require(python).findPython(process.env);
  const database = await require(postgres).findPostgres({ cache, environment: process.env, progress });
  console.log(JSON.stringify({ python: found.problem, postgres: database.problem }));
})();
`;

/** What tests with a real LiteLLM need. */
export interface LitellmNeeds {
  readonly litellm: Availability;
  readonly postgres: Availability;
}

/** Looks for Python and PostgreSQL as the local target does. */
export function litellmNeeds(): LitellmNeeds {
  const local = packageFile("dist", "tools", "local");
  if (!existsSync(local)) {
    const reason = "the package is not compiled: npm run build";
    return { litellm: { reason }, postgres: { reason } };
  }
  const modules = ["python", "postgres"].map((name) => packageFile("dist", "tools", "local", name, "index.js"));
  const args = ["-e", PROGRAM, ...modules, cacheFolder(process.env)];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const problems = JSON.parse(stdout) as Readonly<Record<"python" | "postgres", string | undefined>>;
  return { litellm: availability(problems.python), postgres: availability(problems.postgres) };
}

function availability(problem: string | undefined): Availability {
  return problem === undefined ? { available: true } : { reason: problem };
}
