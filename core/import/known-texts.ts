/** Texts that are looked for within others, many at once. */
export class KnownTexts {
  private readonly byBeginning = new Map<string, string[]>();

  /** @param shortest texts of fewer characters are not looked for: they stand in others by chance */
  constructor(
    texts: readonly string[],
    private readonly shortest: number,
  ) {
    for (const text of texts.filter(({ length }) => length >= shortest)) {
      const beginning = text.slice(0, shortest);
      const others = this.byBeginning.get(beginning);
      if (others) others.push(text);
      else this.byBeginning.set(beginning, [text]);
    }
  }

  /** Whether one of the texts stands in `text`. */
  standIn(text: string): boolean {
    for (let at = 0; at + this.shortest <= text.length; at++) {
      const candidates = this.byBeginning.get(text.slice(at, at + this.shortest));
      if (candidates?.some((candidate) => text.startsWith(candidate, at))) return true;
    }
    return false;
  }
}
