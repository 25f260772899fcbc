import { run } from "../../tools/cli/run";

/** What a command printed, and how it ended. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, in `cwd`, on 2026-11-21. The clock stands still. */
export async function runCli(argv: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  let stdout = "";
  let stderr = "";
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const code = await run(argv, {
      stdout: { write: (text: string) => (stdout += text) },
      stderr: { write: (text: string) => (stderr += text) },
      environment,
      cwd,
      now: () => Date.UTC(2026, 10, 21),
    });
    return { code, stdout, stderr };
  } finally {
    process.chdir(before);
  }
}
