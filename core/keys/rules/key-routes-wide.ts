import { ROLES } from "../roles";
import type { KeysRule } from "./context";

/** LiteLLM's own lists of routes that hold administration (`LiteLLMRoutes`, LiteLLM 1.108.10). */
const ADMINISTRATION =
  /^(management_routes|key_management_routes|.*_management_routes|spend_tracking_routes|global_spend_tracking_routes|master_key_only_routes|ui_routes|info_routes|internal_user_.*|admin_viewer_routes|org_admin_.*|self_managed_routes)$/;
const PATHS =
  /^\/(key|team|user|budget|tag|customer|end_user|organization|project|config|model|global|spend|sso|invitation|credentials|guardrails|policies)(\/|$|\*)/;

/** A key for more than asking models. */
export const keyRoutesWide: KeysRule = {
  id: "key-routes-wide",
  severity: "error",
  summary: "a key may call the administration, or everything",
  why: "Whoever has it can make keys, read spend or change the gateway. An empty list means every route in LiteLLM.",
  repair: "leave allowed_routes out, which allows the routes of models; for keys apply write role: provisioning",
  check: (context) =>
    context.keys.flatMap(({ key, path }) => {
      if (key.allowed_routes === undefined || (key.role && ROLES[key.role].administers)) return [];
      const at = [...path, "allowed_routes"];
      if (key.allowed_routes.length === 0) {
        return [context.found(keyRoutesWide, at, { message: "an empty list allows every route", repair: keyRoutesWide.repair })];
      }
      return key.allowed_routes.flatMap((route, index) =>
        ADMINISTRATION.test(route) || PATHS.test(route) || /^\/?\*$/.test(route)
          ? [
              context.found(keyRoutesWide, [...at, index], {
                message: "this is more than asking models",
                got: route,
                repair: keyRoutesWide.repair,
              }),
            ]
          : [],
      );
    }),
};
