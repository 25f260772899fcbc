import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LocalGateway, type LocalIdentityProxy } from "../constructs";
import { deploymentDigest, type KeysSettings, type LocalEnvironment } from "../core/config";
import { renderConfig } from "../core/litellm";
import { addBackend } from "./backend";
import { declareEnvironmentFile, madeFrom } from "./made-from";
import type { ProjectPlaces } from "./project-places";

/** The one stack of an environment with `target: local`: the gateway on this machine. Its id is the environment's name. */
export class LocalStack extends TerraformStack {
  constructor(scope: Construct, environment: LocalEnvironment, places: ProjectPlaces) {
    super(scope, environment.name);
    const identityProxy = identityProxyOf(environment);

    // `plantimestamp` came with 1.5, S3's own lock file with 1.10.
    this.addOverride("terraform.required_version", ">= 1.10");
    addBackend(this, environment.name, environment, places.projectFolder);
    const gateway = new LocalGateway(this, "gateway", {
      environmentName: environment.name,
      environmentFile: places.environmentFile,
      configuration: renderConfig(environment.litellm.config),
      litellmVersion: environment.litellm.version,
      port: environment.litellm.port,
      databasePort: environment.database.port,
      environment: environment.litellm.environment,
      secrets: secretPlaces(environment),
      ...(identityProxy && { identityProxy }),
      ...(environment.keys && { keys: keysText(environment.keys) }),
      plannedDigest: deploymentDigest(environment),
      projectFolder: places.projectFolder,
      toolkit: places.toolkit,
    });
    declareEnvironmentFile(this, places.environmentFile);
    madeFrom(gateway, "litellm", "secrets", "identityProxy", "keys", "database");
  }
}

function identityProxyOf({ identityProxy }: LocalEnvironment): LocalIdentityProxy | undefined {
  if (!identityProxy) return undefined;
  const users = Object.entries(identityProxy.development?.users ?? {}).map(([name, { email, groups }]) => [
    name,
    [email, ...groups].join(", "),
  ]);
  return {
    settings: renderConfig(identityProxy.settings),
    ...(users.length > 0 && { users: Object.fromEntries(users) }),
  };
}

/** What the keys files want, in LiteLLM's own words, so that a reviewer sees a budget change. Names what has a value only. */
function keysText({ owner, policy, desired }: KeysSettings): string {
  const said: unknown = JSON.parse(JSON.stringify(desired, (_, value: unknown) => value ?? undefined));
  return renderConfig({ owner, policy, wanted: said });
}

/** Where each secret lives, in words: part of the plan, so that a reviewer sees a key move. */
function secretPlaces({ secrets }: LocalEnvironment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, place]) => [name, "env" in place ? `env ${place.env}` : `file ${place.file}`]),
  );
}
