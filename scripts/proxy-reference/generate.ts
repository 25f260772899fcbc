import { writeFileSync } from "node:fs";
import { proxyDocuments } from "./documents";

for (const { file, text } of proxyDocuments()) {
  writeFileSync(file, text);
  process.stdout.write(`${file}\n`);
}
