import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { logs } from "../../../tools/local/logs";
import { lastLines, logFile, rotateLog } from "../../../tools/local/supervisor/log-file";
import { temporaryProject } from "./supervisor/fake-part";

const { project, folders, remove } = temporaryProject();
afterAll(remove);

const log = logFile(folders.logs, "litellm");
const options = { project, name: "local", part: "litellm", environment: {} };

beforeEach(() => writeFileSync(log, "one\ntwo\nthree\n"));

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const result: string[] = [];
  for await (const line of lines) result.push(line);
  return result;
}

describe("logs", () => {
  it("gives the last lines", async () => {
    expect(await all(logs({ ...options, lines: 2 }))).toEqual(["two", "three"]);
    expect(await all(logs({ ...options, lines: 0 }))).toEqual([]);
  });

  it("follows whole lines, also past a rotation", async () => {
    const abort = new AbortController();
    const events = [
      () => appendFileSync(log, "fo"),
      () => appendFileSync(log, "ur\n"),
      () => rotateLog(log, 1),
      () => appendFileSync(log, "five\n"),
      () => abort.abort(),
    ];
    const clock = { now: () => 0, sleep: async () => events.shift()?.() };
    expect(await all(logs({ ...options, lines: 1, follow: abort.signal }, clock))).toEqual(["three", "four", "five"]);
    expect(readFileSync(`${log}.1`, "utf8")).toBe("one\ntwo\nthree\nfour\n");
  });

  it("names the logs there are", async () => {
    await expect(all(logs({ ...options, part: "redis", lines: 1 }))).rejects.toMatchObject({
      message: 'local has no log of "redis"',
      repair: "logs there are: litellm",
    });
  });
});

test("a part's name leads to no other folder", async () => {
  writeFileSync(logFile(folders.run, "other"), "not for everybody\n");
  await expect(all(logs({ ...options, part: "../run/other", lines: 1 }))).rejects.toMatchObject({
    message: 'local has no log of "../run/other"',
  });
});

describe("log files", () => {
  it("are left alone up to their limit", () => {
    rotateLog(log, 14);
    expect(readFileSync(log, "utf8")).toBe("one\ntwo\nthree\n");
  });

  it("have no last lines when they are empty or missing", () => {
    writeFileSync(log, "");
    expect(lastLines(log, 5)).toEqual([]);
    expect(lastLines(`${log}.nothing`, 5)).toEqual([]);
  });
});
