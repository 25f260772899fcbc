import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../../../tools/local/local-error";
import { redact } from "../../../tools/local/redact";
import { declaredSecrets, derivedSecret, keptSecret, newLitellmKey } from "../../../tools/local/secrets";
import { keyedHash, specHash } from "../../../tools/local/supervisor/spec-hash";
import { temporaryProject } from "./supervisor/fake-part";

const { folders, remove } = temporaryProject();
afterAll(remove);

function detailsOf(...declared: Parameters<typeof declaredSecrets>): unknown {
  try {
    return declaredSecrets(...declared);
  } catch (error) {
    return error instanceof LocalError ? error.details : error;
  }
}

describe("secrets of the local target", () => {
  it("are made once and kept", () => {
    const first = keptSecret(folders.secrets, "A", newLitellmKey);
    expect(first).toMatch(/^sk-[\w-]{43}$/);
    expect(keptSecret(folders.secrets, "A", newLitellmKey)).toBe(first);
  });

  it("are not made anew when data depend on them", () => {
    const again = (): string => keptSecret(folders.secrets, "B", newLitellmKey, "data need it");
    expect(again).toThrow(`${join(folders.secrets, "B")} is missing, and data need it`);
    writeFileSync(join(folders.secrets, "B"), "");
    expect(again).toThrow("is missing");
  });

  it("are not made anew when their file cannot be read", () => {
    expect(() => keptSecret(folders.root, "secrets", () => "value")).toThrow(/EISDIR/);
  });

  it("are read from variables and files, one newline at the end cut", () => {
    const file = join(folders.root, "key.txt");
    writeFileSync(file, "line one\nline two\n\n");
    expect(declaredSecrets({ X: { file }, Y: { env: "MINE" } }, { MINE: " y " })).toEqual({
      X: "line one\nline two\n",
      Y: " y ",
    });
  });

  it.each([
    ["a file with a NUL byte", (file: string) => writeFileSync(file, "value\0rest"), "holds a NUL byte"],
    ["a pipe", (file: string) => execFileSync("mkfifo", [file]), "is no regular file"],
    ["a device", (file: string) => symlinkSync("/dev/zero", file), "is no regular file"],
    ["too long a file", (file: string) => writeFileSync(file, Buffer.alloc(1024 * 1024 + 1, "a")), "is longer than 1 MiB"],
    ["an empty file", (file: string) => writeFileSync(file, "\n"), "is empty"],
  ])("are not read from %s, and the name is told without the value", (_what, make, problem) => {
    const file = join(folders.root, "odd");
    rmSync(file, { force: true });
    make(file);
    expect(detailsOf({ X: { file } }, {})).toEqual([expect.stringMatching(`^X: ${file} ${problem}`)]);
  });

  it("hold no NUL byte in a variable either", () => {
    const details = detailsOf({ Y: { env: "MINE" } }, { MINE: "value\0rest" });
    expect(details).toEqual(["Y: the environment variable MINE holds a NUL byte, which no environment variable can"]);
  });

  it("that follow from others are written anew when they differ", () => {
    const path = derivedSecret(folders.secrets, "URL", "one");
    derivedSecret(folders.secrets, "URL", "two");
    expect(readFileSync(path, "utf8")).toBe("two\n");
  });
});

describe("redact", () => {
  it.each([
    ["password is hunter22!", "password is [P]"],
    ['json "hunter\\"x" and url hunter%22x', 'json "[Q]" and url [Q]'],
    ["Bearer sk-0123456789abcdefXYZ.", "Bearer sk-[redacted]."],
    ["postgresql://litellm:abc@127.0.0.1:5432/x", "postgresql://litellm:[redacted]@127.0.0.1:5432/x"],
    ["line: BEGIN-OF-KEY", "line: [M]"],
    ["a short value ab stays", "a short value ab stays"],
    ["http://127.0.0.1:4000/a@b", "http://127.0.0.1:4000/a@b"],
  ])("%j", (text, expected) => {
    expect(redact(text, { P: "hunter22!", Q: 'hunter"x', M: "BEGIN-OF-KEY\nAND-ITS-END", S: "ab" })).toBe(expected);
  });
});

describe("specHash", () => {
  it("does not depend on the order of members, and does on the key", () => {
    expect(specHash("k", { a: 1, b: { c: 2, d: 3 } })).toBe(specHash("k", { b: { d: 3, c: 2 }, a: 1 }));
    expect(specHash("k", { a: 1 })).not.toBe(specHash("k", { a: 2 }));
    expect(specHash("k", ["a", "b"])).not.toBe(specHash("k", ["b", "a"]));
    expect(keyedHash("k", "value")).not.toBe(keyedHash("other", "value"));
  });
});
