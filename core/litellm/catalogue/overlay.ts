import type { SectionName } from "./catalogue";
import { VERSIONS } from "./versions";

/** A name that LiteLLM uses and that the generator cannot see. */
export interface OverlayEntry {
  /** The section that takes the name. */
  readonly section?: SectionName;
  /** Or the nested mapping that does. */
  readonly model?: string;
  readonly name: string;
  /** In the notation of `type-notation.ts`. */
  readonly type: string;
  /** The first version that takes it, of those that there is a catalogue of. @default every version takes it */
  readonly since?: string;
  /** Why the generator misses it. */
  readonly reason: string;
  /** Where LiteLLM uses it, and in which version that was read. */
  readonly source: string;
}

/** Kept by hand, for all versions; a test fails when the generator finds one of them by itself in every version. */
export const OVERLAY: readonly OverlayEntry[] = [
  {
    section: "top_level",
    name: "include",
    type: "list<string>",
    reason: "read by a helper outside the loader, through a constant",
    source: "litellm/proxy/common_utils/config_includes.py, LiteLLM 1.108.10",
  },
  {
    section: "guardrail_params",
    name: "weight",
    type: "number",
    reason: "read through a loop variable by the shuffle that picks among guardrails of one name",
    source: "litellm/router_strategy/simple_shuffle.py, LiteLLM 1.108.10",
  },
  ...["budget_limit", "time_period"].map((name) => ({
    model: "BudgetConfig",
    name,
    type: name === "budget_limit" ? "number" : "string",
    reason: "renamed by the constructor",
    source: "litellm/types/utils.py, BudgetConfig.__init__, LiteLLM 1.108.10",
  })),
  {
    model: "LiteLLM_JWTAuth",
    name: "jwt_client_id_field",
    type: "string",
    since: "1.92.2",
    reason: "the older name of virtual_key_claim_field, renamed by the constructor",
    source: "litellm/proxy/_types.py, LiteLLM_JWTAuth.__init__, LiteLLM 1.108.10",
  },
  ...["forward_headers", "merge_query_params"].map((name) => ({
    model: "PassThroughGenericEndpoint",
    name,
    type: "boolean",
    reason: "read from the mapping, not from the model",
    source: "litellm/proxy/pass_through_endpoints/pass_through_endpoints.py, LiteLLM 1.108.10",
  })),
  {
    model: "PassThroughGenericEndpoint",
    name: "custom_auth_parser",
    type: "string",
    reason: "read from the mapping, not from the model",
    source: "litellm/proxy/auth/user_api_key_auth.py, LiteLLM 1.108.10",
  },
];

/** The entries that hold for one registered version. */
export function overlayOf(version: string): OverlayEntry[] {
  return OVERLAY.filter(({ since }) => since === undefined || VERSIONS.indexOf(since) <= VERSIONS.indexOf(version));
}
