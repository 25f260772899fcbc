import type { Delivery } from "./desired";

/** A statement of an IAM policy, in IAM's own words. */
export interface PolicyStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** Where an account's secrets are. */
export interface AwsHome {
  readonly account: string;
  /** Of places that name none. */
  readonly region: string;
  /** @default aws */
  readonly partition?: string;
}

/** The least rights for delivery: the named secrets and no others; values are read only where a field has to be merged. */
export function awsRights(places: readonly Delivery[], home: AwsHome): PolicyStatement[] {
  const aws = places.flatMap((place) => ("awsSecretsManager" in place ? [place.awsSecretsManager] : []));
  const written = aws.flatMap((secret) => arnsOf(secret, home));
  const merged = aws.filter(({ field }) => field !== undefined).flatMap((secret) => arnsOf(secret, home));
  return [
    statement(["CreateSecret", "DescribeSecret", "PutSecretValue", "TagResource"], written),
    statement(["GetSecretValue"], merged),
  ].filter(({ Resource }) => Resource.length > 0);
}

function statement(actions: readonly string[], arns: readonly string[]): PolicyStatement {
  return { Effect: "Allow", Action: actions.map((action) => `secretsmanager:${action}`), Resource: [...new Set(arns)].sort() };
}

type Secret = Extract<Delivery, { awsSecretsManager: unknown }>["awsSecretsManager"];

/** AWS adds a dash and six characters of its own to a secret's name; while it is being made, it has none yet. */
function arnsOf({ name, region }: Secret, { account, region: homeRegion, partition = "aws" }: AwsHome): string[] {
  if (name.startsWith("arn:")) return [name];
  const arn = `arn:${partition}:secretsmanager:${region ?? homeRegion}:${account}:secret:${name}`;
  return [arn, `${arn}-??????`];
}
