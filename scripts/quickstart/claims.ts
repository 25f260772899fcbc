/** What a client claims to be, in every way that it can be said. */
export interface Claims {
  readonly headers: Readonly<Record<string, string>>;
  /** Members of the body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Nothing but the token. */
export const HONEST: Claims = { headers: {}, body: {} };

/** Claims to be somebody else in three headers and four members of the body, each of which LiteLLM 1.108.10 believes of a client. */
export function claiming(email: string, group: string): Claims {
  return {
    headers: { "x-litellm-end-user-id": email, "x-litellm-customer-id": email, "x-litellm-tags": group },
    body: {
      user: email,
      tags: [group],
      metadata: { tags: [group], user_id: email },
      litellm_params: { metadata: { user_api_key_end_user_id: email, tags: [group] } },
    },
  };
}
