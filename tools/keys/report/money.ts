const NANO = 9;

/**
 * An amount of US dollars in whole billionths. LiteLLM adds up floating-point numbers (0.0017599999999999998 for eight
 * requests of 0.00022); in billionths sums are exact.
 */
export function nanoDollars(dollars: number): bigint {
  return BigInt(Math.round(dollars * 10 ** NANO));
}

/** Billionths as a decimal number of dollars: at least two digits after the point, no more than it needs. */
export function shownNano(nano: bigint): string {
  const digits = (nano < 0n ? -nano : nano).toString().padStart(NANO + 1, "0");
  const fraction = digits.slice(-NANO).replace(/0{1,7}$/, "");
  return `${nano < 0n ? "-" : ""}${digits.slice(0, -NANO)}.${fraction}`;
}
