import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { Ephemeral } from "../ephemeral";

/** Letters and digits of a generated value: about 285 bits. */
const LENGTH = 48;

interface GeneratedValueProps {
  /** Name in addresses. */
  readonly id: string;
  readonly secretId: string;
  /** What the value begins with. @default nothing */
  readonly prefix?: string;
  /** Terraform cannot know a write-only value; it writes another one when this number changes. @default 1 */
  readonly generation?: number;
  /** Whether a value, once written, stays whatever the code says. @default false */
  readonly neverChange?: boolean;
  /** @default false */
  readonly unsafeAllowDestroy?: boolean;
}

/** A random value, made by AWS while Terraform applies and written into a secret through a write-only argument. */
export class GeneratedValue extends Construct {
  constructor(scope: Construct, constructId: string, props: GeneratedValueProps) {
    super(scope, constructId);
    const { id } = props;
    const random = new Ephemeral(this, "random", "aws_secretsmanager_random_password", {
      password_length: LENGTH,
      exclude_punctuation: true,
      require_each_included_type: true,
    });
    random.overrideLogicalId(id);
    const version = new SecretsmanagerSecretVersion(this, "value", {
      secretId: props.secretId,
      secretStringWo: Fn.join("", [props.prefix ?? "", random.attribute("random_password")]),
      secretStringWoVersion: props.generation ?? 1,
      ...(props.neverChange && {
        lifecycle: { preventDestroy: !props.unsafeAllowDestroy, ignoreChanges: ["secret_string_wo_version"] },
      }),
    });
    version.overrideLogicalId(id);
  }
}
