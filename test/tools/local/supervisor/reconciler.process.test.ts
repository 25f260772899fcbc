import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HEALTHY_AFTER, STOP_GRACE } from "../../../../tools/local/supervisor/decide";
import { killGroup } from "../../../../tools/local/supervisor/process-group";
import { identify, isRunning, type ProcessIdentity } from "../../../../tools/local/supervisor/process-identity";
import { Reconciler } from "../../../../tools/local/supervisor/reconciler";
import { type PartRecord, readRecords, writeRecords } from "../../../../tools/local/supervisor/records";
import type { WantedPart } from "../../../../tools/local/supervisor/wanted";
import { eventually, shellPart, temporaryProject } from "./fake-part";

const STAYS = "while :; do sleep 1 & wait $!; done\n";

const { folders, remove } = temporaryProject();
let now = 0;
let ready = true;
const world = {
  now: () => now,
  probe: async () => ready,
  log: () => {},
  wake: () => {},
  environment: { CDKTF_LITELLM_SECRET_TOKEN: "handed value" },
};
const started: ProcessIdentity[] = [];

function record(name: string): PartRecord | undefined {
  return readRecords(folders.run)[name];
}

/** Steps until the condition on the part's record holds. */
async function stepUntil(
  reconciler: Reconciler,
  parts: readonly WantedPart[],
  name: string,
  condition: (record: PartRecord | undefined) => boolean,
): Promise<PartRecord> {
  await eventually(async () => {
    await reconciler.step({ parts });
    const last = record(name);
    if (last?.identity) started.push(last.identity);
    return condition(last);
  }, `${name}: ${condition}`);
  return record(name) as PartRecord;
}

const runs = (last: PartRecord | undefined): boolean => last?.readySince !== undefined;

beforeEach(() => {
  now = 0;
  ready = true;
  writeRecords(folders.run, {});
});

afterEach(() => started.splice(0).forEach(killGroup));
afterAll(remove);

