import type { ChildProcess } from "node:child_process";
import type { LocalFolders } from "../folders";
import { errorCode } from "./atomic-file";
import { type Action, decide, HEALTHY_AFTER, type ObservedPart } from "./decide";
import { logFile, rotateLog } from "./log-file";
import { groupMembers, killGroup, signalProcess, strays } from "./process-group";
import { isRunning, type ProcessIdentity, processEntry } from "./process-identity";
import { type PartRecord, type Records, readRecords, writeRecords } from "./records";
import { SecretError } from "./secret-source";
import { spawnPart } from "./spawn-part";
import type { Probe, Wanted, WantedPart } from "./wanted";

/** What the reconciler needs from outside. */
export interface World {
  /** Milliseconds. */
  now(): number;
  /** Whether a part can be used. */
  probe(probe: Probe): Promise<boolean>;
  /** For a person who reads the supervisor's log; no secrets. */
  log(line: string): void;
  /** Something happened that the next step should look at soon. */
  wake(): void;
  /** With the secrets that were handed over. */
  readonly environment: NodeJS.ProcessEnv;
}

/** How often a part that answers is asked again, in milliseconds. */
const PROBE_EVERY = 5000;

/** Brings what runs step by step to what is wanted. What it knows is on disk after each step, for a successor to go on from. */
export class Reconciler {
  private records: Map<string, PartRecord>;
  private readonly children = new Map<number, ChildProcess>();
  /** What was running when this supervisor came. */
  private readonly adopted: ReadonlySet<number>;
  private readonly probed = new Map<string, number>();
  private saved = "";

  /** Takes over whatever an earlier supervisor of this environment left running. */
  constructor(
    private readonly folders: LocalFolders,
    private readonly world: World,
  ) {
    this.records = new Map(Object.entries(readRecords(folders.run)));
    const known = [...this.records.values()].flatMap(({ identity }) => identity ?? []);
    this.adopted = new Set(known.filter(isRunning).map(({ pid }) => pid));
    for (const stray of strays(folders.root, known)) {
      world.log(`process ${stray.pid} is ours but nobody recorded it: ended`);
      killGroup(stray);
    }
  }

  /** Nothing of this environment runs. */
  get isIdle(): boolean {
    return [...this.records.values()].every(({ identity }) => identity === undefined);
  }

  /** Every wanted part answers, and nothing else runs. */
  isSettled(wanted: Pick<Wanted, "parts">): boolean {
    if (this.records.size !== wanted.parts.length) return false;
    return wanted.parts.every(({ name, hash }) => {
      const record = this.records.get(name);
      return record?.hash === hash && record.readySince !== undefined;
    });
  }

  /** Looks, decides and acts once. */
  async step(wanted: Pick<Wanted, "parts">): Promise<void> {
    for (const record of [...this.records.values()]) this.noticeEnd(record);
    await Promise.all(wanted.parts.map((part) => this.noticeReadiness(part)));
    for (const action of decide(wanted.parts, this.observed(), this.world.now())) this.act(action, wanted);
    for (const { name } of wanted.parts) rotateLog(logFile(this.folders.logs, name));
    this.save();
  }

  private noticeEnd(record: PartRecord): void {
    const { identity } = record;
    if (!identity || this.runs(identity)) return;
    const left = groupMembers(identity).length > 0;
    const ended = record.endedAt === undefined ? { ...record, ...this.end(record, identity) } : record;
    const { identity: _, stoppingSince: __, ...rest } = ended;
    this.records.set(record.name, left ? ended : rest);
  }

  /** A child of our own counts as running until its exit code is known, which comes a moment after its end. */
  private runs(identity: ProcessIdentity): boolean {
    const child = this.children.get(identity.pid);
    return child ? child.exitCode === null && child.signalCode === null : isRunning(identity);
  }

  private end(record: PartRecord, identity: ProcessIdentity): Partial<PartRecord> {
    const at = this.world.now();
    const reason = this.exitReason(identity.pid);
    this.world.log(`${record.name} (process ${identity.pid}) ended: ${reason}`);
    const ended = { endedAt: at, readySince: undefined };
    if (record.stoppingSince !== undefined) return { ...ended, failures: 0 };
    // What ended before this supervisor came may have had a reason that is gone, such as a restart of the machine.
    const watched = this.children.has(identity.pid) || this.adopted.has(identity.pid);
    this.children.delete(identity.pid);
    return { ...ended, failures: record.failures + (watched ? 1 : 0), lastExit: { reason, at } };
  }

