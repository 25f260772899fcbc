import { execFileSync } from "node:child_process";
import { mkdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const check = (file: string) => runCli(["check", file], project.folder);

/** Every value of level n names the one below nine times: 9^9 values from ten lines. */
const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"]
  .concat("bcdefghi".split("").map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(", ")}]`))
  .join("\n");

const cases: { title: string; content: string | Buffer; shown: string }[] = [
  {
    title: "text that is not YAML",
    content: 'name: "local\ntarget: local\n',
    shown: `bad.yaml:3:1
  error   not YAML: a quote or bracket is not closed, or a colon is missing  [yaml-syntax]
          mend the line named

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "a brace that is not closed",
    content: "name: local\nlitellm: { config: {}\n",
    shown: `bad.yaml:3:1
  error   not YAML: a bracket or brace that was opened before is not closed here  [yaml-syntax]
          close it with ] or }

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "two documents",
    content: "name: local\n---\nname: other\n",
    shown: `bad.yaml:2:1
  error   a second YAML document starts here, got 2 documents; expected one document  [yaml-documents]
          keep one document; put the others into files of their own

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "a tab as indentation",
    content: "name: local\nlitellm:\n\tport: 4000\n",
    shown: `bad.yaml:3:1
  error   not YAML: a tab stands where YAML wants spaces  [yaml-syntax]
          indent with spaces

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "a bomb of aliases",
    content: bomb,
    shown: `bad.yaml:6:28
  error   the file expands to too many values; expected at most 500,000 values  [file-too-large]
          split the file, or write out fewer aliases

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "an alias that holds itself",
    content: "name: &a [*a]\n",
    shown: `bad.yaml:1:11
  error   lists and mappings are nested too deep; expected at most 100 levels  [file-too-large]
          split the file, or write out fewer aliases

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "UTF-16",
    content: Buffer.from("\ufeffname: local\n", "utf16le"),
    shown: `bad.yaml:1:1
  error   the file is not UTF-8 text, got UTF-16; expected UTF-8 text  [file-encoding]
          save the file as UTF-8

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "Latin-1",
    content: Buffer.from("name: caf\xe9\n", "latin1"),
    shown: `bad.yaml:1:1
  error   the file is not UTF-8 text, got bytes that are not UTF-8; expected UTF-8 text  [file-encoding]
          save the file as UTF-8

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "a NUL byte",
    content: "name: lo\u0000cal\n",
    shown: `bad.yaml:1:1
  error   the file holds a NUL byte at offset 8, so it is not text; expected UTF-8 text  [file-encoding]
          save the file as UTF-8

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "an empty file",
    content: "# nothing yet\n",
    shown: `bad.yaml:1:1
  error   the file holds no mapping, got nothing; expected \`name: value\` lines  [yaml-empty]
          start from a template: cdktf-litellm init <name> --from local

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "a list",
    content: "- name: local\n",
    shown: `bad.yaml:1:1
  error   the file holds no mapping, got a list; expected \`name: value\` lines  [yaml-empty]
          start from a template: cdktf-litellm init <name> --from local

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "a name that stands twice",
    content: "name: local\ntarget: local\nname: other\n",
    shown: `bad.yaml:3:1
  error   this name stands twice in the same mapping  [yaml-duplicate-name]
          keep one of them

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "a whole number that would lose its last digits",
    content: "name: local\naccount: 12345678901234567890\n",
    shown: `bad.yaml:2:10
  error   this number is too large to be kept exactly, got a number of 20 digits; expected a whole number up to 2^53, or a finite one  [yaml-number]
          put it in quotes where text is meant

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "tags, which LiteLLM's reader would refuse",
    content: "key: !vault abc\nother: !!binary c2VjcmV0\nfine: !!str 1\n",
    shown: `bad.yaml:1:13
  error   a tag that YAML itself does not know stands here  [yaml-tag]
          remove the tag, and write what it stands for; a secret is os.environ/NAME

bad.yaml:2:17
  error   a tag that YAML itself does not know stands here  [yaml-tag]
          remove the tag, and write what it stands for; a secret is os.environ/NAME

2 errors in 1 file (0.00 s)
`,
  },
  {
    title: "a name that JavaScript objects have of their own",
    content: "secrets: { __proto__: { env: X } }\n",
    shown: `bad.yaml:1:12
  error   not YAML: a value may not be named __proto__  [yaml-syntax]
          choose another name

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "infinity",
    content: "timeout: .inf\n",
    shown: `bad.yaml:1:10
  error   this is not a finite number, got .inf; expected a whole number up to 2^53, or a finite one  [yaml-number]
          put it in quotes where text is meant

1 error in 1 file (0.00 s)
`,
  },
  {
    title: "an alias without its anchor",
    content: "name: *nowhere\n",
    shown: `bad.yaml:1:7
  error   not YAML: an alias names no anchor that stands before it  [yaml-syntax]
          quote the value where the star is meant as text

1 error in 1 file (0.00 s)
`,
  },
];

