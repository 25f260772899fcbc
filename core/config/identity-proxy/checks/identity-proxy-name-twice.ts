import type { Finding } from "../../../findings";
import type { Path } from "../../../source";
import type { ProxyContext, ProxyRule } from "./proxy-rule";

/** Listeners, groups and service keys are told apart by these. */
export const nameTwice: ProxyRule = {
  id: "identity-proxy-name-twice",
  severity: "error",
  waivable: false,
  summary: "two listeners, groups or service keys are the same",
  why: "One of them would be ignored: which identity a caller gets, or what a group may do, would depend on the order. The identity proxy does not start with such settings.",
  repair: "keep one of them",
  check: (context) => {
    const { listeners = [], policy } = context.block;
    const at = ["identityProxy"];
    const names = listeners.map(({ name }, index) => [name, [...at, "listeners", index, "name"]] as const);
    const groups = (policy?.groups ?? []).map(
      ({ group }, index) => [group, [...at, "policy", "groups", index, "group"]] as const,
    );
    const hashes = listeners.flatMap(({ identity }, index) =>
      (identity.serviceKeys?.keys ?? []).map(
        ({ sha256 }, key) =>
          [`${index} ${sha256}`, [...at, "listeners", index, "identity", "serviceKeys", "keys", key, "sha256"]] as const,
      ),
    );
    return [
      ...repeated(context, names, "two listeners have this name"),
      ...repeated(context, groups, "this group is listed twice"),
      ...repeated(context, hashes, "two services have the same key"),
    ];
  },
};

function repeated(context: ProxyContext, items: readonly (readonly [key: string, path: Path])[], message: string): Finding[] {
  const keys = items.map(([key]) => key);
  return items
    .filter(([key], index) => keys.indexOf(key) < index)
    .map(([, path]) => context.atValue(nameTwice, path, { message }));
}