  private exitReason(pid: number): string {
    const child = this.children.get(pid);
    if (!child) return "exit code unknown, it went to an earlier supervisor";
    return child.signalCode ? `killed by ${child.signalCode}` : `exit code ${child.exitCode}`;
  }

  private async noticeReadiness(part: WantedPart): Promise<void> {
    const record = this.records.get(part.name);
    if (!record?.identity || record.endedAt !== undefined || record.hash !== part.hash) return;
    const now = this.world.now();
    if (record.readySince !== undefined && now - (this.probed.get(part.name) ?? 0) < PROBE_EVERY) return;
    this.probed.set(part.name, now);
    const ready = await this.world.probe(part.probe);
    const readySince = ready ? (record.readySince ?? this.world.now()) : undefined;
    const healthy = readySince !== undefined && this.world.now() - readySince >= HEALTHY_AFTER;
    const failures = healthy ? 0 : record.failures;
    this.records.set(part.name, { ...record, readySince, failures, wasReady: record.wasReady || ready });
  }

  private observed(): ObservedPart[] {
    return [...this.records.values()].map((record) => ({
      name: record.name,
      hash: record.hash,
      after: record.after,
      leader: record.identity !== undefined && record.endedAt === undefined,
      group: record.identity !== undefined,
      ready: record.readySince !== undefined,
      stoppingSince: record.stoppingSince,
      endedAt: record.endedAt,
      failures: record.failures,
    }));
  }

  private act(action: Action, wanted: Pick<Wanted, "parts">): void {
    this.world.log(`${action.kind} ${action.part}`);
    const record = this.records.get(action.part);
    const part = wanted.parts.find(({ name }) => name === action.part);
    if (action.kind === "start" && part) this.start(part, record);
    if (action.kind === "forget") this.records.delete(action.part);
    if (!record?.identity) return;
    if (action.kind === "kill") killGroup(record.identity);
    if (action.kind === "stop") {
      signalProcess(record.identity, record.stopSignal);
      this.records.set(record.name, { ...record, stoppingSince: this.world.now() });
    }
  }

  private start(part: WantedPart, last: PartRecord | undefined): void {
    const { name, hash, port, otherPorts, after, stopSignal } = part;
    const same = last?.hash === hash ? last : undefined;
    const failures = same?.failures ?? 0;
    const restarts = (same?.restarts ?? 0) + (failures > 0 ? 1 : 0);
    const startedAt = this.world.now();
    const base = {
      name,
      hash,
      port,
      ...(otherPorts && { otherPorts }),
      after,
      stopSignal,
      startedAt,
      failures,
      restarts,
      wasReady: false,
      lastExit: same?.lastExit,
    };
    const started = this.spawn(part);
    if ("problem" in started) {
      const lastExit = { reason: `cannot be started: ${started.problem}`, at: startedAt };
      this.records.set(name, { ...base, endedAt: startedAt, failures: failures + 1, lastExit });
    } else {
      this.records.set(name, { ...base, identity: started });
    }
    this.save();
  }

  private spawn(part: WantedPart): ProcessIdentity | { readonly problem: string } {
    try {
      const child = spawnPart(part, this.folders.root, logFile(this.folders.logs, part.name), this.world.environment);
      const { pid } = child;
      // Says the same as the missing pid below, one turn later.
      child.on("error", () => {});
      const entry = pid === undefined ? undefined : processEntry(pid);
      if (pid === undefined || !entry) return { problem: `${part.process.command} is no program that can run here` };
      this.children.set(pid, child);
      child.on("exit", () => this.world.wake());
      return { pid, started: entry.started };
    } catch (error) {
      // The message of a failed spawn quotes the environment, secrets too.
      return { problem: error instanceof SecretError ? error.message : (errorCode(error) ?? "unknown error") };
    }
  }

  private save(): void {
    const records: Records = Object.fromEntries(this.records);
    const text = JSON.stringify(records);
    if (text === this.saved) return;
    writeRecords(this.folders.run, records);
    this.saved = text;
  }
}
