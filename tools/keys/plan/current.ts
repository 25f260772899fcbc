import type { Json, Kind } from "../../../core/keys";

/** A thing as the gateway answers it, field for field; nothing in it is secret. */
export interface CurrentObject {
  readonly kind: Kind;
  /** `team_id`, `user_id`, `budget_id`, `tag_name`; of a key the token id, which is the SHA-256 (hex) of its value. */
  readonly id: string;
  /** The row, in LiteLLM's own words, unknown fields of newer versions included. */
  readonly fields: Readonly<Record<string, Json>>;
}

/** All that a gateway has. */
export interface Current {
  readonly objects: readonly CurrentObject[];
  readonly keys: readonly CurrentObject[];
}
