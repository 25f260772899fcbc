import { afterThisTurn, leaveThisTurn } from "../../../proxy/src/turn";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Something that gathers, and notes its name when it is written. */
function gathering(name: string, written: string[]): { flush(): void } {
  return { flush: () => void written.push(name) };
}

test("the first of a turn is written at once, the others together when the turn ends", async () => {
  await turn();
  const written: string[] = [];
  for (const name of ["a", "b", "c"]) leaveThisTurn(gathering(name, written));
  expect(written).toEqual(["a"]);
  await Promise.resolve();
  expect(written).toEqual(["a"]);
  await turn();
  expect(written).toEqual(["a", "b", "c"]);
});

test("each turn has a first one", async () => {
  const written: string[] = [];
  for (const name of ["a", "b"]) {
    await turn();
    leaveThisTurn(gathering(name, written));
    expect(written.at(-1)).toBe(name);
  }
});

test("what is handed over while a turn ends leaves in the next", async () => {
  await turn();
  const written: string[] = [];
  leaveThisTurn(gathering("first", written));
  leaveThisTurn({ flush: () => ["x", "y"].forEach((name) => void leaveThisTurn(gathering(name, written))) });
  await turn();
  await turn();
  expect(written).toEqual(["first", "x", "y"]);
});

test("what nobody waits for comes behind all that leaves, and what it leads to in the same turn", async () => {
  await turn();
  const done: string[] = [];
  afterThisTurn(() => {
    done.push("record");
    afterThisTurn(() => done.push("its line"));
  });
  for (const name of ["a", "b"]) leaveThisTurn(gathering(name, done));
  afterThisTurn(() => done.push("another record"));
  expect(done).toEqual(["a"]);
  await turn();
  expect(done).toEqual(["a", "b", "record", "another record", "its line"]);
});

test("what is left to the end of a turn does not keep the first answer of that turn waiting", async () => {
  await turn();
  const done: string[] = [];
  afterThisTurn(() => done.push("record"));
  leaveThisTurn(gathering("answer", done));
  expect(done).toEqual(["answer"]);
  await turn();
  expect(done).toEqual(["answer", "record"]);
});
