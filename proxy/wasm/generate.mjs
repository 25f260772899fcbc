// Writes src/body/skip-module.ts from skip.wat.cjs: node proxy/wasm/generate.mjs
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";
import skip from "./skip.wat.cjs";

const { parseWat } = await wabt();
const module = parseWat("skip.wat", skip.SKIP, { simd: true });
const base64 = Buffer.from(module.toBinary({}).buffer).toString("base64");
const lines = base64.match(/.{1,110}/g) ?? [];
writeFileSync(
  fileURLToPath(new URL("../src/body/skip-module.ts", import.meta.url)),
  `/** The WebAssembly of proxy/wasm/skip.wat.cjs, in base64. Written by proxy/wasm/generate.mjs. */
export const SKIP_MODULE =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`,
);
