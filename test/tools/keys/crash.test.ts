import type { ReconcileOptions } from "../../../tools/keys/apply";
import type { Around } from "../../support/memory-litellm/memory-http";
import { DAY, KeysLab, keyText, TEAM } from "./keys-lab";

/** Where a run is killed: before its n-th call to something outside, or after it and before it hears the answer. */
type Moment = "before" | "after";

/** Runs until the n-th call, and then as a killed process does: nothing of it ever happens again. */
async function killAt(n: number, moment: Moment, run: (around: Around) => Promise<unknown>): Promise<{ killed: boolean }> {
  let count = 0;
  let kill: () => void = () => {};
  const killed = new Promise<{ killed: boolean }>((resolve) => {
    kill = () => resolve({ killed: true });
  });
  const never = new Promise<never>(() => {});
  const around: Around = async (_what, call) => {
    count += 1;
    if (count > n) return await never;
    if (count < n) return await call();
    if (moment === "after") await call();
    kill();
    return await never;
  };
  return await Promise.race([killed, run(around).then(() => ({ killed: false }))]);
}

const FIRST = `budgets:\n  small: { max_budget: 5, budget_duration: 30d }\n${TEAM}tags:\n  engineering: { budget: small }\nkeys:\n${keyText("ci", "expires: 2027-09-01")}${keyText("agent")}${keyText("leaving")}`;
const SECOND = FIRST.replace(keyText("leaving"), keyText("arriving")).replace("max_budget: 100", "max_budget: 150");

interface Story {
  readonly what: string;
  /** What was there before the run that is killed. */
  readonly before?: string;
  /** What has passed since. */
  readonly days?: number;
  /** The key whose destination has lost its value. */
  readonly lost?: string;
  readonly file: string;
  readonly more?: Partial<ReconcileOptions>;
}

const STORIES: readonly Story[] = [
  { what: "the first run", file: FIRST },
  { what: "a run that makes, changes and blocks", before: FIRST, file: SECOND },
  { what: "a run that rotates", before: FIRST, days: 91, file: FIRST },
  { what: "a run that blocks and deletes", before: FIRST, days: 200, file: FIRST },
  { what: "a run that replaces a value that its destination lost", before: FIRST, lost: "agent", file: FIRST },
  { what: "an incident", before: FIRST, file: FIRST, more: { rotateNow: new Set(["ci", "agent"]) } },
];

async function labBefore({ before, days = 0, lost = "" }: Story): Promise<KeysLab> {
  const lab = new KeysLab();
  if (before !== undefined) await lab.apply(before);
  if (days > 100) {
    lab.time += 91 * DAY;
    await lab.apply(before ?? "");
    lab.time += (days - 91) * DAY;
  } else lab.time += days * DAY;
  lab.delivered.delete(lost);
  lab.calls.length = 0;
  return lab;
}

async function callsOf(story: Story): Promise<string[]> {
  const lab = await labBefore(story);
  await lab.apply(story.file, story.more);
  return lab.calls;
}

describe.each(STORIES)("$what, killed before and after every call to something outside", (story) => {
  const keyNames = [...story.file.matchAll(/^ {2}([a-z]+): \{ owner/gm)].map(([, name = ""]) => name);

  test.each<Moment>(["before", "after"])("%s: the next run heals it, and no consumer is without a valid key", async (moment) => {
    const calls = await callsOf(story);
    expect(calls.length).toBeGreaterThan(10);
    for (let n = 1; n <= calls.length; n += 1) {
      const at = `${moment} call ${n} of ${calls.length}, ${calls[n - 1]}`;
      const lab = await labBefore(story);
      const consumers = new Map(lab.delivered);
      const { killed } = await killAt(n, moment, (around) => lab.apply(story.file, story.more, around));
      expect({ at, killed }).toEqual({ at, killed: true });
      // An incident ends old values on purpose; in all other stories they go on working through the crash.
      if (!story.more) expect({ at, without: withoutKey(lab, consumers, keyNames) }).toEqual({ at, without: [] });

      const { executed } = await lab.apply(story.file);
      expect({ at, failed: executed.failed }).toEqual({ at, failed: [] });
      expect({ at, without: withoutKey(lab, lab.delivered, keyNames) }).toEqual({ at, without: [] });
      const { plan } = await lab.plan(story.file);
      expect({ at, actions: plan.actions }).toEqual({ at, actions: [] });
      expect({ at, orphans: orphans(lab) }).toEqual({ at, orphans: [] });
    }
  });
});

/** Consumers that read this value once and are refused now. */
function withoutKey(lab: KeysLab, values: ReadonlyMap<string, string>, names: readonly string[]): string[] {
  return names.filter((name) => values.has(name) && !lab.litellm.accepts(values.get(name) ?? ""));
}

/** Keys that work and that nobody holds, or that are not marked as delivered. */
function orphans(lab: KeysLab): string[] {
  const held = new Set([...lab.delivered.values()]);
  const valid = lab.values.filter((value) => lab.litellm.accepts(value.reveal()));
  const undelivered = lab
    .keys()
    .filter(({ metadata }) => (metadata as { "cdktf-litellm": { delivered: boolean } })["cdktf-litellm"].delivered !== true);
  const unheld = valid.filter((value) => !held.has(value.reveal()) && !isReplaced(lab, value.tokenId));
  return [...undelivered.map(({ key_alias }) => String(key_alias)), ...unheld.map(({ tokenId }) => tokenId)];
}

/** Whether a value is that of a generation in its overlap. */
function isReplaced(lab: KeysLab, tokenId: string): boolean {
  const alias = String(lab.litellm.tables.key.get(tokenId)?.key_alias);
  const [, name = "", number = "0"] = /^(.*)\.g(\d+)$/.exec(alias) ?? [];
  return lab.keys().some(({ key_alias }) => {
    const [, other = "", newer = "0"] = /^(.*)\.g(\d+)$/.exec(String(key_alias)) ?? [];
    return other === name && Number(newer) > Number(number);
  });
}
