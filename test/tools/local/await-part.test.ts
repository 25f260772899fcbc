import { writeFileSync } from "node:fs";
import { type Awaited, awaitPart } from "../../../tools/local/await-part";
import { logFile } from "../../../tools/local/supervisor/log-file";
import { ownIdentity } from "../../../tools/local/supervisor/process-identity";
import { type PartRecord, writeRecords } from "../../../tools/local/supervisor/records";
import { announceSupervisor, removeSupervisorFiles } from "../../../tools/local/supervisor/supervisor-files";
import { shellPart, temporaryProject } from "./supervisor/fake-part";

const { folders, remove } = temporaryProject();
afterAll(remove);

const part = shellPart(folders, "litellm", "true\n");
const awaited: Awaited = {
  part,
  folders,
  title: "LiteLLM",
  doing: "LiteLLM is importing",
  patience: 1,
  failuresBefore: 0,
  limit: 25_000,
  secrets: { TOKEN: "0123456789" },
};
const record: PartRecord = {
  name: "litellm",
  hash: part.hash,
  port: 1,
  after: [],
  stopSignal: "SIGTERM",
  identity: ownIdentity(),
  startedAt: 0,
  wasReady: false,
  failures: 0,
  restarts: 0,
};

function clock() {
  let now = 0;
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  return { now: () => now, sleep };
}

async function outcome(changes: Partial<Awaited>, answers: boolean): Promise<{ error?: Error; notes: string[] }> {
  const notes: string[] = [];
  const step = { note: (text: string) => notes.push(text), done: () => {}, skip: () => {} };
  try {
    await awaitPart({ ...awaited, ...changes }, clock(), async () => answers, step);
    return { notes };
  } catch (error) {
    return { error: error as Error, notes };
  }
}

beforeEach(() => {
  announceSupervisor(folders.run, { ...ownIdentity(), program: "", handed: {}, startedAt: 0 });
  writeRecords(folders.run, { litellm: record });
  writeFileSync(logFile(folders.logs, "litellm"), "first\nsecond with 0123456789\n");
});

describe("awaitPart", () => {
  it("returns when the part answers", async () => {
    expect(await outcome({}, true)).toEqual({ notes: [] });
  });

  it("says every 10 s what is going on, and gives up with the end of the log", async () => {
    const { error, notes } = await outcome({}, false);
    expect(notes).toEqual(["LiteLLM is importing, 10 s", "LiteLLM is importing, 20 s"]);
    expect(error).toMatchObject({
      message: "LiteLLM does not answer after 25 s",
      repair: `look into ${logFile(folders.logs, "litellm")}, its last lines are below`,
      details: ["first", "second with [TOKEN]"],
    });
  });

  it("does not take an old process for the wanted one", async () => {
    writeRecords(folders.run, { litellm: { ...record, hash: "old" } });
    const { error, notes } = await outcome({}, true);
    expect(notes[0]).toBe("waiting for what it builds on");
    expect(error?.message).toContain("does not answer");
  });

  it("gives up when the part ends more often than is borne", async () => {
    const failed = { ...record, failures: 3, lastExit: { reason: "exit code 1", at: 0 } };
    writeRecords(folders.run, { litellm: failed });
    expect((await outcome({ patience: 2, failuresBefore: 1 }, false)).error?.message).toContain("does not start (exit code 1)");
    expect((await outcome({ patience: 2, failuresBefore: 2 }, false)).error?.message).toContain("does not answer");
  });

  it("puts the error of a Python traceback first", async () => {
    writeFileSync(
      logFile(folders.logs, "litellm"),
      "Traceback:\n  raise TypeError(\nTypeError: 0123456789 is no list.\n\nExiting.\n",
    );
    writeRecords(folders.run, { litellm: { ...record, failures: 1, lastExit: { reason: "exit code 3", at: 0 } } });
    const message = "LiteLLM does not start (exit code 3): TypeError: [TOKEN] is no list";
    expect((await outcome({}, false)).error?.message).toBe(message);
  });

  it("gives up when the supervisor is gone", async () => {
    removeSupervisorFiles(folders.run);
    expect((await outcome({}, false)).error?.message).toMatch(/^the supervisor ended on the way/);
  });
});
