import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSettings } from "../../../proxy/src/settings";
import { settingsFile } from "../support/settings";

it.each([
  ["empty", ""],
  ["a comment", "# settings\n"],
  ["a list", "- upstream\n"],
  ["a word", "upstream\n"],
])("a settings file that is %s gets the proxy's own repair", (_what, text) => {
  const { findings } = loadSettings(settingsFile(text), {});
  const repair = "start from the first settings file in the README of litellm-identity-proxy";
  expect(findings).toMatchObject([{ rule: "yaml-empty", repair }]);
});

it("the README has such a file", () => {
  expect(readFileSync(join(__dirname, "../../../proxy/README.md"), "utf8")).toMatch(/## A first settings file\n\n```yaml\n/);
});

it("a value with a tag gets the proxy's notation of secrets", () => {
  const { findings } = loadSettings(settingsFile("gatewayKeys: [{ key: !vault abc }]\n"), {});
  const repair = "remove the tag, and write what it stands for; a secret is { env: NAME } or { file: PATH }";
  expect(findings).toMatchObject([{ rule: "yaml-tag", repair }]);
});
