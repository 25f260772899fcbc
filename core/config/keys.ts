import { type Desired, type GatewayFacts, type LoadedKeys, loadKeys, milliseconds } from "../keys";
import { modelGroupsOf } from "../litellm";
import { besideFile, type MapNode, nodeAt, placeOfValue, toValue } from "../source";
import type { EnvironmentInput } from "./schema";
import { DEFAULT_LITELLM_PORT, DEFAULT_LITELLM_VERSION } from "./schema";

/** Where values of keys that left the file, or were replaced, stay blocked before they are deleted. */
export const DEFAULT_DELETE_AFTER = "30d";
/** The secret that `keys apply` signs in with where the environment names none. */
export const DEFAULT_SIGN_IN = "LITELLM_MASTER_KEY";

/** The keys of an environment: what they are to be, and how they get there. */
export interface KeysSettings {
  readonly files: readonly string[];
  readonly desired: Desired;
  readonly owner: string;
  readonly policy: "sync" | "upsert-only" | "create-only";
  /** Where the gateway's API is, without a slash at its end. */
  readonly url: string;
  /** Name of the secret that is signed in with. */
  readonly signIn: string;
  /** Milliseconds that a blocked key is kept. */
  readonly deleteAfter: number;
}

/** Reads the files that `keys.files` names, and checks them against the gateway that the environment describes. */
export function loadKeysOf(input: EnvironmentInput, root: MapNode, today: string): LoadedKeys | undefined {
  if (!input.keys) return undefined;
  return loadKeys(keysFiles(input, root), { owner: input.keys.owner ?? input.name, gateway: gatewayFacts(input, root, today) });
}

/** The typed form of `keys`. */
export function keysSettings(input: EnvironmentInput, root: MapNode, desired: Desired): KeysSettings | undefined {
  if (!input.keys) return undefined;
  const { owner, policy, url, signIn, deleteAfter } = input.keys;
  return {
    files: keysFiles(input, root),
    desired,
    owner: owner ?? input.name,
    policy: policy ?? "sync",
    url: (url ?? `http://127.0.0.1:${input.litellm.port ?? DEFAULT_LITELLM_PORT}`).replace(/\/+$/, ""),
    signIn: signIn ?? DEFAULT_SIGN_IN,
    deleteAfter: milliseconds(deleteAfter ?? DEFAULT_DELETE_AFTER) ?? 0,
  };
}

/** A list may come from a file that this one extends; its names are relative to the file that they stand in. */
function keysFiles(input: EnvironmentInput, root: MapNode): string[] {
  const written = input.keys?.files ?? [];
  if (typeof written === "string") return [besideFile(placeOfValue(root, ["keys", "files"]).file, written)];
  return written.map((file, index) => besideFile(placeOfValue(root, ["keys", "files", index]).file, file));
}

function gatewayFacts({ litellm, target }: EnvironmentInput, root: MapNode, today: string): GatewayFacts {
  const config = nodeAt(root, ["litellm", "config"]);
  const groups = config && modelGroupsOf(config);
  const isOn = (setting: string): boolean => {
    const node = nodeAt(root, ["litellm", "config", "general_settings", setting]);
    return node !== undefined && toValue(node) === true;
  };
  return {
    version: litellm.version ?? DEFAULT_LITELLM_VERSION,
    target,
    serves: (model) => groups?.serves(model) ?? true,
    models: groups?.known() ?? [],
    refusesOwnValues: isOn("disable_custom_api_keys"),
    userBudgetForTeamKeys: isOn("apply_user_budget_to_team_keys"),
    today,
    environmentFile: root.place.file,
  };
}