describe("a file that cannot be used ends with one clear message and exit code 2", () => {
  test.each(cases)("$title", async ({ content, shown }) => {
    project.write("bad.yaml", content);

    expect(await check("bad.yaml")).toEqual({ code: 2, stdout: shown, stderr: "" });
  });

  test("no such file", async () => {
    expect(await check("none.yaml")).toEqual({
      code: 2,
      stdout: `none.yaml:1:1
  error   the file cannot be read: there is no such file  [file-unreadable]
          name an existing YAML file

1 error in 1 file (0.00 s)
`,
      stderr: "",
    });
  });

  test("a directory", async () => {
    mkdirSync(join(project.folder, "folder.yaml"));

    expect((await check("folder.yaml")).stdout).toBe(`folder.yaml:1:1
  error   the file cannot be read: is a directory  [file-unreadable]
          name an existing YAML file

1 error in 1 file (0.00 s)
`);
  });

  test("a named pipe, without waiting for somebody to write to it", async () => {
    execFileSync("mkfifo", [join(project.folder, "pipe.yaml")]);

    expect((await check("pipe.yaml")).stdout).toContain("the file cannot be read: is not a regular file");
  });

  test("20,000 names in one mapping, in reasonable time", async () => {
    project.write("wide.yaml", `name: wide\n${Array.from({ length: 20_000 }, (_, index) => `n${index}: 1`).join("\n")}\n`);

    const { code, stdout } = await check("wide.yaml");

    expect(code).toBe(1);
    expect(stdout).toContain("unknown-name");
  });

  test("50 MB", async () => {
    truncateSync(project.write("large.yaml", ""), 50_000_000);

    expect(await check("large.yaml")).toEqual({
      code: 2,
      stdout: `large.yaml:1:1
  error   the file is too large, got 47.7 MiB; expected at most 5 MiB  [file-too-large]
          split the file

1 error in 1 file (0.00 s)
`,
      stderr: "",
    });
  });

  test("a good file beside a bad one is still checked", async () => {
    project.write("good.yaml", "name: good\ntarget: local\nlitellm: { config: { model_lists: [] } }\n");

    const { code, stdout } = await runCli(["check", "good.yaml", "none.yaml"], project.folder);

    expect(code).toBe(2);
    expect(stdout).toContain("[unknown-setting]");
    expect(stdout).toContain("[file-unreadable]");
  });
});

describe("what a file holds never acts on who reads the findings, and shows no secret", () => {
  const ESCAPES = "\\e[31m\\x9b31m\\u202e\\u2028\\n::error::forged";

  test.each(["text", "compact", "json", "sarif", "junit", "md"])("in %s", async (format) => {
    project.write(
      "acting.yaml",
      `name: "${ESCAPES}"\ntarget: local\n"${ESCAPES}": 1\nlitellm: { config: { "${ESCAPES}": "os.environ/${ESCAPES}" } }\n`,
    );

    const { stdout } = await runCli(["check", "acting.yaml", "--format", format], project.folder);

    expect(stdout).toContain("unknown-name");
    expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(stdout).not.toMatch(/^::error::/m);
  });

  test.each([
    ["a password that starts with a star", "x: *S3cret!pw"],
    [
      "a key that is a number",
      "litellm: { config: { model_list: [{ model_name: m, litellm_params: { api_key: [123456789] , model: 3 } }] } }",
    ],
    ["a value in the place of its variable's name", 'secrets: { FOO: { env: "S3cret-xx" } }'],
    ["a value in the place of all secrets", "secrets: S3crethunter2"],
    ["a password that starts a block", "master_key: |S3cret"],
    ["a password that looks like a tag", "master_key: !S!cret S3cret"],
    ["a number in the place of a password", "litellm: { environment: { PASSWD: 12345678 } }"],
  ])("%s", async (_title, line) => {
    project.write("secret.yaml", `name: demo\ntarget: local\n${line}\n`);

    for (const format of ["text", "json", "sarif"]) {
      const { code, stdout } = await runCli(["check", "secret.yaml", "--format", format], project.folder);

      expect(code).toBeGreaterThan(0);
      expect(stdout).not.toMatch(/S3cret|123456789|12345678/);
    }
  });
});
