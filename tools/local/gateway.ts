import type { IdentityProxy } from "../../core/config";

/** Where a secret's value lives: in a variable of the caller's environment, or in a file (absolute path, one newline at its end is cut). */
export type LocalSecret = { readonly env: string } | { readonly file: string };

/** What an environment asks of the local target. */
export interface LocalGateway {
  /** The environment's name; names its folder in `.local`. */
  readonly name: string;
  readonly litellmVersion: string;
  /** LiteLLM's rendered `config.yaml`. */
  readonly config: string;
  /** LiteLLM's port on 127.0.0.1. */
  readonly port: number;
  /** PostgreSQL's port on 127.0.0.1. */
  readonly databasePort: number;
  /** Plain variables of LiteLLM's environment. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** Secret variables of LiteLLM's environment, by name. */
  readonly secrets: Readonly<Record<string, LocalSecret>>;
  /** What stands before LiteLLM. @default clients call LiteLLM itself */
  readonly identityProxy?: IdentityProxy;
  /** The variable of LiteLLM's process that holds its master key. @default LITELLM_MASTER_KEY */
  readonly masterKeyVariable?: string;
}
