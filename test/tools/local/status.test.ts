import { isComplete, type LocalStatus, partState } from "../../../tools/local/status";
import { statusText } from "../../../tools/local/status-text";
import type { PartRecord } from "../../../tools/local/supervisor/records";
import type { WantedPart } from "../../../tools/local/supervisor/wanted";

const part: WantedPart = {
  name: "litellm",
  process: { command: "", args: [], cwd: "", env: {} },
  secrets: {},
  hash: "1",
  port: 4000,
  probe: { kind: "litellm", port: 4000, database: true },
  after: ["postgres"],
  stopSignal: "SIGTERM",
};
const record: PartRecord = {
  name: "litellm",
  hash: "1",
  port: 4000,
  after: [],
  stopSignal: "SIGTERM",
  identity: { pid: 12, started: "1" },
  startedAt: 0,
  wasReady: true,
  failures: 0,
  restarts: 0,
};
const alive = { alive: true, answers: true, supervised: true };

describe("partState", () => {
  it.each([
    ["running", record, alive],
    ["running", record, { ...alive, supervised: false }],
    ["unready", record, { ...alive, answers: false }],
    ["starting", { ...record, wasReady: false }, { ...alive, answers: false }],
    ["restarting", { ...record, wasReady: false, failures: 1 }, { ...alive, answers: false }],
    ["restarting", { ...record, hash: "0" }, alive],
    ["restarting", { ...record, stoppingSince: 1 }, alive],
    ["restarting", record, { ...alive, alive: false }],
    ["starting", undefined, { ...alive, alive: false }],
    ["lost", record, { alive: false, answers: false, supervised: false }],
    ["lost", undefined, { alive: false, answers: false, supervised: false }],
  ] as const)("is %s (%#)", (state, last, seen) => {
    expect(partState(part, last, seen)).toBe(state);
  });
});

const status: LocalStatus = {
  name: "local",
  ok: true,
  supervisor: { state: "running", pid: 11, since: "2026-01-02T03:04:05.000Z", log: "/p/.local/local/logs/supervisor.log" },
  parts: [
    {
      name: "litellm",
      state: "running",
      pid: 12,
      port: 4000,
      since: "2026-01-02T03:04:06.000Z",
      restarts: 2,
      lastExit: { reason: "exit code 1", at: "2026-01-02T03:04:05.000Z" },
      log: "/p/.local/local/logs/litellm.log",
    },
  ],
  missing: [{ part: "postgres", problem: "no PostgreSQL on this machine", repair: "install postgresql" }],
  litellmVersion: "1.108.10",
  url: "http://127.0.0.1:4000",
  folder: "/p/.local/local",
  config: "/p/.local/local/config.yaml",
  masterKeyFile: "/p/.local/local/secrets/LITELLM_MASTER_KEY",
  cache: "/c",
};

describe("statusText", () => {
  it("says first whether the gateway works, then the parts, then where things are", () => {
    expect(statusText(status)).toBe(`local: ready, LiteLLM 1.108.10 on http://127.0.0.1:4000

  ✔ litellm        running, restarted 2 times, last end: exit code 1 at 2026-01-02T03:04:05.000Z, process 12 since 2026-01-02T03:04:06.000Z, 127.0.0.1:4000
  ✔ supervisor     running, process 11 since 2026-01-02T03:04:05.000Z
  - postgres       no PostgreSQL on this machine; install postgresql

  config         /p/.local/local/config.yaml
  master key     /p/.local/local/secrets/LITELLM_MASTER_KEY
  logs           /p/.local/local/logs/
  everything     /p/.local/local
  cache          /c
`);
  });

  it.each([
    ["local: stopped", { supervisor: { state: "stopped", log: "" }, parts: [] }],
    ["local: serving, but nobody looks after it; run local up again", { supervisor: { state: "dead", log: "" } }],
    ["local: not ready, LiteLLM 1.108.10 on http://127.0.0.1:4000", {}],
  ] as const)("begins with %j", (line, changes) => {
    expect(statusText({ ...status, ok: false, ...changes }).split("\n")[0]).toBe(line);
  });
});

describe("a gateway whose database alone is up", () => {
  const { url: _url, ...withoutUrl } = status;
  const half: LocalStatus = { ...withoutUrl, ok: false, parts: status.parts.map((one) => ({ ...one, name: "postgres" })) };

  it("is not complete", () => {
    expect(isComplete(half.parts)).toBe(false);
    expect(isComplete([])).toBe(false);
    expect(isComplete(status.parts)).toBe(true);
  });

  it("is told to be so", () => {
    expect(statusText(half).split("\n")[0]).toBe("local: not ready, LiteLLM 1.108.10 is not started yet");
  });
});
