import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { referenceDocuments } from "./documents";

for (const { file, text } of referenceDocuments()) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`${file}\n`);
}
