import { ROLES } from "../roles";
import type { KeyInput } from "../schema";
import type { KeysContext, KeysRule } from "./context";

/** A key for `keys apply` that LiteLLM would not let in. */
export const keyProvisioningUser: KeysRule = {
  id: "key-provisioning-user",
  severity: "error",
  summary: "a provisioning key belongs to no administrator",
  why: "LiteLLM looks at the role of the key's user too, whatever allowed_routes say: without one it refuses to list budgets, teams and users (tried with LiteLLM 1.108.10).",
  repair: "write user_id: with a user whose user_role is proxy_admin",
  check: (context) =>
    context.keys
      .filter(({ key }) => key.role && ROLES[key.role].administers && !isAdministrators(key, context))
      .map(({ name, key, path }) =>
        context.foundAtName(keyProvisioningUser, key.user_id === undefined ? path : [...path, "user_id"], {
          message: `${name} belongs to no user who may administer`,
          repair: keyProvisioningUser.repair,
        }),
      ),
};

/** A user whom no file has is another rule's business. */
function isAdministrators({ user_id }: KeyInput, { all }: KeysContext): boolean {
  if (user_id === undefined) return false;
  const user = Object.hasOwn(all.users ?? {}, user_id) ? all.users?.[user_id] : undefined;
  return user === undefined || user.user_role === "proxy_admin";
}
