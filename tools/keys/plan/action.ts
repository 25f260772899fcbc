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
type Body = Readonly<Record<string, Json>>;

/** One step of a plan. Nothing in it is secret. */
export type Action =
  | (Common & { readonly verb: "create"; readonly id: string; readonly body: Body })
  | (Common & {
      readonly verb: "update" | "adopt";
      readonly id: string;
      readonly body: Body;
      readonly changes: readonly Change[];
      /** The file is as it was when this was last written: somebody changed the gateway by hand. */
      readonly byHand: boolean;
    })
  /** Makes a generation of a key, delivers it, and marks it delivered. */
  | (Common & {
      readonly verb: "issue" | "rotate";
      readonly kind: "key";
      readonly generation: number;
      readonly body: Body;
      readonly delivery: Delivery;
      /** A former run made this generation, and whether its value arrived is not known: the destination is asked first. */
      readonly unsure?: UnsureGeneration;
    })
  | (Common & { readonly verb: "block"; readonly id: string; readonly body: Body })
  | (Common & { readonly verb: "delete"; readonly id: string });

/** A generation that was made and not marked as delivered. */
export interface UnsureGeneration {
  readonly id: string;
  readonly delivered: Body;
}

/** Something to look at that no run will change. */
export interface Note {
  readonly kind: Kind;
  readonly name: string;
  readonly message: string;
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
