/** Steps to a member of the body: exact names; the last one may be the beginning of a name followed by `*`. */
export type MemberPath = readonly string[];

/**
 * What happens to members of a body. Names are compared without regard to case, because some gateways (Go's encoding/json) do.
 *
 * Rules are compiled once for each rules object: hand in the same object for the same route.
 */
export interface MemberRules {
  /** Taken out in silence: a client may send them without meaning harm. */
  readonly remove: readonly MemberPath[];
  /** Members for which the request is refused. */
  readonly refuse: readonly MemberPath[];
  /** Members whose value the proxy needs: text, a number, true, false or null. */
  readonly read: readonly MemberPath[];
  /** Members that must be objects (or null), if they are there. What has rules of its own inside is one of them without saying. */
  readonly objects: readonly MemberPath[];
  /** Members that must be text (or null), if they are there. */
  readonly texts: readonly MemberPath[];
}

/** A member that is written into the body, its value as JSON text. Its path has one or two steps and is one of `remove`. */
export interface Insertion {
  readonly path: MemberPath;
  readonly json: string;
}

/** The value of a member that was read. */
export type MemberValue = string | number | boolean | null;
