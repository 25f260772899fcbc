import type { Delivery } from "../../../core/keys";
import { DeliveryError, type Destination, type Destinations } from "./destination";
import { fileDestination } from "./file";

/** What destinations are reached with. */
export interface DestinationOptions {
  /** The folder that file names are relative to, absolute. */
  readonly folder: string;
}

/** The destinations of this machine, made when the first value goes there: nothing is loaded that no key needs. */
export function destinations({ folder }: DestinationOptions): Destinations {
  const file = fileDestination(folder);
  return {
    of: (place: Delivery): Destination => {
      if ("file" in place) return file as Destination;
      throw new DeliveryError("this destination is not available in this version of cdktf-litellm", "deliver to a file");
    },
  };
}
