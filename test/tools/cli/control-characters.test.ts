import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const cli = (...argv: string[]) => runCli(argv, project.folder);

/** Clears a screen, turns the direction of text, and ends a title. */
const ACTING = "\u001b[2J\u202e\u0007";
const SHOWN = "\\u001b[2J\\u202e\\u0007";

test.each([
  ["an unknown command", [`chek${ACTING}`]],
  ["an unknown option", ["check", `--formt${ACTING}`]],
  ["a wrong choice", ["check", "--format", `xml${ACTING}`]],
  ["a wrong kind to import", ["import", "a.yaml", "--kind", `nix${ACTING}`]],
  ["a name that nothing has", ["explain", `quite${ACTING}else`]],
  ["an unknown version", ["versions", "--to", `latest${ACTING}`]],
  ["a file that is not there", ["versions", `missing${ACTING}.yaml`]],
])("what acts on a terminal is shown, and does not act, in %s", async (_, argv) => {
  const { code, stdout, stderr } = await cli(...argv);

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(SHOWN);
  expect(stderr).toMatch(/^(?:[^\p{Cc}\p{Cf}]|\n)*$/u);
});

test("it is shown in what is explained and compared", async () => {
  const name = `a${ACTING}`;
  const litellm = `{ version: 1.86.7, config: { model_list: [{ model_name: m, litellm_params: { model: ${JSON.stringify(name)} } }] } }`;
  project.write("good.yaml", `name: prod\ntarget: local\nlitellm: ${litellm}\n`);

  for (const argv of [
    ["explain", `secrets.${name}`],
    ["explain", "config.yaml:4", "good.yaml"],
    ["versions", "good.yaml", "--to", "1.109.1"],
  ]) {
    const { code, stdout, stderr } = await cli(...argv);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^(?:[^\p{Cc}\p{Cf}]|\n)+$/u);
  }
});
