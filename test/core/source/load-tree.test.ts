import { join } from "node:path";
import { loadTree, placeOfValue, toValue } from "../../../core/source";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const at = (name: string) => join(project.folder, name);

function load(name: string) {
  const result = loadTree(at(name));
  if ("findings" in result)
    return result.findings.map(
      (finding) => `${finding.place?.file.replace(`${project.folder}/`, "")}:${finding.place?.line} ${finding.message}`,
    );
  return toValue(result.root);
}

describe("extends lays a file over another", () => {
  test("mappings merge, lists replace, null deletes, and every value keeps its place", () => {
    project.write("base.yaml", "a: { x: 1, y: 2 }\nlist: [1, 2]\ngone: { z: 1 }\n");
    project.write("over.yaml", "extends: base.yaml\na: { y: 3 }\nlist: [9]\ngone: null\n");
    const result = loadTree(at("over.yaml"));

    expect(load("over.yaml")).toEqual({ a: { x: 1, y: 3 }, list: [9] });
    if ("findings" in result) throw new Error("must load");
    expect(placeOfValue(result.root, ["a", "x"])).toEqual({ file: at("base.yaml"), line: 1, column: 9 });
    expect(placeOfValue(result.root, ["a", "y"])).toEqual({ file: at("over.yaml"), line: 2, column: 9 });
    expect(result.files).toEqual([at("over.yaml"), at("base.yaml")]);
  });

  test("null deletes inside a mapping that the base does not have", () => {
    project.write("empty-base.yaml", "a: 1\n");
    project.write("null-over.yaml", "extends: empty-base.yaml\nb: { c: null, d: 1 }\n");

    expect(load("null-over.yaml")).toEqual({ a: 1, b: { d: 1 } });
  });

  test("a chain of five is followed, one of six is refused", () => {
    project.write("chain/0.yaml", "bottom: true\n");
    for (let i = 1; i <= 6; i++) project.write(`chain/${i}.yaml`, `extends: ${i - 1}.yaml\nlevel${i}: true\n`);

    expect(load("chain/5.yaml")).toMatchObject({ bottom: true, level1: true, level5: true });
    expect(load("chain/6.yaml")).toEqual(["chain/1.yaml:1 the chain of extends is longer than 5"]);
  });

  test("fails for a file that extends itself through another", () => {
    project.write("left.yaml", "extends: right.yaml\n");
    project.write("right.yaml", "extends: left.yaml\n");

    expect(load("left.yaml")).toEqual(["right.yaml:1 this file extends itself: left.yaml → right.yaml → left.yaml"]);
  });

  test("fails for a base that does not exist, naming both ends", () => {
    project.write("orphan.yaml", "name: x\nextends: nowhere.yaml\n");

    expect(load("orphan.yaml")).toEqual([
      "nowhere.yaml:1 the file cannot be read: there is no such file",
      `orphan.yaml:2 the file that this one extends cannot be used: ${at("nowhere.yaml")}`,
    ]);
  });

  test("fails where extends is not a file name", () => {
    project.write("list.yaml", "extends: [a.yaml]\n");

    expect(load("list.yaml")).toEqual(["list.yaml:1 extends does not name a file"]);
  });
});
