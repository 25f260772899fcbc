import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_LITELLM_VERSION } from "../../../core/config";
import { all, describeReal, program } from "../support/real-part";

const root = join(__dirname, "../../..");
const committed = join(root, "core/litellm/catalogue/data", DEFAULT_LITELLM_VERSION);
const needs = all(
  // The wheels use a grammar that older interpreters cannot parse.
  program("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]),
  // The wheels come from the package index.
  program("python3", ["-m", "pip", "index", "versions", "litellm"]),
);

// A download of about 40 MB, and a minute of one core.
jest.setTimeout(900_000);

describeReal("the committed catalogue", needs, () => {
  const out = mkdtempSync(join(tmpdir(), "catalogue-"));

  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test("is what the generator reads from the wheel, byte for byte", () => {
    const { status, stderr } = spawnSync(
      "python3",
      ["-W", "ignore", "scripts/catalogue/generate.py", DEFAULT_LITELLM_VERSION, "--out", out],
      { cwd: root, encoding: "utf8" },
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });

    const files = readdirSync(committed).sort();
    expect(readdirSync(join(out, DEFAULT_LITELLM_VERSION)).sort()).toEqual(files);
    for (const file of files) {
      const same = readFileSync(join(out, DEFAULT_LITELLM_VERSION, file)).equals(readFileSync(join(committed, file)));
      expect([file, same]).toEqual([file, true]);
    }
  });
});
