/** Variables that an environment on AWS provides to LiteLLM by itself. */
export const PROVIDED_BY_AWS: readonly string[] = ["LITELLM_MASTER_KEY", "LITELLM_SALT_KEY", "DATABASE_URL"];
