import { join } from "node:path";
import { environmentSchema, loadEnvironment } from "../../core/config";
import { addEnvironmentStacks } from "../../stacks";
import { synthesize } from "../support/synth";

const file = join(__dirname, "..", "..", "environments", "local.yaml");

test("every resource says which parts of the environment it is made from, and every stack from which file", () => {
  const { environment } = loadEnvironment(file, "2026-11-21");
  if (!environment) throw new Error("the environment does not load");
  const places = { projectFolder: "../../..", environmentFile: "environments/local.yaml", toolkit: "cdktf-litellm" };
  const stacks = Object.values(synthesize((app) => addEnvironmentStacks(app, environment, places))).map((text) =>
    JSON.parse(text),
  );
  const resources = stacks.flatMap(({ resource }) => Object.values(resource).flatMap((named) => Object.values(named as object)));

  expect(stacks.map((stack) => stack["//"]["cdktf-litellm"].environmentFile)).toEqual(["environments/local.yaml"]);
  expect(resources.length).toBeGreaterThan(0);
  for (const resource of resources) {
    const paths = resource["//"]["cdktf-litellm"].madeFrom as string[];
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(Object.keys(environmentSchema.shape)).toContain(path.split(".")[0]);
  }
});
