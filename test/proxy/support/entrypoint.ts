import { readFileSync } from "node:fs";

/** What the image of a Dockerfile starts: Node, its options, and the program. */
export function entrypointOf(dockerfile: string): string[] {
  return JSON.parse(/^ENTRYPOINT (.*)$/m.exec(readFileSync(dockerfile, "utf8"))?.[1] ?? "[]") as string[];
}
