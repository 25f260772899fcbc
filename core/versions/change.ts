import type { Place } from "../findings";

/** What a change is about. */
export type Topic = "advisory" | "check" | "setting" | "model" | "route" | "metric" | "request field" | "header";

/** How much it matters: something stops working or becomes dangerous; something behaves in another way; the rest. */
export type Weight = "breaks" | "differs" | "informs";

/** One difference between two LiteLLM versions. */
export interface VersionChange {
  readonly topic: Topic;
  readonly weight: Weight;
  /** The name of the thing: a path, a model, `POST /key/generate`. */
  readonly what: string;
  /** What is different, in words. */
  readonly message: string;
  /** Where the environment has it. */
  readonly place?: Place;
}

const WEIGHTS: readonly Weight[] = ["breaks", "differs", "informs"];
const TOPICS: readonly Topic[] = ["advisory", "check", "setting", "model", "route", "metric", "request field", "header"];

/** The gravest first, then by topic and name. */
export function compareChanges(a: VersionChange, b: VersionChange): number {
  const text = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
  return (
    WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight) ||
    TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic) ||
    text(a.what, b.what) ||
    text(a.message, b.message)
  );
}
