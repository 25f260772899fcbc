import type { Finding } from "../../../../core/findings";
import type { MapNode } from "../../../../core/source";
import type { Settings } from "../schema";
import { checkGatewayKeys } from "./gateway-keys";
import { checkDeliverableGroups, checkGivenGroups } from "./groups";
import { checkListeners } from "./listeners";
import { checkPeers } from "./peers";
import { checkPolicy, checkTags } from "./policy";
import { checkPorts } from "./ports";
import { Reporter } from "./report";
import { checkUpstream } from "./upstream";

/** Looks at some parts of the settings; does nothing where one of them is missing. */
type Check = (settings: Partial<Settings>, report: Reporter) => void;

const CHECKS: readonly Check[] = [
  having(["listeners"], checkListeners),
  having(["listeners"], checkPeers),
  having(["listeners", "policy"], checkGivenGroups),
  having(["listeners", "policy"], checkDeliverableGroups),
  having(["listeners", "operations"], checkPorts),
  having(["upstream"], checkUpstream),
  having(["gatewayKeys", "policy"], checkGatewayKeys),
  having(["policy"], checkPolicy),
  having(["upstream", "policy"], checkTags),
];

/** Everything that one setting alone cannot show. @param settings the parts whose form is right */
export function crossCheck(settings: Partial<Settings>, root: MapNode): readonly Finding[] {
  const report = new Reporter(root);
  for (const check of CHECKS) check(settings, report);
  return report.findings;
}

function having<Part extends keyof Settings>(
  parts: readonly Part[],
  check: (settings: Pick<Settings, Part>, report: Reporter) => void,
): Check {
  const isWhole = (settings: Partial<Settings>): settings is Pick<Settings, Part> & Partial<Settings> =>
    parts.every((part) => settings[part] !== undefined);
  return (settings, report) => {
    if (isWhole(settings)) check(settings, report);
  };
}
