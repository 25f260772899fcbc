import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wrapperText } from "../../../../tools/local/query-engine/wrapper";
import { runProgram } from "../../../../tools/local/run-program";
import { useFolder } from "../programs";

const folder = useFolder();

test("the wrapper runs Node with the program and all arguments, whatever the paths hold", async () => {
  const main = join(folder(), `it's a "main" $HOME \`x\`.js`);
  writeFileSync(main, "process.stdout.write(JSON.stringify(process.argv.slice(2)))");
  const wrapper = join(folder(), "query engine");
  writeFileSync(wrapper, wrapperText(process.execPath, main));
  chmodSync(wrapper, 0o755);

  const { stdout } = await runProgram(wrapper, ["-p", "1 2", ""], { environment: {} });

  expect(JSON.parse(stdout)).toEqual(["-p", "1 2", ""]);
});

test("the wrapper becomes Node, so that signals and the parent stay the client's", () => {
  expect(wrapperText("/node", "/main.js")).toBe("#!/bin/sh\nexec '/node' '/main.js' \"$@\"\n");
});
