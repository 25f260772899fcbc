import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFENCES } from "../../scripts/attacks-off/defences";

const root = join(__dirname, "..", "..");
const attacks = readdirSync(join(root, "test", "attacks"))
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => file.replace(".test.ts", ""));

describe("npm run attacks-off", () => {
  it("has a defence to switch off for every attack, and no other", () => {
    expect([...new Set(DEFENCES.map(({ vector }) => vector))].sort()).toEqual(attacks.sort());
  });

  it("finds every place that it edits exactly once", () => {
    const edits = DEFENCES.flatMap(({ vector, edits: list }) => list.map((edit) => ({ vector, ...edit })));
    const lost = edits.filter(({ file, find }) => readFileSync(join(root, "proxy/src", file), "utf8").split(find).length !== 2);
    expect(lost.map(({ vector, file, find }) => [vector, file, find])).toEqual([]);
  });
});
