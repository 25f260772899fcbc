import { DAY, KeysLab, keyText, START, TEAM } from "./keys-lab";

/** A program that reads its key again every few days, as a Deployment that is restarted now and then. */
class Consumer {
  private value = "";
  private nextRead = 0;

  constructor(
    private readonly lab: KeysLab,
    private readonly name: string,
    private readonly every: number,
  ) {}

  isServed(): boolean {
    if (this.lab.time >= this.nextRead) {
      this.value = this.lab.delivered.get(this.name) ?? "";
      this.nextRead = this.lab.time + this.every;
    }
    return this.lab.litellm.accepts(this.value);
  }
}

const KEYS = {
  daily: "rotate: { every: 5d, overlap: 2d }",
  monthly: "rotate: { every: 30d, overlap: 10d }",
  quarterly: "rotate: { every: 90d, overlap: 14d }",
  yearly: "rotate: { every: 365d, overlap: 30d }",
};
const FILE = `${TEAM}keys:\n${Object.entries(KEYS)
  .map(([name, more]) => keyText(name, more))
  .join("")}`;

test("two years of runs and slow consumers: at no hour is a consumer without a valid key", async () => {
  const lab = new KeysLab();
  await lab.apply(FILE);
  const consumers = [
    new Consumer(lab, "daily", 1.9 * DAY),
    new Consumer(lab, "monthly", 9.9 * DAY),
    new Consumer(lab, "quarterly", 13.9 * DAY),
    new Consumer(lab, "yearly", 29.9 * DAY),
  ];
  const issued = lab.values.length;
  let refused = 0;
  let most = 0;
  for (let hour = 0; hour < 2 * 365 * 24; hour += 1) {
    lab.time = START + hour * 3_600_000;
    // Runs come at odd times, and now and then one is missed.
    if (hour % 23 === 0 && hour % 5 !== 0) await lab.apply(FILE);
    refused += consumers.filter((consumer) => !consumer.isServed()).length;
    most = Math.max(most, lab.keys().filter(({ blocked }) => blocked !== true).length);
  }

  expect(refused).toBe(0);
  // About 730/5 + 730/30 + 730/90 + 730/365 new values, a little fewer because a run comes after the time.
  expect(lab.values.length - issued).toBeGreaterThan(140);
  expect(lab.values.length - issued).toBeLessThan(185);
  // Each key has at most itself and one predecessor; those that were blocked are deleted in the end.
  expect(most).toBeLessThanOrEqual(8);
  expect(lab.keys().length).toBeLessThan(20);
});

test("the same consumers are refused when they read more slowly than the overlap", async () => {
  const lab = new KeysLab();
  await lab.apply(FILE);
  const consumer = new Consumer(lab, "monthly", 60 * DAY);
  let refused = 0;
  for (let day = 0; day < 100; day += 1) {
    lab.time = START + day * DAY;
    await lab.apply(FILE);
    if (!consumer.isServed()) refused += 1;
  }

  expect(refused).toBeGreaterThan(0);
});

test("day by day: made, rotated, blocked, deleted", async () => {
  const lab = new KeysLab();
  const file = `${TEAM}keys:\n${keyText("ci", "rotate: { every: 30d, overlap: 10d }")}`;
  const seen: string[] = [];
  for (let day = 0; day <= 75; day += 1) {
    lab.time = START + day * DAY;
    const { executed } = await lab.apply(file);
    for (const { verb, kind, why } of executed.done) if (kind === "key") seen.push(`day ${day}: ${verb}, ${why}`);
  }

  expect(seen).toEqual([
    "day 0: issue, in the file",
    "day 30: rotate, it is time, the old one is valid until 2026-12-31",
    "day 40: block, replaced: block now, delete 2027-01-30",
    "day 60: rotate, it is time, the old one is valid until 2027-01-30",
    "day 70: block, replaced: block now, delete 2027-03-01",
    "day 70: delete, blocked since 2026-12-31",
  ]);
});

test("a key that is over gets no value, and is said to be over", async () => {
  const lab = new KeysLab();
  const { plan } = await lab.apply(`${TEAM}keys:\n${keyText("ci", "expires: 2026-01-01")}`);

  expect(plan.notes).toMatchObject([{ name: "ci", problem: false }]);
  expect(lab.keys()).toEqual([]);
});

