import { runProgram } from "../../../tools/local/run-program";

const environment = { PATH: process.env.PATH };

test("a program's output, its lines and its success are told", async () => {
  const lines: string[] = [];
  const script = "read word; echo $word; echo second >&2";

  const result = await runProgram("sh", ["-c", script], { environment, input: "first\n", onLine: (line) => lines.push(line) });

  expect(result).toMatchObject({ ok: true, stdout: "first" });
  expect(lines.sort()).toEqual(["first", "second"]);
});

test("a program that fails keeps its last 15 lines, without the passwords of URLs", async () => {
  const script = 'i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo $i; done; echo "no https://user:pass@host.test/x"; exit 3';

  const { ok, tail } = await runProgram("sh", ["-c", script], { environment });

  expect(ok).toBe(false);
  expect(tail).toHaveLength(15);
  expect(tail.at(-1)).toBe("no https://***@host.test/x");
});

test("a program that is not there is a failure, not an exception", async () => {
  expect(await runProgram("/nowhere/program", [], { environment })).toMatchObject({ ok: false, stdout: "" });
});

test("a program that reads no input is judged by its exit code", async () => {
  expect((await runProgram("sh", ["-c", "exit 0"], { environment, input: "x".repeat(1_000_000) })).ok).toBe(true);
});