describe("Reconciler", () => {
  it("starts a part with its secrets in its environment and nothing inherited", async () => {
    const file = join(folders.secrets, "password");
    writeFileSync(file, "from a file\n");
    const script = `env > "$OUTPUT.part" && mv "$OUTPUT.part" "$OUTPUT"\n${STAYS}`;
    const output = join(folders.run, "environment");
    const part = shellPart(folders, "one", script, { secrets: { PASSWORD: { file }, TOKEN: { handed: "TOKEN", from: "X" } } });
    const wanted = { ...part, process: { ...part.process, env: { PATH: "/usr/bin:/bin", OUTPUT: output } } };
    await stepUntil(new Reconciler(folders, world), [wanted], "one", runs);
    await eventually(() => existsSync(output), "the part writes");
    const names = readFileSync(output, "utf8")
      .split("\n")
      .map((line) => line.split("=")[0] ?? "");
    const byShell = ["PWD", "SHLVL", "_", "OLDPWD", ""];
    const given = names.filter((name) => !byShell.includes(name)).sort();
    expect(given).toEqual(["CDKTF_LITELLM_PART_OF", "OUTPUT", "PASSWORD", "PATH", "TOKEN"]);
    expect(readFileSync(output, "utf8")).toContain("PASSWORD=from a file\n");
    expect(readFileSync(output, "utf8")).toContain("TOKEN=handed value\n");
    expect(readFileSync(join(folders.run, "status.json"), "utf8")).not.toMatch(/from a file|handed value/);
  });

  it("adopts what an earlier one left running", async () => {
    const part = shellPart(folders, "two", STAYS);
    const before = await stepUntil(new Reconciler(folders, world), [part], "two", runs);
    const after = await stepUntil(new Reconciler(folders, world), [part], "two", runs);
    expect(after.identity).toEqual(before.identity);
  });

  it("ends marked processes that nobody recorded", async () => {
    if (process.platform !== "linux") return;
    const part = shellPart(folders, "three", STAYS);
    const { identity } = await stepUntil(new Reconciler(folders, world), [part], "three", runs);
    writeRecords(folders.run, {});
    new Reconciler(folders, world);
    await eventually(() => identity !== undefined && !isRunning(identity), "the stray has ended");
  });

  it("starts a part again after its end, later each time, and kills what the old one left behind", async () => {
    const left = join(folders.run, "left");
    const script = `sleep 1000 & echo $! > ${left}.next; mv ${left}.next ${left}; exit 7\n`;
    const part = shellPart(folders, "four", script);
    ready = false;
    const reconciler = new Reconciler(folders, world);
    const first = await stepUntil(reconciler, [part], "four", (last) => last?.failures === 1 && !last.identity);
    expect(first.lastExit?.reason).toBe("exit code 7");
    expect(identify(Number(readFileSync(left, "utf8")))).toBeUndefined();
    now = 999;
    await reconciler.step({ parts: [part] });
    expect(record("four")?.restarts).toBe(0);
    now = 1000;
    const second = await stepUntil(reconciler, [part], "four", (last) => last?.failures === 2 && !last.identity);
    expect(second.restarts).toBe(1);
    now = 2999;
    await reconciler.step({ parts: [part] });
    expect(record("four")?.restarts).toBe(1);
  });

  it("forgets failures after a minute of health, and says how a part was killed", async () => {
    const part = shellPart(folders, "five", STAYS);
    const reconciler = new Reconciler(folders, world);
    const first = await stepUntil(reconciler, [part], "five", runs);
    if (first.identity) killGroup(first.identity);
    const dead = await stepUntil(reconciler, [part], "five", (last) => last?.failures === 1 && !last.identity);
    expect(dead.lastExit?.reason).toBe("killed by SIGKILL");
    now += 1000;
    await stepUntil(reconciler, [part], "five", runs);
    expect(record("five")?.failures).toBe(1);
    now += HEALTHY_AFTER;
    await reconciler.step({ parts: [part] });
    expect(record("five")).toMatchObject({ failures: 0, restarts: 1 });
  });

  it("replaces a changed part, with SIGKILL when it does not end in time", async () => {
    const deaf = shellPart(folders, "six", `trap '' TERM; echo deaf > ${folders.run}/deaf; ${STAYS}`);
    const reconciler = new Reconciler(folders, world);
    const old = await stepUntil(reconciler, [deaf], "six", runs);
    await eventually(() => readFileSync(`${folders.run}/deaf`, { encoding: "utf8", flag: "a+" }) === "deaf\n", "the trap is set");
    const next = shellPart(folders, "six", `${STAYS}# new\n`);
    await stepUntil(reconciler, [next], "six", (last) => last?.stoppingSince !== undefined);
    now += STOP_GRACE - 1;
    await reconciler.step({ parts: [next] });
    expect(record("six")?.identity).toEqual(old.identity);
    now += 1;
    const fresh = await stepUntil(reconciler, [next], "six", (last) => last?.hash === next.hash && runs(last));
    expect(fresh).toMatchObject({ failures: 0, restarts: 0 });
  });

  it("stops what is no longer wanted and forgets it", async () => {
    const part = shellPart(folders, "seven", STAYS);
    const reconciler = new Reconciler(folders, world);
    const { identity } = await stepUntil(reconciler, [part], "seven", runs);
    await eventually(async () => {
      await reconciler.step({ parts: [] });
      return record("seven") === undefined;
    }, "the part is forgotten");
    expect(reconciler.isIdle).toBe(true);
    expect(identity && isRunning(identity)).toBe(false);
  });

  it("reports a program that is not there as a failure", async () => {
    const part = shellPart(folders, "eight", STAYS);
    const missing = { ...part, process: { ...part.process, command: "/nowhere/litellm" } };
    await new Reconciler(folders, world).step({ parts: [missing] });
    expect(record("eight")).toMatchObject({ failures: 1, lastExit: { reason: expect.stringContaining("/nowhere/litellm") } });
  });

  it("records no secret of a part that cannot be started", async () => {
    const part = shellPart(folders, "ten", STAYS, { secrets: { TOKEN: { handed: "ODD", from: "X" } } });
    const odd = { ...world, environment: { CDKTF_LITELLM_SECRET_ODD: "handed value\0" } };
    await new Reconciler(folders, odd).step({ parts: [part] });
    expect(record("ten")).toMatchObject({ lastExit: { reason: "cannot be started: ERR_INVALID_ARG_VALUE" } });
  });

  it("notices that a part does not answer any more, without touching it", async () => {
    const part = shellPart(folders, "nine", STAYS);
    const reconciler = new Reconciler(folders, world);
    const { identity } = await stepUntil(reconciler, [part], "nine", runs);
    ready = false;
    now += 10_000;
    await reconciler.step({ parts: [part] });
    expect(record("nine")).toMatchObject({ identity, wasReady: true, failures: 0 });
    expect(record("nine")?.readySince).toBeUndefined();
  });
});
