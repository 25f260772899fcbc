import { type Clock, LEASE, takeLock } from "../../../tools/keys/apply";
import { GatewayError, litellmGateway } from "../../../tools/keys/gateway";
import { type Around, memoryHttp } from "../../support/memory-litellm/memory-http";
import { MemoryLitellm } from "../../support/memory-litellm/memory-litellm";
import { KeysLab, keyText, TEAM } from "./keys-lab";

/** Lets several runs take turns at every call, in an order that a seed chooses. */
function interleaving(seed: number): Around {
  let state = seed;
  return async (_what, call) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    for (let turn = 0; turn < state % 7; turn += 1) await Promise.resolve();
    const answer = await call();
    for (let turn = 0; turn < (state >> 8) % 7; turn += 1) await Promise.resolve();
    return answer;
  };
}

const FILE = `${TEAM}keys:\n${["a", "b", "c"].map((name) => keyText(name)).join("")}`;

test.each(Array.from({ length: 40 }, (_, index) => index + 1))("two runs at once make each key once (order %i)", async (seed) => {
  const lab = new KeysLab();
  const around = interleaving(seed);
  const runs = await Promise.all([lab.apply(FILE, {}, around), lab.apply(FILE, {}, around)]);

  expect(runs.flatMap(({ executed }) => executed.failed)).toEqual([]);
  expect(
    lab
      .keys()
      .map(({ key_alias }) => key_alias)
      .sort(),
  ).toEqual(["a.g1", "b.g1", "c.g1"]);
  expect(lab.values).toHaveLength(3);
  expect((await lab.plan(FILE)).plan.actions).toEqual([]);
});

describe("the lock", () => {
  const lab = () => {
    const litellm = new MemoryLitellm(() => 0);
    let time = 0;
    const wait = async (milliseconds: number): Promise<void> => {
      time += milliseconds;
    };
    const clock: Clock = { now: () => time, monotonic: () => time, wait, every: () => () => {} };
    const rows = litellmGateway(memoryHttp(litellm)).locks;
    return { litellm, clock, rows, time: () => time };
  };

  test("is free after it was released, and leaves one row", async () => {
    const { clock, rows, litellm, time } = lab();
    await (await takeLock(rows, "prod", clock, () => {})).release();
    await takeLock(rows, "prod", clock, () => {});

    expect(time()).toBe(0);
    expect([...litellm.tables.budget.keys()]).toEqual(["cdktf-litellm.lock:prod:2"]);
  });

  test("is taken over from a holder that gives no sign of life, and is said to be held", async () => {
    const { clock, rows, time } = lab();
    await takeLock(rows, "prod", clock, () => {});
    let told = 0;
    await takeLock(rows, "prod", clock, () => {
      told += 1;
    });

    expect(time()).toBe(LEASE);
    expect(told).toBe(1);
  });

  test("is not taken from a holder that lives; who waits too long is told so", async () => {
    const { clock, rows } = lab();
    const first = await takeLock(rows, "prod", clock, () => {});
    const living: Clock = {
      ...clock,
      wait: async (milliseconds) => {
        const [row] = await rows.list("cdktf-litellm.lock:prod:");
        if (row) await rows.write(row.id, { held: true, beat: row.beat + 1 });
        await clock.wait(milliseconds);
      },
    };

    await expect(takeLock(rows, "prod", living, () => {})).rejects.toThrow("another run has been changing the same keys");
    expect(() => first.check()).not.toThrow();
  });

  test("is lost by a holder that was paused, which then changes nothing more", async () => {
    const { clock, rows } = lab();
    let beat = (): void => {};
    const paused: Clock = {
      ...clock,
      every: (_milliseconds, call) => {
        beat = call;
        return () => {};
      },
    };
    const first = await takeLock(rows, "prod", paused, () => {});
    await takeLock(rows, "prod", clock, () => {});
    beat();
    await new Promise((resolve) => setImmediate(resolve));

    expect(() => first.check()).toThrow("another run took over");
  });

  test("of one owner does not hold up another", async () => {
    const { clock, rows, time } = lab();
    await takeLock(rows, "prod", clock, () => {});
    await takeLock(rows, "prod-eu", clock, () => {});

    expect(time()).toBe(0);
  });
});

test.each([
  [429, undefined],
  [503, undefined],
  [307, undefined],
  [404, false],
  [400, false],
])("an answer of %i to a sign of life: the lock is lost only where its row is gone", async (status, written) => {
  const litellm = new MemoryLitellm(() => 0);
  const http = memoryHttp(litellm, async (what, call) => {
    if (what === "POST /budget/update") throw new GatewayError("no", "", status);
    return await call();
  });
  const write = litellmGateway(http).locks.write("cdktf-litellm.lock:prod:1", { held: true, beat: 1 });

  if (written === undefined) await expect(write).rejects.toThrow("no");
  else expect(await write).toBe(written);
});
