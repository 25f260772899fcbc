import { execFileSync } from "node:child_process";

/** Command lines of the running processes that were started for the environment in `root`, by their environment. */
export function allMarked(root: string): string[] {
  return table("axeww")
    .filter((line) => line.includes(` CDKTF_LITELLM_PART_OF=${root} `) || line.endsWith(` CDKTF_LITELLM_PART_OF=${root}`))
    .map((line) => line.trim().replace(/^\S+\s+/, ""));
}

/** All command lines of this machine. */
export function commandLines(): string {
  return table("axww").join("\n");
}

function table(options: string): string[] {
  const text = execFileSync("ps", [options, "-o", "stat=,args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return text.split("\n").filter((line) => !line.startsWith("Z"));
}
