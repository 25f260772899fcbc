import type { Insertion } from "../body";
import type { Refusal } from "../errors";
import type { Identity } from "../identity";
import { chooseKey, type GatewayKey, type Grant, type Policy } from "../policy";
import type { Outgoing, Profile } from "../profiles";
import { headerLines } from "../upstream";

/** The client's own would become tags: LiteLLM makes some of it. */
const USER_AGENT = "litellm-identity-proxy";

/** All that is the same for every request of one caller: computed once, and kept beside the verified identity. */
export interface Caller {
  readonly identity: Identity;
  readonly grant: Grant;
  /** Header lines as text: the gateway's key, the identity, and always the same user agent. */
  readonly lines: string;
  readonly members: readonly Insertion[];
  /** Whether a request without a body tells the gateway all. */
  readonly inHeaders: boolean;
  readonly changedTags: number;
  /** The same caller on pass-through routes. */
  readonly passThrough?: Caller;
}

/** Callers by identity. Each generation of settings has its own, so that a reload changes rights at once. */
export class Callers {
  private readonly known = new WeakMap<Identity, Caller | Refusal>();

  constructor(
    private readonly policy: Policy,
    private readonly profile: Profile,
    private readonly keys: readonly GatewayKey[],
  ) {}

  /** What `identity` may do and how the gateway is told, or why nothing. */
  get(identity: Identity): Caller | Refusal {
    const before = this.known.get(identity);
    if (before) return before;
    const caller = this.compute(identity);
    this.known.set(identity, caller);
    return caller;
  }

  private compute(identity: Identity): Caller | Refusal {
    const grant = this.policy.grant(identity);
    if ("unknown" in grant) return { status: 403, code: "group_unknown", message: "one of your groups is not known here" };
    const key = chooseKey(this.keys, grant.groups);
    if (key === undefined)
      return { status: 403, code: "no_gateway_key", message: "none of your groups has access to the gateway" };
    const told = ({ headers, ...rest }: Outgoing): Caller => ({
      identity,
      grant,
      lines: headerLines([...this.profile.credential(key), ...headers.flat(), "user-agent", USER_AGENT]),
      ...rest,
    });
    const elsewhere = this.profile.outgoingPassThrough?.(identity.user, grant.tags);
    return { ...told(this.profile.outgoing(identity.user, grant.tags)), ...(elsewhere && { passThrough: told(elsewhere) }) };
  }
}
