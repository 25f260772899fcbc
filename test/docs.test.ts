import { readFileSync } from "node:fs";
import { join } from "node:path";
import { referenceDocuments } from "../scripts/reference/documents";

test.each(referenceDocuments())("$file says what the code says; if not: npm run reference", ({ file, text }) => {
  expect(readFileSync(join(__dirname, "..", file), "utf8")).toBe(text);
});
