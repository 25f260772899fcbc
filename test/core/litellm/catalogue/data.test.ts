import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { knownVersions } from "../../../../core/litellm";

const data = join(__dirname, "../../../../core/litellm/catalogue/data");
const wheels: Record<string, string> = JSON.parse(
  readFileSync(join(__dirname, "../../../../scripts/catalogue/wheels.json"), "utf8"),
);

test("every registered version has its four files, oldest version first, and no other is there", () => {
  const order = (version: string) => version.split(".").map((part) => part.padStart(5, "0"));
  const folders = readdirSync(data).filter((name) => name !== "versions.json");
  expect([...folders].sort()).toEqual([...knownVersions()].sort());
  expect(knownVersions()).toEqual([...knownVersions()].sort((a, b) => (order(a).join() < order(b).join() ? -1 : 1)));
  for (const version of folders)
    expect(readdirSync(join(data, version)).sort()).toEqual(["api.json", "notes.json", "prices.json", "settings.json"]);
});

test.each(knownVersions())("%s was read from the wheel whose hash is recorded", (version) => {
  const { wheel } = JSON.parse(readFileSync(join(data, version, "settings.json"), "utf8"));
  expect(wheel.sha256).toBe(wheels[`litellm==${version}`]);
});

test("all catalogues together take at most 3 MB compressed", () => {
  const files = knownVersions().flatMap((version) => readdirSync(join(data, version)).map((file) => join(data, version, file)));
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 1 }).length, 0);
  expect(bytes).toBeLessThan(3_000_000);
});
