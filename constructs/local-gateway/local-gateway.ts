import { Construct } from "constructs";
import { literal, TerraformData } from "../terraform-data";
import { generation } from "./liveness";

/** The identity proxy of a {@link LocalGateway}, as a plan shows it. */
export interface LocalIdentityProxy {
  /** Its rendered settings file, with secrets by reference. */
  readonly settings: string;
  /** Users of the development issuer, each with what its tokens say. @default no development issuer */
  readonly users?: Readonly<Record<string, string>>;
}

/** Properties of {@link LocalGateway}. */
export interface LocalGatewayProps {
  /** Name of the environment; its files lie in `.local/<name>` of the project. */
  readonly environmentName: string;
  /** The environment file, relative to the project folder. */
  readonly environmentFile: string;
  /** LiteLLM's rendered `config.yaml`. A plan shows its differences line by line. */
  readonly configuration: string;
  /** The LiteLLM release that is installed. */
  readonly litellmVersion: string;
  /** Port of LiteLLM on 127.0.0.1. */
  readonly port: number;
  /** Port of PostgreSQL on 127.0.0.1. */
  readonly databasePort: number;
  /** Environment variables of the gateway that are no secrets. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Names of secrets, each with where its value lives; never a value. @default none */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What stands before LiteLLM. @default clients call LiteLLM itself */
  readonly identityProxy?: LocalIdentityProxy;
  /** What keys files want of the gateway, as text that a plan shows; never a value of a key. @default there are none */
  readonly keys?: string;
  /** Fingerprint of what is planned: `local up` refuses to apply anything else. @default whatever the file says then */
  readonly plannedDigest?: string;
  /** The project folder, relative to the folder that Terraform runs in. */
  readonly projectFolder: string;
  /** The command that runs `cdktf-litellm` from the project folder, such as `node dist/tools/cli/main.js`. */
  readonly toolkit: string;
}

/**
 * A LiteLLM gateway on the machine that runs Terraform, with its PostgreSQL and the identity proxy before it:
 * `terraform_data` only, no provider.
 *
 * Creating it runs `cdktf-litellm local up`, which returns when the gateway answers. A changed configuration, or a
 * supervisor that died, replaces the gateway resource, and `up` restarts only what the change concerns. Destroying it
 * stops every process and deletes the data.
 */
export class LocalGateway extends Construct {
  constructor(scope: Construct, id: string, props: LocalGatewayProps) {
    super(scope, id);

    const project = `\${path.module}/${props.projectFolder}`;
    const run = `${project}/.local/${props.environmentName}/run`;

    // Addresses are contract, so they follow from this construct's id alone, not from where it stands in the tree.
    // On a resource of its own that never changes: a replacement of the gateway must not delete its data.
    const installation = new TerraformData(this, "installation", {
      provisioners: [
        {
          type: "local-exec",
          when: "destroy",
          workingDir: project,
          command: `${props.toolkit} local down ${quote(props.environmentName)} --delete-data`,
        },
      ],
    });
    installation.overrideLogicalId(`${id}_installation`);

    const gateway = new TerraformData(this, "process", {
      // Triggers and not `input`: of a replaced resource Terraform would print the former input once more, as its output.
      triggersReplace: { ...wantedOf(props), generation: `\${${generation(run)}}` },
      dependsOn: [installation],
      provisioners: [
        {
          type: "local-exec",
          workingDir: project,
          command: `${props.toolkit} local up ${literal(quote(props.environmentFile))}`,
          environment: {
            CDKTF_LITELLM_GENERATION: `\${self.triggers_replace.generation}`,
            ...(props.plannedDigest && { CDKTF_LITELLM_PLANNED: props.plannedDigest }),
          },
        },
      ],
    });
    gateway.overrideLogicalId(id);
  }
}

/** What a plan shows of the gateway, and what replaces it when it changes. */
function wantedOf(props: LocalGatewayProps): Readonly<Record<string, unknown>> {
  return {
    configuration: literal(props.configuration),
    litellm_version: props.litellmVersion,
    port: props.port,
    database_port: props.databasePort,
    environment: literalValues(props.environment ?? {}),
    secrets: literalValues(props.secrets ?? {}),
    ...(props.identityProxy && frontOf(props.identityProxy)),
    ...(props.keys !== undefined && { keys: literal(props.keys) }),
  };
}

function frontOf({ settings, users }: LocalIdentityProxy): Readonly<Record<string, unknown>> {
  return { identity_proxy: literal(settings), ...(users && { development_users: literalValues(users) }) };
}

function literalValues(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, literal(value)]));
}

/** A word for `sh`. */
function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
