/** Properties with nothing left out: those that are absent or undefined have their default. */
export function withDefaults<P extends object>(defaults: Partial<P>, props: P): Required<P> {
  const given = Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given } as Required<P>;
}
