import { lintFile, loadCatalogue } from "../../../core/litellm";
import { parseSource } from "../../../core/source";
import { cacheFolder } from "../../../tools/local/folders";
import { SILENT } from "../../../tools/local/progress";
import { installLitellm } from "../../../tools/local/python";
import { type Loaded, loadConfigs } from "../../support/load-configs";
import { describeReal, program } from "../support/real-part";
import { CONSEQUENCES, type Consequence } from "./consequences";

const VERSION = "1.108.10";

/** Every rule's finding in a configuration, as lint reads files. */
function rulesFound({ config }: Consequence): string[] {
  const catalogue = loadCatalogue(VERSION);
  const parsed = parseSource(config, "config.yaml");
  if (!catalogue || !("root" in parsed)) throw new Error(`the test's own input is broken: ${config}`);
  return lintFile(parsed.root, { catalogue }).map(({ rule }) => rule);
}

describeReal("what lint finds and the real LiteLLM does", program("python3", ["--version"]), () => {
  let loaded: readonly Loaded[] = [];

  beforeAll(async () => {
    const cache = cacheFolder(process.env);
    const { python } = await installLitellm({ version: VERSION, cache, environment: process.env, progress: SILENT });
    loaded = await loadConfigs(
      python,
      CONSEQUENCES.map(({ config }) => config),
    );
  }, 600_000);

  test.each(CONSEQUENCES.map((consequence, index) => ({ ...consequence, index })))("$rule: $title", (consequence) => {
    expect(rulesFound(consequence)).toContain(consequence.rule);
    expect(consequence.seen(loaded[consequence.index] ?? { loads: false, error: "no answer", log: [] })).toEqual(
      consequence.expected,
    );
  });
});
