import { type Action, backOff, decide, type ObservedPart, STOP_GRACE } from "../../../../tools/local/supervisor/decide";
import type { WantedPart } from "../../../../tools/local/supervisor/wanted";

const NOW = 1_000_000;

function part(name: string, hash: string, after: readonly string[] = []): WantedPart {
  return {
    name,
    hash,
    after,
    process: { command: "true", args: [], cwd: "/", env: {} },
    secrets: {},
    port: 1,
    probe: { kind: "litellm", port: 1, database: false },
    stopSignal: "SIGTERM",
  };
}

function seen(name: string, state: Partial<ObservedPart> = {}): ObservedPart {
  const after = name === "litellm" ? ["postgres"] : [];
  return { name, hash: "1", after, leader: true, group: true, ready: true, failures: 0, ...state };
}

const dead = { leader: false, group: false, ready: false };
const postgres = part("postgres", "1");
const litellm = part("litellm", "1", ["postgres"]);
const both = [postgres, litellm];

type Case = readonly [string, readonly WantedPart[], readonly ObservedPart[], readonly string[]];

const cases: readonly Case[] = [
  ["nothing runs: the first part starts, the one on top of it waits", both, [], ["start postgres"]],
  ["the first part does not answer yet: the second waits", both, [seen("postgres", { ready: false })], []],
  ["the first part answers: the second starts", both, [seen("postgres")], ["start litellm"]],
  ["all runs as wanted: nothing to do", both, [seen("postgres"), seen("litellm")], []],
  [
    "a changed part alone is stopped",
    [postgres, part("litellm", "2", ["postgres"])],
    [seen("postgres"), seen("litellm")],
    ["stop litellm"],
  ],
  [
    "a changed base: what stands on it stops first",
    [part("postgres", "2"), litellm],
    [seen("postgres"), seen("litellm")],
    ["stop litellm"],
  ],
  [
    "a changed base stops once nothing stands on it",
    [part("postgres", "2"), litellm],
    [seen("postgres"), seen("litellm", dead)],
    ["stop postgres"],
  ],
  [
    "a changed base that has ended starts",
    [part("postgres", "2"), litellm],
    [seen("postgres", dead), seen("litellm", dead)],
    ["start postgres"],
  ],
  [
    "what stands on a base waits for the new one",
    [part("postgres", "2"), litellm],
    [seen("postgres", { stoppingSince: NOW })],
    [],
  ],
  [
    "a base that crashed starts, what stood on it goes on",
    both,
    [seen("postgres", { ...dead, endedAt: 0, failures: 1 }), seen("litellm")],
    ["start postgres"],
  ],
  [
    "what stood on a base that crashed is not started meanwhile",
    both,
    [seen("postgres", { ready: false }), seen("litellm", dead)],
    [],
  ],
  [
    "processes left by an ended leader are killed",
    both,
    [seen("postgres"), seen("litellm", { leader: false, ready: false })],
    ["kill litellm"],
  ],
  ["nothing wanted: the top stops first", [], [seen("postgres"), seen("litellm")], ["stop litellm"]],
  ["nothing wanted: the base waits while the top stops", [], [seen("postgres"), seen("litellm", { stoppingSince: NOW })], []],
  ["asked to end and still within its grace", [], [seen("postgres", { stoppingSince: NOW - STOP_GRACE + 1 })], []],
  ["asked to end and out of its grace", [], [seen("postgres", { stoppingSince: NOW - STOP_GRACE })], ["kill postgres"]],
  ["ended and no longer wanted", [], [seen("postgres", dead)], ["forget postgres"]],
  ["ended a moment ago: waits", [postgres], [seen("postgres", { ...dead, failures: 3, endedAt: NOW - 3999 })], []],
  [
    "ended long enough ago: starts",
    [postgres],
    [seen("postgres", { ...dead, failures: 3, endedAt: NOW - 4000 })],
    ["start postgres"],
  ],
  [
    "a changed part does not wait for the failures of the old one",
    [part("postgres", "2")],
    [seen("postgres", { ...dead, failures: 9, endedAt: NOW })],
    ["start postgres"],
  ],
];

describe("decide", () => {
  it.each(cases)("%s", (_title, wanted, observed, expected) => {
    expect(decide(wanted, observed, NOW).map(shown)).toEqual(expected);
  });

  it("waits longer after each failure, up to 30 s", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 50].map(backOff)).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });
});

function shown({ kind, part: name }: Action): string {
  return `${kind} ${name}`;
}
