import { nearestName } from "../../../../core/findings";
import { SETTINGS_RULES } from "../rules";
import type { Settings } from "../schema";
import type { Reporter } from "./report";

const { gatewayKey } = SETTINGS_RULES;

/** Every key can be reached, and every caller whom the policy allows something has one. */
export function checkGatewayKeys(settings: Settings, report: Reporter): void {
  const { gatewayKeys } = settings;
  const forAll = gatewayKeys.findIndex(({ group }) => group === undefined);
  for (const index of gatewayKeys.keys()) {
    if (forAll < 0 || index <= forAll) continue;
    report.value(gatewayKey, ["gatewayKeys", index], { message: "this key is never used: the one before it fits everybody" });
  }
  checkGroups(settings, report);
  if (forAll < 0) checkKeyless(settings, report);
}

function checkGroups({ gatewayKeys, policy }: Settings, report: Reporter): void {
  const known = policy.groups.map(({ group }) => group);
  const seen = new Set<string>();
  for (const [index, { group }] of gatewayKeys.entries()) {
    if (group === undefined) continue;
    const path = ["gatewayKeys", index, "group"];
    if (seen.has(group))
      report.value(gatewayKey, path, { message: "this key is never used: the group has one already", got: group });
    seen.add(group);
    if (known.includes(group)) continue;
    const near = nearestName(group, known);
    const repair = near ? `did you mean ${near}?` : gatewayKey.repair;
    report.value(gatewayKey, path, { message: "the policy does not list this group", got: group, repair });
  }
}

function checkKeyless({ gatewayKeys, policy }: Settings, report: Reporter): void {
  const withKey = new Set(gatewayKeys.map(({ group }) => group));
  for (const [index, { group }] of policy.groups.entries()) {
    if (withKey.has(group)) continue;
    report.value(gatewayKey, ["policy", "groups", index, "group"], {
      message: "there is no gateway key for this group",
      got: group,
    });
  }
  if (policy.everyone) {
    report.name(gatewayKey, ["policy", "everyone"], { message: "there is no gateway key for callers without a listed group" });
  }
}
