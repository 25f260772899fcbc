import { hash, randomBytes } from "node:crypto";
import { inspect } from "node:util";

const HIDDEN = "(hidden)";

/** The value of a key on its way to its destination. It does not show itself: not printed, not in JSON, not inspected. */
export class SecretValue {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** A new value as LiteLLM wants it: `sk-` and 32 random bytes. */
  static random(): SecretValue {
    return new SecretValue(`sk-${randomBytes(32).toString("base64url")}`);
  }

  /** What LiteLLM stores in its place: SHA-256, hex (`hash_token` in litellm/proxy/_types.py, 1.108.10). */
  get tokenId(): string {
    return hash("sha256", this.#value);
  }

  /** The value itself: for the request that makes the key, and for the destination. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
