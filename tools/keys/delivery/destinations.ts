import type { Delivery } from "../../../core/keys";
import { awsDestination } from "./aws";
import type { Destination, Destinations } from "./destination";
import { fileDestination } from "./file";
import { kubernetesDestination } from "./kubernetes";

/** What destinations are reached with. */
export interface DestinationOptions {
  /** The folder that file names are relative to, absolute. */
  readonly folder: string;
}

/** Where values can go. Clients of clusters and clouds are loaded when the first value goes there. */
export function destinations({ folder }: DestinationOptions): Destinations {
  const file = fileDestination(folder);
  const kubernetes = kubernetesDestination();
  const aws = awsDestination();
  return {
    of: (place: Delivery): Destination => {
      if ("file" in place) return file as Destination;
      return ("kubernetes" in place ? kubernetes : aws) as Destination;
    },
  };
}
