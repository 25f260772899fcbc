import { DEFENCES } from "./defences";
import { type Result, runWithout } from "./run-jest";

/**
 * Switches each defence of the identity proxy off in turn and runs the attack that it stands against. An attack that is still
 * green then is one that nobody tests. Honest requests must pass meanwhile, or the proxy is broken and not open.
 */
async function main(): Promise<void> {
  const width = Math.max(...DEFENCES.map(({ vector }) => vector.length));
  const results = await runWithout(process.cwd(), DEFENCES);
  let missed = 0;
  for (const [index, { vector, off }] of DEFENCES.entries()) {
    const verdict = verdictOf(results[index]);
    if (!verdict.startsWith("caught")) missed += 1;
    process.stdout.write(`${vector.padEnd(width)}  ${verdict.padEnd(12)}  ${off}\n`);
  }
  const vectors = new Set(DEFENCES.map(({ vector }) => vector)).size;
  process.stdout.write(`${vectors} attacks, ${DEFENCES.length} defences switched off, ${missed} not caught\n`);
  process.exitCode = missed > 0 ? 1 : 0;
}

function verdictOf(result: Result | undefined): string {
  if (!result || result.passed.length + result.failed.length === 0) return "BROKEN";
  const honest = (titles: readonly string[]): number => titles.filter((title) => title.includes("honest: ")).length;
  if (honest(result.failed) > 0 && honest(result.passed) === 0) return "BROKEN";
  return result.failed.length > 0 ? `caught by ${result.failed.length}` : "MISSED";
}

void main();
