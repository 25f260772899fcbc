import { isWideRoute } from "../reach";
import { ROLES } from "../roles";
import type { KeysRule } from "./context";

/** A key for more than asking models. */
export const keyRoutesWide: KeysRule = {
  id: "key-routes-wide",
  severity: "error",
  summary: "a key may call the administration, or everything",
  why: "Whoever has it can make keys, read spend or change the gateway. An empty list means every route in LiteLLM.",
  repair: "leave allowed_routes out, which allows the routes of models; for keys apply write role: provisioning",
  check: (context) =>
    context.keys.flatMap(({ key, path }) => {
      if (key.allowed_routes === undefined) return [];
      const at = [...path, "allowed_routes"];
      if (key.allowed_routes.length === 0) {
        return [context.found(keyRoutesWide, at, { message: "an empty list allows every route", repair: keyRoutesWide.repair })];
      }
      const administers = key.role !== undefined && ROLES[key.role].administers;
      return key.allowed_routes.flatMap((route, index) =>
        isWideRoute(route) && !administers
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
