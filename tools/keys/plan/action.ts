import type { Delivery, Json, Kind } from "../../../core/keys";

/** One field that changes, as it may be shown. */
export interface Change {
  readonly field: string;
  readonly from: Json;
  readonly to: Json;
}

interface Common {
  readonly kind: Kind;
  /** Logical name, as in the file; of something that is in no file, what the gateway calls it. */
  readonly name: string;
  /** One line for a person: why, and until when. */
  readonly why: string;
}

/** A request's fields, in LiteLLM's own words, mark included. Never a value of a key. */
export type Body = Readonly<Record<string, Json>>;

/** One step of a plan. Nothing in it is secret. */
export type Action =
  | (Common & { readonly verb: "create"; readonly id: string; readonly body: Body })
  /** `adopt`: something of nobody's becomes ours. `confirm`: a former run delivered the value and could not say so. */
  | (Common & {
      readonly verb: "update" | "adopt" | "confirm" | "block";
      readonly id: string;
      readonly body: Body;
      readonly changes: readonly Change[];
      /** The file is as it was when this was last written: somebody changed the gateway by hand. */
      readonly byHand?: boolean;
    })
  | IssueAction
  | (Common & { readonly verb: "delete"; readonly id: string });

/** Makes a generation of a key, delivers its value, and marks it as delivered. `issue`: the first one. */
export interface IssueAction extends Common {
  readonly verb: "issue" | "rotate";
  readonly kind: "key";
  readonly generation: number;
  readonly alias: string;
  /** Marked as not delivered. */
  readonly body: Body;
  /** What is written once the value is delivered. */
  readonly delivered: Body;
  readonly delivery: Delivery;
  /** Token ids that the key has so far: the destination may replace these. */
  readonly tokenIds: readonly string[];
}

/** Something to look at that no run will change. A `problem` keeps the gateway from being as the file says. */
export interface Note {
  readonly kind: Kind;
  readonly name: string;
  readonly message: string;
  readonly problem: boolean;
}

/** What a run would do, in the order in which it would. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly notes: readonly Note[];
  /** Things of ours that are as wanted. */
  readonly unchanged: number;
  /** Things that are not ours, and are never touched. */
  readonly foreign: number;
}

/** `sync`: also removes; `upsert-only`: creates and updates; `create-only`: creates. */
export type Policy = "sync" | "upsert-only" | "create-only";

/** What the destination of a key holds. */
export interface Held {
  /** The token id of the value; absent when there is none, or one that is nobody's. */
  readonly tokenId?: string;
  /** Why it could not be asked, or what is in the way there. */
  readonly trouble?: string;
}

/** What a plan depends on beside what is wanted and what is there. */
export interface PlanOptions {
  readonly owner: string;
  readonly policy: Policy;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds that a blocked key is kept before it is deleted. */
  readonly deleteAfter: number;
  /** What the destinations of keys that were asked hold, by the name of the key. */
  readonly held?: ReadonlyMap<string, Held>;
  /** Keys that get a new value at once, whose old values are blocked at once: an incident. */
  readonly rotateNow?: ReadonlySet<string>;
}
