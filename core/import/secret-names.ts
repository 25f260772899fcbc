import { ownValue } from "../source";
import type { FoundScalar } from "./config-source";

/** Variables by the setting that they are customary for. */
const CUSTOMARY: Readonly<Record<string, string>> = {
  "general_settings.master_key": "LITELLM_MASTER_KEY",
  "general_settings.salt_key": "LITELLM_SALT_KEY",
  "litellm_settings.cache_params.password": "REDIS_PASSWORD",
  "litellm_settings.cache_params.url": "REDIS_URL",
};
/** Names that say nothing of whose credential it is. */
const GENERAL = /^(?:api_?key|key|token|password|secret|authorization|auth|bearer_token|auth_value|x_api_key|client_secret)$/i;

/** The names of variables that stand in for credentials: one for each value, and none twice. */
export class SecretNames {
  private readonly byValue = new Map<string, string>();
  private readonly taken: Set<string>;
  /** How often a name was asked for. */
  private readonly counts = new Map<string, number>();

  /** @param reserved names that mean something else already */
  constructor(reserved: Iterable<string>) {
    this.taken = new Set(reserved);
  }

  /**
   * The variable for a value; the same for the same value.
   *
   * @param owner who the credential is for, such as a provider; used where the setting's name does not say it
   */
  nameFor(value: string, place: Pick<FoundScalar, "path" | "name">, owner: string | undefined): string {
    const known = this.byValue.get(value);
    if (known !== undefined) return known;
    const name = this.free(customaryName(place, owner));
    this.byValue.set(value, name);
    return name;
  }

  /** Credentials that were seen. */
  values(): string[] {
    return [...this.byValue.keys()];
  }

  private free(wanted: string): string {
    let count = this.counts.get(wanted) ?? 0;
    let name: string;
    do name = ++count === 1 ? wanted : `${wanted}_${count}`;
    while (this.taken.has(name));
    this.counts.set(wanted, count);
    this.taken.add(name);
    return name;
  }
}

function customaryName({ path, name }: Pick<FoundScalar, "path" | "name">, owner: string | undefined): string {
  const customary = ownValue(CUSTOMARY, path.join("."));
  if (customary) return customary;
  const own = inWords(name);
  const variable = (GENERAL.test(own) && owner ? `${inWords(owner)}_${own}` : own).toUpperCase();
  return /^[A-Z]/.test(variable) ? variable : `SECRET_${variable}`;
}

function inWords(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
}
