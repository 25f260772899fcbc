import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { killGroup, signalProcess } from "../../../../tools/local/supervisor/process-group";
import { isRunning } from "../../../../tools/local/supervisor/process-identity";
import { readRecords } from "../../../../tools/local/supervisor/records";
import { supervisorProcess } from "../../../../tools/local/supervisor/supervisor-files";
import { readWanted } from "../../../../tools/local/supervisor/wanted";
import { temporaryProject } from "./fake-part";

const { folders, remove } = temporaryProject();
afterAll(remove);

const DAMAGED = ["{}", "null", "[]", '"x"', '{"pid":-1}', '{"parts":[{}]}', '{"parts":{"litellm":null}}', "{"];

describe("a damaged file in run/", () => {
  it.each(DAMAGED)("counts as none: %s", (text) => {
    for (const file of ["supervisor.json", "wanted.json", "status.json"]) writeFileSync(join(folders.run, file), text);
    expect([supervisorProcess(folders.run), readWanted(folders.run), readRecords(folders.run)]).toEqual([
      undefined,
      undefined,
      {},
    ]);
  });
});

test("a damaged part of the status hides no other", () => {
  const good = {
    name: "b",
    hash: "",
    port: 1,
    after: [],
    stopSignal: "SIGINT",
    startedAt: 0,
    wasReady: false,
    failures: 0,
    restarts: 0,
  };
  const led = { ...good, identity: { pid: -1, started: "1" } };
  writeFileSync(join(folders.run, "status.json"), JSON.stringify({ parts: { a: null, b: good, c: led } }));
  expect(readRecords(folders.run)).toEqual({ b: good });
});

test("no signal goes to everybody, to our own group or to the machine's first process", () => {
  const kill = jest.spyOn(process, "kill").mockReturnValue(true);
  for (const pid of [-1, 0, 1, Number.NaN]) {
    signalProcess({ pid, started: "1" }, "SIGTERM");
    killGroup({ pid, started: "1" });
  }
  expect(kill).not.toHaveBeenCalled();
  kill.mockRestore();
  expect(isRunning({} as never)).toBe(false);
});
