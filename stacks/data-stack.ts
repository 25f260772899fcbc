import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AwsDatabase, AwsKey, addAwsProvider } from "../constructs/aws";
import type { AwsEnvironment } from "../core/config";
import { addBackend } from "./backend";
import type { ProjectPlaces } from "./project-places";

/**
 * `<environment>-data`: what holds an environment's data on AWS, and who may reach it. A stack of its own, because it
 * outlives every gateway that is deployed beside it.
 */
export class DataStack extends TerraformStack {
  constructor(scope: Construct, environment: AwsEnvironment, places: ProjectPlaces) {
    const id = `${environment.name}-data`;
    super(scope, id);

    const { name, aws } = environment;
    const prefix = `${name}-litellm`;
    const { network, database } = aws;
    const unsafeAllowDestroy = database.unsafeWithoutDeletionProtection;
    addBackend(this, id, environment, places.projectFolder);
    addAwsProvider(this, { region: aws.region, accountId: aws.account, tags: tagsOf(environment) });
    const key = new AwsKey(this, "data_key", {
      name: `${prefix}-data`,
      description: `${prefix}: database, cache and logs`,
      logRegion: aws.region,
      unsafeAllowDestroy,
    });
    new AwsDatabase(this, "database", {
      ...database,
      name: prefix,
      vpcId: network.vpc,
      subnetIds: network.subnets,
      clients: network.clients,
      key,
    });
  }
}

/** Tags of every resource: the user's, and whose they are. */
function tagsOf({ name, aws }: AwsEnvironment): Record<string, string> {
  return { ...aws.tags, Product: "litellm-gateway", Environment: name, ManagedBy: "cdktf-litellm" };
}
