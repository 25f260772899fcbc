/** JSON as it goes over the wire; booleans stay booleans and numbers stay numbers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The kinds of things that a keys file describes, in the order in which they are created. */
export const KINDS = ["budget", "team", "user", "tag", "customer", "key"] as const;
export type Kind = (typeof KINDS)[number];

/** Where the value of a generated key goes. Nothing else ever gets it. */
export type Delivery =
  | { readonly kubernetes: { readonly namespace: string; readonly name: string; readonly key: string } }
  /** `field`: the value is put into a JSON object under that name; without it the secret is the value. */
  | { readonly awsSecretsManager: { readonly name: string; readonly region?: string; readonly field?: string } }
  /** Relative to the working directory; mode 0600. `written`: as the keys file names it, wherever the command runs. */
  | { readonly file: string; readonly written?: string };

/**
 * A thing as the keys file wants it. `fields` are in LiteLLM's own words, complete for all that this toolkit manages of the
 * kind: what the file leaves out is `null` (or empty), so that taking a line out of the file takes it out of the gateway.
 */
export interface DesiredObject {
  readonly kind: Kind;
  /** As in the file. */
  readonly name: string;
  /** What LiteLLM knows it by: `team_id`, `user_id`, `budget_id`, tag name; for a key its logical name. */
  readonly id: string;
  readonly fields: Readonly<Record<string, Json>>;
  /** Something of that id that is there already and nobody's may be taken over. */
  readonly adopt: boolean;
}

/** A virtual key as the keys file wants it. */
export interface DesiredKey extends DesiredObject {
  readonly kind: "key";
  /** The person or group that answers for it. */
  readonly owner: string;
  readonly lifetime: Lifetime;
  /** Absent where `existing` is given. */
  readonly delivery?: Delivery;
  /** SHA-256 (hex) of a value that exists already: such a key is neither made, rotated nor delivered. */
  readonly existing?: string;
}

/** How long a key lasts. Times are in milliseconds since 1970, lengths in milliseconds. */
export type Lifetime =
  /** Valid until the end of that day, UTC. */
  | { readonly kind: "fixed"; readonly expires: number }
  /** A new value every `every`; the old one stays valid for `overlap` after the new one was delivered. */
  | { readonly kind: "rotating"; readonly every: number; readonly overlap: number };

/** All that the keys files of an environment want, by kind; each list sorted by name. Frozen. */
export interface Desired {
  readonly objects: readonly DesiredObject[];
  readonly keys: readonly DesiredKey[];
}
