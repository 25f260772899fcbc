import type { GatewayKeys, Procedure } from "./procedure";

/**
 * How to change `LITELLM_SALT_KEY`: no release known here can (1.83.14 to 1.109.1). What is stored under it is read with it
 * alone; `/credentials/migrate-encryption` changes the algorithm and not the key.
 */
export function saltKeyProcedure({ environment, version, hasSaltKey }: GatewayKeys): Procedure {
  if (!hasSaltKey) {
    const refused = "there is no salt key: what is stored is encrypted with the master key";
    return { refused, repair: "declare LITELLM_SALT_KEY with the value of the master key of today: it stays what encrypts" };
  }
  const refused = `LiteLLM ${version} cannot re-encrypt from one salt key to another: every stored credential and model of ${environment} would be lost`;
  return {
    refused,
    repair: "docs/runbooks/rotate-salt-key.md has what can be done when it leaked: export, empty, and enter anew",
  };
}
