import type { AwsContext, PolicyStatement } from "../aws-policy";

/** A Bedrock model that a workload calls, by itself or through an inference profile. */
export interface BedrockModelAccess {
  /** The id of a model or of a profile, or an ARN. */
  readonly id: string;
  readonly region: string;
  /** Of a profile: the id of the model that it stands for, `*` for any. @default it is no profile */
  readonly behind?: string;
}

const ACTIONS = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];

/**
 * Permissions to call models. Calling an inference profile also takes permission for the model behind it in every region
 * that the profile may choose; that one holds only when the call comes through the profile.
 */
export function bedrockStatements(
  models: readonly BedrockModelAccess[],
  { partition, accountId }: AwsContext,
): PolicyStatement[] {
  const profiles = models.filter(({ behind }) => behind !== undefined);
  const direct = models.filter(({ behind }) => behind === undefined);
  const modelArn = (region: string, id: string) => arnOr(id, `arn:${partition}:bedrock:${region}::foundation-model/${id}`);
  const profileArns = profiles.map(({ id, region }) =>
    arnOr(id, `arn:${partition}:bedrock:${region}:${accountId}:inference-profile/${id}`),
  );
  const behind = profiles.map((profile) => modelArn("*", profile.behind ?? "*"));
  return [
    ...statement(
      "CallModels",
      direct.map(({ id, region }) => modelArn(region, id)),
    ),
    ...statement("CallProfiles", profileArns),
    ...statement("CallModelsOfProfiles", [...new Set(behind)]).map((one) => ({
      ...one,
      conditions: { ArnLike: { "bedrock:InferenceProfileArn": profileArns } },
    })),
  ];
}

function statement(sid: string, resources: readonly string[]): PolicyStatement[] {
  return resources.length === 0 ? [] : [{ sid, actions: ACTIONS, resources: [...resources] }];
}

function arnOr(id: string, arn: string): string {
  return id.startsWith("arn:") ? id : arn;
}
