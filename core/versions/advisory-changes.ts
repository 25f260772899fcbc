import { judgeVersion } from "../litellm";
import type { VersionChange } from "./change";

/** Weaknesses that one of two versions has and the other has not, and whether the later one may run at all. */
export function advisoryChanges(from: string, to: string): VersionChange[] {
  const [before, after] = [judgeVersion(from), judgeVersion(to)];
  const open = (verdict: typeof before, id: string): boolean => verdict.advisories.some((advisory) => advisory.id === id);
  const mended = before.advisories.filter(({ id }) => !open(after, id));
  return [
    ...(after.denied
      ? [{ topic: "advisory", weight: "breaks", what: to, message: `must not run: ${after.denied.why}` } as const]
      : []),
    ...after.advisories.map(({ id, title }): VersionChange => {
      const still = open(before, id) ? "still open" : "open again";
      return { topic: "advisory", weight: "breaks", what: id, message: `${still}: ${title}` };
    }),
    ...mended.map(
      ({ id, title }): VersionChange => ({ topic: "advisory", weight: "differs", what: id, message: `mended: ${title}` }),
    ),
  ];
}
