import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";

/** Where a stack's AWS resources go, and what they are marked with. */
export interface AwsProviderOptions {
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** The only account that the stack may be deployed to. @default any */
  readonly accountId?: string;
  /** Tags of every resource. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Lets a stack make AWS resources. Credentials come from the environment of whoever deploys, as for the AWS command.
 *
 * Terraform must be 1.11 or later: that release brought the write-only arguments that keep values out of the state.
 */
export function addAwsProvider(stack: TerraformStack, { region, accountId, tags }: AwsProviderOptions): void {
  new AwsProvider(stack, "aws", {
    region,
    ...(accountId !== undefined && { allowedAccountIds: [accountId] }),
    ...(tags && Object.keys(tags).length > 0 && { defaultTags: [{ tags: { ...tags } }] }),
  });
  stack.addOverride("terraform.required_version", ">= 1.11");
}
