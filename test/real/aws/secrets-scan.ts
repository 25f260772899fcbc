import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Moto } from "./moto";

/** A secret that AWS holds. */
export interface HeldSecret {
  readonly name: string;
  readonly value: string;
}

/** A text that must hold no secret. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The value of each secret in Secrets Manager, the database's own password among them. */
export function secretsIn(aws: Moto): HeldSecret[] {
  const code = `
sm = client("secretsmanager")
held = []
for secret in sm.list_secrets()["SecretList"]:
    try:
        text = sm.get_secret_value(SecretId=secret["ARN"])["SecretString"]
    except sm.exceptions.ResourceNotFoundException:
        continue
    try:
        text = json.loads(text)["password"]
    except (ValueError, KeyError, TypeError):
        pass
    held.append({"name": secret["Name"], "value": text})
print(json.dumps(held))`;
  return JSON.parse(aws.ask(code));
}

/** The files of a folder, not of those below it. What is a zip archive, as a saved plan is, is unpacked. */
export function textsOf(folder: string): NamedText[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => ({ name, text: textOf(join(folder, name)) }));
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.toString("latin1", 0, 2) !== "PK") return bytes.toString("utf8");
  const code =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print("".join(z.read(n).decode("latin1") for n in z.namelist()))';
  return execFileSync("python3", ["-c", code, file], { encoding: "utf8", maxBuffer: 2 ** 28 });
}
