/** Negative when release `a` is the earlier one: `1.84.3` before `1.108.10`. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `release` is `from` or later. */
export function isFrom(release: string, from: string): boolean {
  return compareReleases(release, from) >= 0;
}
