import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../../../tools/local/lock-file";
import { useFolder } from "./programs";

const folder = useFolder();
const NO_PROCESS = 2 ** 30;

test("work under a lock runs one after the other", async () => {
  const file = join(folder(), "lock");
  const events: string[] = [];
  let finish = (): void => {};
  const first = withLock(file, () => {
    events.push("first starts");
    return new Promise<void>((resolve) => {
      finish = () => {
        events.push("first ends");
        resolve();
      };
    });
  });
  const waited: number[] = [];
  const pause = async (): Promise<void> => finish();

  await withLock(file, async () => events.push("second"), { pause, onWait: (pid) => waited.push(pid) });
  await first;

  expect(events).toEqual(["first starts", "first ends", "second"]);
  expect(waited).toEqual([process.pid]);
  expect(readdirSync(folder())).toEqual([]);
});

test("the lock of a process that is gone is taken over", async () => {
  const file = join(folder(), "lock");
  writeFileSync(file, `${NO_PROCESS}\n`);

  expect(await withLock(file, async () => existsSync(file))).toBe(true);
  expect(readdirSync(folder())).toEqual([]);
});

test("a lock is given back when the work fails", async () => {
  const file = join(folder(), "lock");

  await expect(withLock(file, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(existsSync(file)).toBe(false);
});

test("a lock that is never given back ends in an error that names its owner", async () => {
  const file = join(folder(), "lock");
  writeFileSync(file, `${process.pid}\n`);

  await expect(withLock(file, async () => {}, { pause: async () => {} })).rejects.toThrow(`process ${process.pid} holds ${file}`);
});
