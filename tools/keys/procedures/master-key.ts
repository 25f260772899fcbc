import { asArgument } from "../../../core/findings";
import { compareReleases } from "../../../core/litellm";
import type { GatewayKeys, Procedure } from "./procedure";

/** The first release line that re-encrypts at its start when the variable is set (litellm/proxy/db/master_key_migration.py, 1.108.10). */
const MIGRATES_FROM = "1.104.0";

/**
 * How to change `LITELLM_MASTER_KEY`. With a salt key it is a sign-in and nothing more. Without one it also encrypts what
 * is stored (`_get_salt_key` in litellm/proxy/common_utils/encrypt_decrypt_utils.py, 1.108.10), so that changing it loses
 * stored credentials, unless the release can re-encrypt them.
 */
export function masterKeyProcedure(keys: GatewayKeys): Procedure {
  const { environment, version, hasSaltKey, isShared } = keys;
  if (isShared) {
    const refused =
      "the salt key has the same source as the master key, so both would change, and what is stored could not be read";
    return { refused, repair: "give LITELLM_SALT_KEY a source of its own with the value of today, deploy, and run this again" };
  }
  if (!hasSaltKey && compareReleases(version, MIGRATES_FROM) < 0) {
    const refused = `there is no salt key, and LiteLLM ${version} cannot re-encrypt: credentials and models in the database would be lost`;
    return { refused, repair: "declare LITELLM_SALT_KEY with the value of the master key of today, deploy, and run this again" };
  }
  const title = `Change the master key of ${environment} (LiteLLM ${version})`;
  return { title, steps: hasSaltKey ? withSalt(keys) : withoutSalt(keys) };
}

function withSalt({ file, deploy, source }: GatewayKeys): string[] {
  return [
    "See that a database backup of today can be restored.",
    `Run \`npx cdktf-litellm keys report ${asArgument(file)}\`: no client may sign in with the master key. Give each that does a key of its own first.`,
    `Write a new value of at least 32 random bytes, beginning with \`sk-\`, to ${source}. Leave LITELLM_SALT_KEY as it is.`,
    `Run \`${deploy}\`. All replicas have to restart; until the last one has, either key is refused by some of them.`,
    `Run \`npx cdktf-litellm keys plan ${asArgument(file)}\` with the new key: it signs in and finds nothing to do.`,
    "Ask the gateway anything with the old key: it has to answer 401.",
    "Make a virtual key's request: it has to be answered. Virtual keys do not depend on the master key.",
  ];
}

function withoutSalt({ file, deploy, source }: GatewayKeys): string[] {
  return [
    "Make a database backup, and see that it can be restored: this re-encrypts what is stored.",
    `Run \`npx cdktf-litellm keys report ${asArgument(file)}\`: no client may sign in with the master key.`,
    "Scale the gateway to one replica.",
    "Declare LITELLM_MIGRATE_FROM_MASTER_KEY with the value of today. Do not declare LITELLM_SALT_KEY in the same step: with it LiteLLM re-encrypts nothing.",
    `Write a new value of at least 32 random bytes, beginning with \`sk-\`, to ${source}.`,
    `Run \`${deploy}\`, and read LiteLLM's log until it says \`Done re-encrypting\`.`,
    "Open a stored credential and a stored model in LiteLLM's interface: both have to be readable. If not, restore the backup and the old values.",
    "Take LITELLM_MIGRATE_FROM_MASTER_KEY out, deploy again, and scale back.",
    "Ask the gateway anything with the old key: it has to answer 401.",
  ];
}
