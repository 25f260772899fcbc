import type { Delivery } from "../../../core/keys";
import type { SecretValue } from "../plan";

/** Somewhere that values are delivered to: a Kubernetes cluster, AWS Secrets Manager, this machine's files. */
export interface Destination<Place extends Delivery = Delivery> {
  /**
   * The token id of the value that is there now, or undefined when there is none (or one that nobody delivered). How a run
   * that comes after a crash learns whether the value arrived. Reads no more of the value than it must.
   * @param whose who asks, for destinations that tell at once when something else is in the way
   * @throws DeliveryError
   */
  tokenIdAt(place: Place, whose: Whose): Promise<string | undefined>;
  /**
   * Puts the value there, in one step, with its token id beside it where the destination has room for it. Doing it twice
   * does no harm. Other entries of the same secret stay as they are.
   * @throws DeliveryError when something that is not ours is in the way, or the destination refuses
   */
  put(place: Place, value: SecretValue, about: Delivered): Promise<void>;
}

/** Who may replace a value. */
export interface Whose {
  /** Who reconciles the key: `keys.owner` of the environment. */
  readonly owner: string;
  /** Token ids that the key has in the gateway: a value of these is its own. @default none */
  readonly tokenIds?: readonly string[];
}

/** What is told about a value beside the value. */
export interface Delivered extends Whose {
  /** Logical name of the key, such as `ci-eval`. */
  readonly key: string;
  readonly generation: number;
}

/** Gives the destination of a place; adapters are made when the first place needs one. */
export interface Destinations {
  of(place: Delivery): Destination;
}

/** A value could not be delivered: what is wrong and what to do, never the value. */
export class DeliveryError extends Error {
  constructor(
    message: string,
    readonly repair: string,
  ) {
    super(message);
    this.name = "DeliveryError";
  }
}
