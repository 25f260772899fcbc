import { WholeLines } from "../../../proxy/src/audit";

/** An output that takes a text when it is told to. */
class Slow {
  readonly texts: string[] = [];
  private readonly taken: (() => void)[] = [];

  write(text: string, taken: () => void): void {
    this.texts.push(text);
    this.taken.push(taken);
  }

  take(): void {
    this.taken.shift()?.();
  }
}

const line = (letter: string, length: number): string => `${letter.repeat(length - 1)}\n`;

describe("lines for an output that several processes share", () => {
  it("are written in pieces that the system takes whole, cut between lines, one after the other", () => {
    const slow = new Slow();
    const lines = new WholeLines(slow);
    lines.write(line("a", 2000) + line("b", 2000) + line("c", 96) + line("d", 1));
    lines.write(line("e", 10));
    expect(slow.texts).toEqual([line("a", 2000) + line("b", 2000) + line("c", 96)]);
    slow.take();
    expect(slow.texts.slice(1)).toEqual([line("d", 1)]);
    slow.take();
    expect(slow.texts.slice(2)).toEqual([line("e", 10)]);
  });

  it("count in bytes, and a longer one stands alone", () => {
    const slow = new Slow();
    new WholeLines(slow).write(`${line("ü", 2000)}${line("b", 2000)}${line("c", 5000)}${line("d", 5)}`);
    for (let i = 0; i < 4; i++) slow.take();
    expect(slow.texts).toEqual([line("ü", 2000), line("b", 2000), line("c", 5000), line("d", 5)]);
  });

  it("are waited for until the last one is taken", async () => {
    const slow = new Slow();
    const lines = new WholeLines(slow);
    await lines.written();
    lines.write(line("a", 4000));
    lines.write(line("b", 4000));
    let written = false;
    const waiting = lines.written().then(() => {
      written = true;
    });
    slow.take();
    await Promise.resolve();
    expect(written).toBe(false);
    slow.take();
    await waiting;
    lines.write(line("c", 10));
    expect(slow.texts).toHaveLength(3);
  });
});
