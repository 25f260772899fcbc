import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";
import type { AwsKey } from "../aws-key";
import { GeneratedValue } from "./generated-value";

/** Properties of {@link AwsSecrets}. */
export interface AwsSecretsProps {
  /** Key of the secrets that are made here. */
  readonly key: AwsKey;
  /** Beginning of the names of generated secrets, such as `prod/litellm`. */
  readonly prefix: string;
  /**
   * Variables of the gateway, each with the name of a secret that is made empty for people to fill, or with the ARN of one
   * that exists already. `LITELLM_MASTER_KEY` and `LITELLM_SALT_KEY` are generated unless they stand here.
   * @default none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /** Count it up to have another master key made: the old one stops working. @default 1 */
  readonly masterKeyGeneration?: number;
  /** Days in which a deleted secret can be had back, 7 to 30. @default 30 */
  readonly recoveryDays?: number;
  /** Lets `terraform destroy` delete the secrets. @default false: Terraform refuses */
  readonly unsafeAllowDestroy?: boolean;
}

/** The key that opens everything in LiteLLM. LiteLLM wants this prefix of it. */
const MASTER_KEY = "LITELLM_MASTER_KEY";
/** What LiteLLM encrypts credentials in its database with. Another value makes them unreadable for ever. */
const SALT_KEY = "LITELLM_SALT_KEY";
const MASTER_KEY_PREFIX = "sk-";
const RECOVERY_DAYS = 30;

/**
 * Secrets of a gateway in AWS Secrets Manager. No value passes through code, plan or state: the master key and the salt key
 * are random, made while Terraform applies and written to where they stay; the others are containers that people fill.
 */
export class AwsSecrets extends Construct {
  /** ARNs by the variable that the gateway reads. */
  readonly arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AwsSecretsProps) {
    super(scope, id);

    const { variables = {} } = props;
    const declared = Object.entries(variables).map(([variable, place]) => [
      variable,
      isArn(place) ? this.existing(id, variable, place) : this.container(`${id}_${variable}`, place, props).arn,
    ]);
    const generated = [MASTER_KEY, SALT_KEY].filter((name) => !(name in variables));
    this.arns = Object.fromEntries([...declared, ...generated.map((name) => [name, this.generated(name, props)])]);
  }

  /** One that exists already: read at plan time, so that a misspelt ARN is an error then. */
  private existing(id: string, variable: string, arn: string): string {
    const secret = new DataAwsSecretsmanagerSecret(this, variable, { arn });
    secret.overrideLogicalId(`${id}_${variable}`);
    return secret.arn;
  }

  private container(address: string, name: string, props: AwsSecretsProps): SecretsmanagerSecret {
    const secret = new SecretsmanagerSecret(this, address, {
      name,
      kmsKeyId: props.key.arn,
      recoveryWindowInDays: props.recoveryDays ?? RECOVERY_DAYS,
      lifecycle: { preventDestroy: !props.unsafeAllowDestroy },
    });
    secret.overrideLogicalId(address);
    return secret;
  }

  private generated(variable: string, props: AwsSecretsProps): string {
    const address = variable === SALT_KEY ? "salt_key" : "master_key";
    const secret = this.container(address, `${props.prefix}/${variable}`, props);
    new GeneratedValue(this, `${address}_value`, {
      id: address,
      secretId: secret.id,
      ...(variable === SALT_KEY
        ? { neverChange: true, unsafeAllowDestroy: props.unsafeAllowDestroy === true }
        : { prefix: MASTER_KEY_PREFIX, generation: props.masterKeyGeneration ?? 1 }),
    });
    return secret.arn;
  }
}

function isArn(place: string): boolean {
  return place.startsWith("arn:");
}
