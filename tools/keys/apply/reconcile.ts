import type { Desired } from "../../../core/keys";
import { DeliveryError, type Destinations } from "../delivery";
import { type GatewayApi, GatewayError } from "../gateway";
import { type Current, type Held, keysToAskFor, makePlan, type Plan, type PlanOptions, type Question } from "../plan";
import type { Clock } from "./clock";
import { type Executed, execute, type Workshop } from "./execute";
import { type Lock, takeLock } from "./lock";

/** What a plan or a run is made with. */
export interface ReconcileOptions extends Omit<PlanOptions, "held" | "now"> {
  readonly desired: Desired;
  readonly gateway: GatewayApi;
  readonly destinations: Destinations;
  readonly clock: Clock;
  /** Ask clusters and clouds too whether they hold the values in use. @default false */
  readonly askAll?: boolean;
  readonly newValue?: Workshop["newValue"];
  /** Tells a person what takes long. */
  readonly progress?: ReconcileProgress;
}

/** What a run tells while it goes on. */
export interface ReconcileProgress {
  reading(read: number, total: number): void;
  waiting(): void;
  applying(done: number, total: number): void;
}

/** What was planned, and from what. */
export interface Planned {
  readonly plan: Plan;
  readonly current: Current;
}

/** What was planned and what was done. */
export interface Applied extends Planned {
  readonly executed: Executed;
}

/** Reads the gateway and says what a run would do. Changes nothing. */
export async function plan(options: ReconcileOptions): Promise<Planned> {
  const { desired, gateway, progress } = options;
  const current = await gateway.read(progress && ((read, total) => progress.reading(read, total)));
  const held = await askDestinations(options, current);
  return { current, plan: makePlan(desired, current, { ...options, now: options.clock.now(), held }) };
}

/**
 * Brings the gateway to what the files say. Runs at the same time wait for each other.
 */
export async function apply(options: ReconcileOptions): Promise<Applied> {
  const { gateway, destinations, owner, clock, progress, newValue } = options;
  const lock = await takeLock(gateway.locks, owner, clock, () => progress?.waiting());
  try {
    const planned = await plan(options);
    const told = progress && ((done: number, total: number) => progress.applying(done, total));
    const workshop: Workshop = { gateway, destinations, owner, lock, ...(newValue && { newValue }), ...(told && { told }) };
    return { ...planned, executed: await execute(planned.plan.actions, workshop) };
  } finally {
    await giveBack(lock);
  }
}

/** A lock that stays held keeps the next run waiting for a lease; what this run did must be told all the same. */
async function giveBack(lock: Lock): Promise<void> {
  try {
    await lock.release();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}

/** Destinations that are asked at a time. */
const ASKED_AT_ONCE = 8;

/** Asks destinations what they hold: token ids, not values. One that does not answer keeps only its own key waiting. */
export async function askDestinations(
  { desired, destinations, owner, askAll = false }: Pick<ReconcileOptions, "desired" | "destinations" | "owner" | "askAll">,
  current: Current,
): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  // One line of questions that several ask from: a task for each of ten thousand files took longer than their answers.
  const questions = keysToAskFor(desired, current, owner, askAll).values();
  const askOn = async (): Promise<void> => {
    for (const question of questions) held.set(question.name, await ask(question, destinations, owner));
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, askOn));
  return held;
}

async function ask({ delivery, tokenIds }: Question, destinations: Destinations, owner: string): Promise<Held> {
  try {
    const tokenId = await destinations.of(delivery).tokenIdAt(delivery, { owner, tokenIds });
    return tokenId === undefined ? {} : { tokenId };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return { trouble: `${error.message}: ${error.repair}` };
  }
}
