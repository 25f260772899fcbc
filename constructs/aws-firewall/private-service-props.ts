import type { AwsKey } from "../aws-key";

/** What everything needs that holds data and is reached over a VPC's network. */
export interface PrivateServiceProps {
  /** Id of it, and beginning of the names of what belongs to it; at most 40 characters. */
  readonly name: string;
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Private subnets, in two zones at least. */
  readonly subnetIds: readonly string[];
  /** Security groups that may connect. */
  readonly clients: readonly string[];
  /** Key of everything that is stored and logged. */
  readonly key: AwsKey;
  /** Days that logs are kept. @default 400 */
  readonly logDays?: number;
}

/** Days that logs are kept where nothing is said. */
export const DEFAULT_LOG_DAYS = 400;
