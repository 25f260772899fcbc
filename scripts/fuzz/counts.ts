import type { Verdict } from "./python-judge";

/** Of the damaged bodies at least so many must be forwarded: a proxy that refuses everything proves nothing. */
const LEAST_FORWARDED = 0.1;

/** What a run has seen. */
export class Counts {
  private whole = 0;
  private wholeForwarded = 0;
  private damaged = 0;
  private damagedForwarded = 0;
  private heads = { whole: 0, wholeForwarded: 0, damaged: 0, damagedForwarded: 0 };
  private atGateway = 0;
  private readonly refusals = new Map<string, number>();
  private readonly wrong: string[] = [];

  /** A case was run; `refusal` is the code, or undefined where the body was forwarded. */
  ran(isWhole: boolean, refusal: string | undefined): void {
    if (isWhole) this.whole += 1;
    else this.damaged += 1;
    if (refusal !== undefined) this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1);
    else if (isWhole) this.wholeForwarded += 1;
    else this.damagedForwarded += 1;
  }

  /** A request with a head of its own was sent. */
  head(isWhole: boolean, forwarded: boolean): void {
    this.heads[isWhole ? "whole" : "damaged"] += 1;
    if (forwarded) this.heads[isWhole ? "wholeForwarded" : "damagedForwarded"] += 1;
  }

  /** So many requests came to the gateway. */
  reached(count: number): void {
    this.atGateway = count;
  }

  /** Somebody would see another identity, or other bytes, than promised. */
  failed(index: number, parser: string, problem: string): void {
    this.wrong.push(`case ${index}, ${parser}: ${problem}`);
  }

  /** Prints everything; true when nothing was wrong and enough was forwarded. */
  report(seed: number, verdict: Verdict): boolean {
    const { whole, wholeForwarded, damaged, damagedForwarded, refusals, wrong } = this;
    const percent = ((100 * damagedForwarded) / Math.max(1, damaged)).toFixed(1);
    const refused = [...refusals].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
    const orjson = verdict.has_orjson ? `orjson ${verdict.orjson}` : "orjson not installed";
    const forms = verdict.has_multipart ? `python-multipart ${verdict.forms}` : "python-multipart not installed";
    console.log(`seed ${seed}`);
    console.log(`whole bodies: ${wholeForwarded} of ${whole} forwarded`);
    console.log(`damaged bodies: ${damagedForwarded} of ${damaged} forwarded (${percent} %)`);
    console.log(`of these accepted by Python's json ${verdict.json}, ${orjson}, ${forms}`);
    console.log(`refused: ${refused.join(", ")}`);
    const { heads } = this;
    console.log(`whole requests: ${heads.wholeForwarded} of ${heads.whole} forwarded`);
    console.log(
      `damaged requests: ${heads.damagedForwarded} of ${heads.damaged} forwarded, ${this.atGateway} requests at the gateway`,
    );
    for (const line of wrong.slice(0, 20)) console.log(line);
    console.log(`forwarded with another identity than the verified one: ${wrong.length}`);
    const proven =
      wholeForwarded === whole &&
      heads.wholeForwarded === heads.whole &&
      damagedForwarded >= damaged * LEAST_FORWARDED &&
      heads.damagedForwarded >= heads.damaged * LEAST_FORWARDED;
    if (!proven) console.log("too few were forwarded: nothing is proven");
    return wrong.length === 0 && proven;
  }
}
