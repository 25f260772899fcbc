import { SETTINGS_RULES } from "../rules";
import type { Settings } from "../schema";
import { checkListed } from "./groups";
import type { Reporter } from "./report";

type Parts = Pick<Settings, "gatewayKeys" | "policy">;

const { gatewayKey } = SETTINGS_RULES;

/** Every key can be reached, and every caller whom the policy allows something has one. */
export function checkGatewayKeys(settings: Parts, report: Reporter): void {
  const { gatewayKeys } = settings;
  const forAll = gatewayKeys.findIndex(({ group }) => group === undefined);
  for (const index of gatewayKeys.keys()) {
    if (forAll < 0 || index <= forAll) continue;
    report.value(gatewayKey, ["gatewayKeys", index], { message: "this key is never used: the one before it fits everybody" });
  }
  checkGroups(settings, report);
  if (forAll < 0) checkKeyless(settings, report);
}

function checkGroups({ gatewayKeys, policy }: Parts, report: Reporter): void {
  const seen = new Set<string>();
  for (const [index, { group }] of gatewayKeys.entries()) {
    if (group === undefined) continue;
    const path = ["gatewayKeys", index, "group"];
    if (seen.has(group))
      report.value(gatewayKey, path, { message: "this key is never used: the group has one already", got: group });
    seen.add(group);
    checkListed(group, policy, gatewayKey, path, report);
  }
}

function checkKeyless({ gatewayKeys, policy }: Parts, report: Reporter): void {
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
