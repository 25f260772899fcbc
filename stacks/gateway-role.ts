import type { Construct } from "constructs";
import { AwsAccess, type AwsAudit, type AwsCache, type AwsDatabase, type AwsKey, type AwsSecrets } from "../constructs/aws";
import { type AwsEnvironment, type AwsWorkload, DATABASE_USER } from "../core/config";
import { bedrockUse } from "../core/litellm";

/** What a gateway uses of the data stack. */
export interface GatewayResources {
  readonly database: AwsDatabase;
  readonly cache?: AwsCache;
  readonly secrets: AwsSecrets;
  readonly secretsKey: AwsKey;
  readonly audit: AwsAudit;
  readonly auditKey: AwsKey;
}

/** The role of the gateway's pods: the models in its model list, its own secrets, its database, its cache, its bucket. */
export function addGatewayRole(
  scope: Construct,
  { name, litellm, aws }: AwsEnvironment,
  workload: AwsWorkload,
  { database, cache, secrets, secretsKey, audit, auditKey }: GatewayResources,
): string {
  const { namespace, serviceAccount } = workload;
  const access = new AwsAccess(scope, "gateway", {
    name: `${name}-litellm-gateway`,
    description: `LiteLLM gateway of ${name}`,
    region: aws.region,
    identity:
      "cluster" in workload
        ? { namespace, serviceAccount, cluster: workload.cluster, region: aws.region }
        : { namespace, serviceAccount, oidcProviderArn: workload.oidcProvider },
  });
  const { models, roles } = bedrockUse(litellm.config, aws.region);
  access.grantBedrock(models);
  access.grantRoles(roles);
  access.grantSecrets(Object.values(secrets.arns), secretsKey.arn);
  access.grantDatabase(database.resourceId, DATABASE_USER);
  if (cache?.user) access.grantCache(cache.arn, cache.user.arn);
  if (audit.bucket) access.grantPut(audit.bucket.arn, auditKey.arn);
  return access.roleArn;
}