test("a later last day is sent as a length from now", async () => {
  const lab = new KeysLab();
  await lab.apply(`${TEAM}keys:\n${keyText("ci", "expires: 2027-01-01")}`);
  lab.time += 10 * DAY;
  const later = `${TEAM}keys:\n${keyText("ci", "expires: 2027-03-01")}`;
  const { plan } = await lab.apply(later);

  expect(plan.actions).toMatchObject([{ verb: "update", changes: [{ field: "expires" }] }]);
  expect(lab.keys()).toMatchObject([{ expires: "2027-03-02T00:00:00.000Z" }]);
  expect((await lab.plan(later)).plan.actions).toEqual([]);
});

describe("a last day that is moved into the past", () => {
  const until = (day: string): string => `${TEAM}keys:\n${keyText("ci", `expires: ${day}`)}`;
  const made = async (): Promise<KeysLab> => {
    const lab = new KeysLab();
    await lab.apply(until("2027-02-01"));
    return lab;
  };

  test("ends the key at the next apply, which the plan says in a line", async () => {
    const lab = await made();
    const value = lab.delivered.get("ci") ?? "";
    const { plan } = await lab.apply(until("2026-11-20"));

    expect(plan.actions).toMatchObject([
      { verb: "block", name: "ci", why: "its last day was 2026-11-20: block now, delete 2026-12-21" },
    ]);
    expect(lab.litellm.accepts(value)).toBe(false);
    expect((await lab.plan(until("2026-11-20"))).plan.actions).toEqual([]);
  });

  test("ends values in their overlap too", async () => {
    const lab = new KeysLab();
    await lab.apply(`${TEAM}keys:\n${keyText("ci")}`);
    lab.time += 91 * DAY;
    await lab.apply(`${TEAM}keys:\n${keyText("ci")}`);
    expect(lab.values.map((value) => lab.litellm.accepts(value.reveal()))).toEqual([true, true]);
    await lab.apply(until("2026-12-01"));

    expect(lab.values.map((value) => lab.litellm.accepts(value.reveal()))).toEqual([false, false]);
    expect((await lab.plan(until("2026-12-01"))).plan.actions).toEqual([]);
  });

  test("is taken back when the day is moved again, while the key is kept", async () => {
    const lab = await made();
    await lab.apply(until("2026-11-20"));
    await lab.apply(until("2027-03-01"));

    expect(lab.litellm.accepts(lab.delivered.get("ci") ?? "")).toBe(true);
    expect(lab.values).toHaveLength(1);
    expect((await lab.plan(until("2027-03-01"))).plan.actions).toEqual([]);
  });

  test("deletes the key in the end, and makes no new one", async () => {
    const lab = await made();
    await lab.apply(until("2026-11-20"));
    lab.time += 31 * DAY;
    await lab.apply(until("2026-11-20"));

    expect(lab.keys()).toEqual([]);
    expect((await lab.plan(until("2026-11-20"))).plan.actions).toEqual([]);
  });

  test("needs nothing of a key that LiteLLM has ended itself", async () => {
    const lab = await made();
    lab.time = Date.UTC(2027, 1, 3);

    expect((await lab.plan(until("2027-02-01"))).plan.actions).toEqual([]);
  });

  test("ends a key that is known by its hash", async () => {
    const lab = new KeysLab();
    lab.litellm.handle("POST", "/key/generate", { key: "sk-somebody-elses-key", key_alias: "theirs" });
    const [hash] = lab.litellm.tables.key.keys();
    const text = (day: string): string =>
      `${TEAM}keys:\n  old: { owner: a, team_id: research, models: [gpt], max_budget: 3, expires: ${day}, existing: ${hash}, adopt: true }\n`;
    await lab.apply(text("2027-01-01"));
    expect(lab.litellm.accepts("sk-somebody-elses-key")).toBe(true);
    await lab.apply(text("2026-11-01"));

    expect(lab.litellm.accepts("sk-somebody-elses-key")).toBe(false);
    expect((await lab.plan(text("2026-11-01"))).plan.actions).toEqual([]);
  });

  test("stays with the gateway under create-only, which says so", async () => {
    const lab = await made();
    const { plan } = await lab.plan(until("2026-11-20"), { policy: "create-only" });

    expect(plan.actions).toEqual([]);
    expect(plan.notes).toMatchObject([{ name: "ci", message: expect.stringContaining("the gateway still takes it") }]);
  });
});
