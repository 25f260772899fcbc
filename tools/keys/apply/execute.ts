import pLimit = require("p-limit");

import { KINDS } from "../../../core/keys";
import type { Destinations } from "../delivery";
import { type GatewayApi, GatewayError } from "../gateway";
import { type Action, type IssueAction, needsOf, SecretValue } from "../plan";
import type { Lock } from "./lock";

/** Requests that change something are sent that many at a time: LiteLLM's database is the bound. */
export const AT_ONCE = 8;

/** One action that did not succeed. */
export interface Failure {
  readonly action: Action;
  /** What went wrong and what to do; never a value. */
  readonly message: string;
  readonly repair?: string;
  /** The gateway did not answer, or is another run's by now. After some of these in a row the rest is not tried. */
  readonly isUnanswered?: boolean;
}

/** What a run did. */
export interface Executed {
  readonly done: readonly Action[];
  readonly failed: readonly Failure[];
  /** What waits for something that failed, or for a gateway that is gone: a key for its team, the end of an old value for the new one. */
  readonly skipped: readonly Action[];
}

/** What a run works with. */
export interface Workshop {
  readonly gateway: GatewayApi;
  readonly destinations: Destinations;
  readonly owner: string;
  readonly lock: Pick<Lock, "check">;
  /** Makes the value of a key. @default random */
  readonly newValue?: () => SecretValue;
  /** Hears how many of how many are done. */
  readonly told?: (done: number, total: number) => void;
}

/** Carries out a plan: kind by kind, several of a kind at once. What fails does not keep the rest from being done. */
export async function execute(actions: readonly Action[], workshop: Workshop): Promise<Executed> {
  const run = new Run(workshop, actions.length);
  const limit = pLimit(AT_ONCE);
  for (const stage of stages(actions)) await Promise.all(stage.map((action) => limit(() => run.take(action))));
  const { done, failed, skipped } = run;
  return { done, failed, skipped };
}

/** What has been done so far, and what follows from it for the rest. */
class Run implements Executed {
  readonly done: Action[] = [];
  readonly failed: Failure[] = [];
  readonly skipped: Action[] = [];
  /** Failures in a row for which the gateway gave no answer. */
  private unanswered = 0;

  constructor(
    private readonly workshop: Workshop,
    private readonly total: number,
  ) {}

  async take(action: Action): Promise<void> {
    if (this.unanswered >= AT_ONCE || waitsFor(action, this)) this.skipped.push(action);
    else this.note(action, await attempt(action, this.workshop));
    this.workshop.told?.(this.done.length + this.failed.length + this.skipped.length, this.total);
  }

  private note(action: Action, failure: Failure | undefined): void {
    this.unanswered = failure?.isUnanswered ? this.unanswered + 1 : 0;
    if (failure) this.failed.push(failure);
    else this.done.push(action);
  }
}

/** Consecutive actions of the same kind, ends apart from the rest. Of one key, at most one action is in a stage. */
function stages(actions: readonly Action[]): Action[][] {
  const groups: Action[][] = [];
  let last = "";
  for (const action of actions) {
    const phase = action.verb === "block" || action.verb === "delete" ? action.verb : "make";
    const name = `${phase} ${KINDS.indexOf(action.kind)}`;
    if (name !== last) groups.push([]);
    groups.at(-1)?.push(action);
    last = name;
  }
  return groups;
}

function waitsFor(action: Action, { failed, skipped }: Executed): boolean {
  const undone = [...failed.map((failure) => failure.action), ...skipped];
  if (undone.length === 0) return false;
  if (action.verb === "block" || action.verb === "delete") {
    // A key's old value is not ended while the new one did not arrive.
    return action.kind === "key" && undone.some(({ kind, name }) => kind === "key" && name === action.name);
  }
  const needs = action.verb === "create" || "alias" in action ? needsOf(action.body) : [];
  return undone.some(
    (other) =>
      (other.verb === "create" || other.verb === "adopt") && needs.some(({ kind, id }) => kind === other.kind && id === other.id),
  );
}

async function attempt(action: Action, workshop: Workshop): Promise<Failure | undefined> {
  try {
    workshop.lock.check();
    await perform(action, workshop);
    return undefined;
  } catch (error) {
    if (!isExpected(error)) throw error;
    const isUnanswered = error instanceof GatewayError && error.status === undefined;
    return { action, message: error.message, isUnanswered, ...(error.repair !== undefined && { repair: error.repair }) };
  }
}

async function perform(action: Action, workshop: Workshop): Promise<void> {
  const { gateway } = workshop;
  switch (action.verb) {
    case "create":
      if (action.kind !== "key") await gateway.create(action.kind, action.id, action.body);
      return;
    case "issue":
    case "rotate":
      return await issue(action, workshop);
    case "delete":
      return await gateway.delete(action.kind, action.id);
    default:
      return await gateway.update(action.kind, action.id, action.body);
  }
}

/**
 * Makes a value, gives it to LiteLLM and to its destination, and says so in the gateway. Cut off at any point, the next run
 * finds the key marked as not delivered, and asks the destination whether it holds it.
 */
async function issue(
  action: IssueAction,
  { gateway, destinations, owner, newValue = SecretValue.random }: Workshop,
): Promise<void> {
  const value = newValue();
  const about = { key: action.name, owner, generation: action.generation, tokenIds: action.tokenIds };
  await gateway.createKey(action.body, value);
  await destinations.of(action.delivery).put(action.delivery, value, about);
  await gateway.update("key", value.tokenId, action.delivered);
}

/** Something that a person can do something about; anything else is a defect. */
function isExpected(error: unknown): error is Error & { readonly repair?: string } {
  return error instanceof Error && (error.name === "GatewayError" || error.name === "DeliveryError");
}
