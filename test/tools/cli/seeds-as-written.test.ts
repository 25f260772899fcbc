import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../support/run-cli";

const folder = join(__dirname, "..", "..", "fixtures", "seeds-as-written");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

/** Each line was held against what LiteLLM 1.108.10 does; what is right in these files has none. */
test("the configurations that the first users wrote have the findings that were gone through, and no other", async () => {
  const { stdout, code } = await runCli(["lint", ...files, "--format", "compact"], folder);
  expect(stdout.split("\n")).toEqual(readFileSync(join(folder, "findings.txt"), "utf8").split("\n"));
  expect(code).toBe(2);
});
