import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { Construct } from "constructs";

/** The account and the partition that Terraform deploys to, for ARNs of what it does not make itself. */
export class AwsContext extends Construct {
  readonly accountId: string;
  readonly partition: string;

  constructor(scope: Construct, constructId: string, id: string) {
    super(scope, constructId);
    const account = new DataAwsCallerIdentity(this, "account");
    account.overrideLogicalId(`${id}_account`);
    const partition = new DataAwsPartition(this, "partition");
    partition.overrideLogicalId(`${id}_partition`);
    this.accountId = account.accountId;
    this.partition = partition.partition;
  }
}
