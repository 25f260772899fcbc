import type { AwsSettings } from "./aws-environment";
import type { IdentityProxy } from "./identity-proxy";
import type { KeysSettings } from "./keys";

/** Where the value of a secret lives. The value itself is never part of an environment. */
export type SecretSource = { readonly env: string } | { readonly file: string };

/** A secret in AWS Secrets Manager: a name, or the ARN of one that exists already. */
export type AwsSecretSource = { readonly awsSecretsManager: string };

/** Where Terraform keeps the state of an environment's stacks. */
export type StateSettings =
  | { readonly kind: "local" }
  | {
      readonly kind: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly key?: string;
      readonly kmsKeyId?: string;
      readonly profile?: string;
    };

/** What every target knows of LiteLLM. */
export interface LitellmSettings {
  readonly version: string;
  /** LiteLLM's configuration as a tree of plain values. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Environment variables of the gateway that are no secrets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One environment: checked, defaults filled in, frozen. What stacks and tools read. `target` tells which. */
export type Environment = LocalEnvironment | AwsEnvironment;

/** An environment with `target: local`: one machine. */
export interface LocalEnvironment {
  readonly name: string;
  readonly target: "local";
  readonly litellm: LitellmSettings & { readonly port: number };
  /** By the name under which LiteLLM's configuration refers to them: `os.environ/NAME`. */
  readonly secrets: Readonly<Record<string, SecretSource>>;
  readonly database: { readonly port: number };
  /** Absent where clients call LiteLLM itself. */
  readonly identityProxy?: IdentityProxy;
  /** Virtual keys, teams, users, budgets, tags and customers; absent where the environment has none. */
  readonly keys?: KeysSettings;
  readonly state: StateSettings;
}

/** An environment with `target: kubernetes` and a block `aws`: what holds its data is on AWS. */
export interface AwsEnvironment {
  readonly name: string;
  readonly target: "kubernetes";
  readonly litellm: LitellmSettings & {
    /** The least and the most gateways that share the load. */
    readonly replicas: { readonly min: number; readonly max: number };
    /** Processes of each gateway. */
    readonly workers: number;
  };
  readonly secrets: Readonly<Record<string, AwsSecretSource>>;
  readonly aws: AwsSettings;
  readonly state: StateSettings;
}

/** Freezes a value and all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
