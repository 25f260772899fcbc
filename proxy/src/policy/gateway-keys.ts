/** A key of the gateway and whose requests it is for. */
export interface GatewayKey {
  /** Absent: for everybody. */
  readonly group?: string;
  readonly value: string;
}

/** The key for a caller with these groups: the first that fits, in the configured order. Undefined where none does. */
export function chooseKey(keys: readonly GatewayKey[], groups: readonly string[]): string | undefined {
  return keys.find(({ group }) => group === undefined || groups.includes(group))?.value;
}
