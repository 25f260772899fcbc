// Writes src/body/skip-module.ts from skip.wat: node proxy/wasm/generate.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { parseWat } = await wabt();
const module = parseWat("skip.wat", readFileSync(here("skip.wat"), "utf8"), { simd: true });
const base64 = Buffer.from(module.toBinary({}).buffer).toString("base64");
const lines = base64.match(/.{1,110}/g) ?? [];
writeFileSync(
  here("../src/body/skip-module.ts"),
  `/** The WebAssembly of proxy/wasm/skip.wat, in base64. Written by proxy/wasm/generate.mjs. */
export const SKIP_MODULE =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`,
);
