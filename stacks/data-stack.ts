import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AwsAudit, AwsCache, AwsDatabase, AwsKey, AwsSecrets, addAwsProvider } from "../constructs/aws";
import { type AwsEnvironment, gatewayVariables } from "../core/config";
import { addBackend } from "./backend";
import { addGatewayRole, type GatewayResources } from "./gateway-role";
import { declareEnvironmentFile, madeFrom } from "./made-from";
import type { ProjectPlaces } from "./project-places";
import { secretPlaces } from "./secret-places";

/**
 * `<environment>-data`: what holds an environment's data on AWS, and who may reach it. A stack of its own, because it
 * outlives every gateway that is deployed beside it.
 */
export class DataStack extends TerraformStack {
  constructor(
    scope: Construct,
    private readonly environment: AwsEnvironment,
    places: ProjectPlaces,
  ) {
    const id = `${environment.name}-data`;
    super(scope, id);

    const { aws } = environment;
    addBackend(this, id, environment, places.projectFolder);
    addAwsProvider(this, { region: aws.region, accountId: aws.account, tags: tagsOf(environment) });
    const resources = this.resources();
    const roleArn = aws.access && addGatewayRole(this, environment, aws.access, resources);
    this.outputs(resources, roleArn);
    declareEnvironmentFile(this, places.environmentFile);
    this.declareOrigins(resources);
  }

  private declareOrigins({ database, cache, secrets, audit }: GatewayResources): void {
    madeFrom(this, "aws");
    madeFrom(database, "aws.database");
    if (cache) madeFrom(cache, "aws.cache");
    madeFrom(secrets, "secrets", "aws.secrets");
    madeFrom(audit, "aws.audit");
  }

  private get prefix(): string {
    return `${this.environment.name}-litellm`;
  }

  private resources(): GatewayResources {
    const { name, aws } = this.environment;
    const { database, cache, audit, unsafeWithoutDeletionProtection } = aws;
    const unsafeAllowDestroy = unsafeWithoutDeletionProtection;
    const { vpc: vpcId, subnets: subnetIds, clients } = aws.network;
    const dataKey = this.key("data", "database, cache and logs");
    const secretsKey = this.key("secrets", "secrets");
    const shared = { name: this.prefix, vpcId, subnetIds, clients, key: dataKey, logDays: audit.keepDays };
    return {
      secretsKey,
      auditKey: dataKey,
      database: new AwsDatabase(this, "database", { ...shared, ...database, unsafeWithoutDeletionProtection }),
      ...(cache && { cache: new AwsCache(this, "cache", { ...shared, ...cache }) }),
      secrets: new AwsSecrets(this, "secret", {
        key: secretsKey,
        prefix: `${name}/litellm`,
        variables: secretPlaces(this.environment),
        ...aws.secrets,
        unsafeAllowDestroy,
      }),
      audit: new AwsAudit(this, "audit", { name: this.prefix, key: dataKey, ...audit, unsafeAllowDestroy }),
    };
  }

  private key(name: "data" | "secrets", holds: string): AwsKey {
    const { aws } = this.environment;
    return new AwsKey(this, `${name}_key`, {
      name: `${this.prefix}-${name}`,
      description: `${this.prefix}: ${holds}`,
      ...(name === "data" && { logRegion: aws.region }),
      unsafeAllowDestroy: aws.unsafeWithoutDeletionProtection,
    });
  }

  /** What a gateway needs to know, and nothing that is secret. */
  private outputs({ database, cache, secrets, audit }: GatewayResources, roleArn: string | undefined): void {
    const { aws } = this.environment;
    const endpoints = { databaseHost: database.host, ...(cache && { cacheHost: cache.host }) };
    const values: Readonly<Record<string, unknown>> = {
      gateway_environment: gatewayVariables(aws, endpoints, this.prefix),
      gateway_secrets: secrets.arns,
      gateway_log_group: audit.logGroup,
      gateway_role: roleArn,
      database_master_secret: database.masterSecretArn,
      load_balancer: aws.loadBalancer,
    };
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) new TerraformOutput(this, name, { value, staticId: true });
    }
  }
}

/** Tags of every resource: the user's, and whose they are. */
function tagsOf({ name, aws }: AwsEnvironment): Record<string, string> {
  return { ...aws.tags, Product: "litellm-gateway", Environment: name, ManagedBy: "cdktf-litellm" };
}
