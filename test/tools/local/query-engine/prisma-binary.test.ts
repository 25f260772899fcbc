import { join } from "node:path";
import { findPrismaBinary } from "../../../../tools/local/query-engine/prisma-binary";
import { useFolder, writeProgram } from "../programs";

const folder = useFolder();
const VERSION = "393aa359c9ad4a4bb28630fb5613f9c281cde053";

function writeEngine(file: string, version = VERSION): string {
  return writeProgram(join(folder(), file), `echo "query-engine ${version}"`);
}

test("the engine that the user names is taken", async () => {
  const file = writeEngine("mine");

  expect(await findPrismaBinary({ PRISMA_QUERY_ENGINE_BINARY: file, HOME: folder() })).toBe(file);
});

test.each([
  ["is not there", undefined],
  ["is of another version", "0000000000000000000000000000000000000000"],
])("a named engine that %s is an error", async (_, version) => {
  if (version !== undefined) writeEngine("mine", version);

  const found = findPrismaBinary({ PRISMA_QUERY_ENGINE_BINARY: join(folder(), "mine"), HOME: folder() });
  await expect(found).rejects.toThrow("does not run as Prisma's query engine");
});

test("an engine that prisma-client-py downloaded is taken, not one for another platform", async () => {
  const cache = join(".cache", "prisma-python", "binaries", "5.17.0", VERSION, "node_modules", "prisma");
  writeProgram(join(folder(), cache, "query-engine-darwin-arm64"), "exit 1");
  const file = writeEngine(join(cache, "query-engine-debian-openssl-3.0.x"));

  expect(await findPrismaBinary({ HOME: folder() })).toBe(file);
});

test("without one there is none", async () => {
  expect(await findPrismaBinary({ HOME: folder() })).toBeUndefined();
});
