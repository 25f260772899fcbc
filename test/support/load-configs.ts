import { join } from "node:path";
import { runProgram } from "../../tools/local/run-program";

/** What the real LiteLLM made of a configuration; see load-configs.py. */
export interface Loaded {
  readonly loads: boolean;
  /** What ended the loading. */
  readonly error: string;
  /** Lines of the log, warnings and graver. */
  readonly log: readonly string[];
  readonly deployments?: readonly string[];
  readonly params?: readonly Readonly<Record<string, string>>[];
  readonly ids?: readonly string[];
  readonly callbacks?: readonly string[];
  readonly success?: readonly string[];
  readonly failure?: readonly string[];
  readonly guardrails?: readonly string[];
  readonly fallbacks?: unknown;
  readonly router_redis?: boolean;
  readonly cache?: string;
  readonly module?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly general?: Readonly<Record<string, string>>;
}

/**
 * Has LiteLLM load configurations, each in a process of its own.
 *
 * @param python the interpreter of LiteLLM's environment
 */
export async function loadConfigs(python: string, texts: readonly string[]): Promise<Loaded[]> {
  // Nothing of the caller's environment but where programs are: keys of a developer's machine would change the verdicts.
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME };
  const script = join(__dirname, "load-configs.py");
  const { ok, stdout, tail } = await runProgram(python, [script], { environment, input: JSON.stringify(texts) });
  if (!ok) throw new Error(`LiteLLM could not be asked:\n${tail.join("\n")}`);
  return JSON.parse(stdout) as Loaded[];
}
