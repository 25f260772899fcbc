import type { Delivery } from "../../../core/keys";
import { awsDestination } from "./aws";
import type { Destination, Destinations } from "./destination";
import { fileDestination } from "./file";
import { kubernetesDestination } from "./kubernetes";

/** What destinations are reached with. */
export interface DestinationOptions {
  /** The project: the folder that file names are relative to, and that files are delivered in. Absolute. */
  readonly folder: string;
  /** Folders outside of it that files are delivered in too: those of keys files. Absolute. @default none */
  readonly beside?: readonly string[];
}

/** Where values can go. Clients of clusters and clouds are loaded when the first value goes there. */
export function destinations({ folder, beside = [] }: DestinationOptions): Destinations {
  const file = fileDestination(folder, beside);
  const kubernetes = kubernetesDestination();
  const aws = awsDestination();
  return {
    of: (place: Delivery): Destination => {
      if ("file" in place) return file as Destination;
      return ("kubernetes" in place ? kubernetes : aws) as Destination;
    },
  };
}
