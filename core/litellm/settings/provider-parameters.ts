const DECLARED = Symbol("provider parameters");

/** What {@link providerParameters} returns: to be spread into `litellm_params`. */
export interface ProviderParameters {
  /** The names that are meant for the provider; not rendered. */
  readonly [DECLARED]?: readonly string[];
}

/**
 * Parameters that LiteLLM does not know and hands on to the provider: the one way past the closed `litellm_params`.
 *
 * ```ts
 * litellm_params: { model: "infinity/rerank", ...providerParameters({ raw_scores: true }) }
 * ```
 *
 * Once for each `litellm_params`: of two, the second's names alone count.
 */
export function providerParameters(parameters: Readonly<Record<string, unknown>>): ProviderParameters {
  return { ...parameters, [DECLARED]: Object.keys(parameters) };
}

/** The names that a configuration written in TypeScript declares for providers, sorted: what `checkSettings` is told. */
export function declaredProviderParameters(config: {
  readonly model_list?: readonly { readonly litellm_params: object }[] | null;
}): string[] {
  const declared = (config.model_list ?? []).flatMap(
    ({ litellm_params }) => (litellm_params as ProviderParameters)[DECLARED] ?? [],
  );
  return [...new Set(declared)].sort();
}
