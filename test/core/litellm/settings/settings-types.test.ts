import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_LITELLM_VERSION } from "../../../../core/config";
import { loadCatalogue } from "../../../../core/litellm";
import { settingsTypes } from "../../../../scripts/catalogue/settings-types";

test("the generated types are those of the version that is deployed by default", () => {
  const catalogue = loadCatalogue(DEFAULT_LITELLM_VERSION);
  const written = readFileSync(join(__dirname, "../../../../core/litellm/settings/settings.gen.ts"), "utf8");
  expect(catalogue && settingsTypes(catalogue)).toBe(written);
});
