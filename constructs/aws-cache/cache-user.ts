import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";

/**
 * What the gateway may do: everything with keys, scripts and channels, nothing with the server. `info` is in `@dangerous`, and
 * LiteLLM asks for the version when it starts (litellm/caching/redis_cache.py, LiteLLM 1.108.10).
 */
export const CACHE_ACCESS = "on ~* &* +@all -@dangerous +info";

interface CacheUserProps {
  /** Id of the cache's construct; addresses follow from it. */
  readonly id: string;
  /** For sign-in with IAM, ElastiCache wants the user's id and name to be the same. */
  readonly name: string;
}

/** A user of the cache that signs in with IAM tokens, in a group of its own: nobody else may sign in. */
export class CacheUser extends Construct {
  readonly arn: string;
  readonly groupId: string;
  readonly userName: string;

  constructor(scope: Construct, constructId: string, { id, name }: CacheUserProps) {
    super(scope, constructId);
    const user = new ElasticacheUser(this, "user", {
      userId: name,
      userName: name,
      engine: "valkey",
      accessString: CACHE_ACCESS,
      authenticationMode: { type: "iam" },
    });
    user.overrideLogicalId(id);
    const group = new ElasticacheUserGroup(this, "group", { userGroupId: name, engine: "valkey", userIds: [user.userId] });
    group.overrideLogicalId(id);
    this.arn = user.arn;
    this.groupId = group.userGroupId;
    this.userName = name;
  }
}
