import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const FOLDER = join("proxy", "src", "settings");
const ROOT = "settingsSchema";

/** What the sources say of each setting, by its path without positions in lists, such as `listeners.identity.oidc.issuer`. */
export function settingDocs(): ReadonlyMap<string, string> {
  const objects = new Map(sources().flatMap(schemasIn));
  const docs = new Map<string, string>();
  visit(ROOT, "", { objects, docs });
  return docs;
}

interface Walk {
  /** Schemas of mappings, by the name of their constant. */
  readonly objects: ReadonlyMap<string, MappingSource>;
  readonly docs: Map<string, string>;
}

interface MappingSource {
  readonly properties: readonly ts.ObjectLiteralElementLike[];
  /** What is said of the constant. */
  readonly doc: string;
}

function sources(): ts.SourceFile[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith("schema.ts"));
  return files.map((file) => ts.createSourceFile(file, readFileSync(join(FOLDER, file), "utf8"), ts.ScriptTarget.Latest, true));
}

function schemasIn(source: ts.SourceFile): [string, MappingSource][] {
  return source.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const object = initializer && firstObject(initializer);
      const found: [string, MappingSource][] = object
        ? [[name.getText(), { properties: object.properties, doc: docOf(statement) }]]
        : [];
      return found;
    }),
  );
}

/** The mapping that a schema describes: the argument of its `z.strictObject`. */
function firstObject(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.getText().replace(/\s/g, "") === "z.strictObject") {
    const [shape] = node.arguments;
    return shape && ts.isObjectLiteralExpression(shape) ? shape : undefined;
  }
  return ts.forEachChild(node, firstObject);
}

function visit(name: string, path: string, walk: Walk): void {
  for (const property of walk.objects.get(name)?.properties ?? []) {
    if (!property.name) continue;
    const at = path === "" ? property.name.getText() : `${path}.${property.name.getText()}`;
    const inner = constantsIn(property, walk);
    const doc = [docOf(property), ...inner.map((constant) => walk.objects.get(constant)?.doc ?? "")].find((text) => text !== "");
    if (doc !== undefined) walk.docs.set(at, doc);
    for (const constant of inner) visit(constant, at, walk);
  }
}

function constantsIn(node: ts.Node, walk: Walk): string[] {
  const own = ts.isIdentifier(node) && walk.objects.has(node.text) ? [node.text] : [];
  const inner: string[] = [];
  ts.forEachChild(node, (child) => void inner.push(...constantsIn(child, walk)));
  return [...own, ...inner];
}

/** Its comment and the sentence behind `@default`, which says more than the value where there is none. */
function docOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = (ts.getTextOfJSDocComment(comment?.comment) ?? "").replace(/\s+/g, " ").trim();
  const tag = comment?.tags?.find(({ tagName }) => tagName.text === "default");
  const standard = (ts.getTextOfJSDocComment(tag?.comment) ?? "").replace(/\s+/g, " ").trim();
  return standard.includes(" ") ? `${text} Default: ${standard}.`.trim() : text;
}
