import type { Insertion, MemberRules } from "../body";
import type { Route, RouteTable } from "../routes";

/** How a verified caller is told to the gateway. */
export interface Outgoing {
  /** Header lines: names in lower case, values in printable ASCII. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Members of the body, for routes that have one. */
  readonly members: readonly Insertion[];
  /** Whether the identity is complete without the body. Where it is not, a WebSocket cannot carry it. */
  readonly inHeaders: boolean;
  /** How many tags were dropped or shortened because of the gateway's limits. */
  readonly changedTags: number;
}

/** What a gateway takes at most. */
export interface ProfileLimits {
  /** Tags of one request. */
  readonly tags: number;
  /** Characters of one tag. */
  readonly tagLength: number;
  /** Characters of all tags together, where they share one value. */
  readonly tagsLength: number;
  /** Characters of the caller's name. */
  readonly userLength: number;
}

/** A kind of gateway: what it reads identities from, and so what must be removed and written. */
export interface Profile {
  readonly routes: RouteTable;
  readonly limits: ProfileLimits;
  /** The header line with the gateway's key. */
  credential(key: string): readonly [name: string, value: string];
  /** How the gateway is told who calls. */
  outgoing(user: string, tags: readonly string[]): Outgoing;
  /** How the gateway is told on pass-through routes, where their headers go on to a provider. @default as elsewhere */
  outgoingPassThrough?(user: string, tags: readonly string[]): Outgoing;
  /** What happens to members of JSON bodies and fields of forms on a route. */
  members(route: Route): MemberRules;
}
