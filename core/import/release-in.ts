/**
 * The LiteLLM release that an image's tag names: `v1.108.10`, `main-v1.83.14-stable`, `1.92.2@sha256:...`.
 * Undefined for a tag that moves, such as `main-latest`.
 */
export function releaseIn(tag: string): string | undefined {
  const [name = ""] = tag.split("@", 1);
  return /^(?:[a-z]+-)*v?(\d+\.\d+\.\d+)(?:[.-](?:stable|nightly|rc\.?\d*|patch\.?\d*))*$/.exec(name)?.[1];
}
