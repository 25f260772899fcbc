import { nearestName, type Rule } from "../../../../core/findings";
import type { Path } from "../../../../core/source";
import { SETTINGS_RULES } from "../rules";
import type { Settings } from "../schema";
import type { Reporter } from "./report";

/** Groups that the settings themselves give to callers are ones that the policy knows. A policy without groups means everyone. */
export function checkGivenGroups({ listeners, policy }: Pick<Settings, "listeners" | "policy">, report: Reporter): void {
  if (policy.groups.length === 0) return;
  const check = (groups: readonly string[], at: Path): void => {
    for (const [index, group] of groups.entries()) checkListed(group, policy, SETTINGS_RULES.unlisted, [...at, index], report);
  };
  for (const [index, { identity }] of listeners.entries()) {
    const at: Path = ["listeners", index, "identity"];
    check(identity.mtls?.groups ?? [], [...at, "mtls", "groups"]);
    for (const [key, { groups }] of (identity.serviceKeys?.keys ?? []).entries()) {
      check(groups, [...at, "serviceKeys", "keys", key, "groups"]);
    }
  }
}

/** The policy lists this group; where it does not, a near name of those that it lists is the repair. */
export function checkListed(group: string, { groups }: Settings["policy"], rule: Rule, path: Path, report: Reporter): void {
  const known = groups.map((each) => each.group);
  if (known.includes(group)) return;
  const near = nearestName(group, known);
  const advice = near ? { repair: `did you mean ${near}?` } : {};
  report.value(rule, path, { message: "the policy does not list this group", got: group, ...advice });
}

/** Each group of the policy can come from where the listeners take groups. */
export function checkDeliverableGroups({ listeners, policy }: Pick<Settings, "listeners" | "policy">, report: Reporter): void {
  if (!listeners.some(({ identity }) => identity.oauth2Proxy)) return;
  for (const [index, { group }] of policy.groups.entries()) {
    if (!group.includes(",")) continue;
    const message = "oauth2-proxy cannot deliver a group with a comma";
    report.value(SETTINGS_RULES.comma, ["policy", "groups", index, "group"], { message, got: group });
  }
}
