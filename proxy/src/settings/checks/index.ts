import type { Finding } from "../../../../core/findings";
import type { MapNode } from "../../../../core/source";
import type { Settings } from "../schema";
import { checkGatewayKeys } from "./gateway-keys";
import { checkListeners } from "./listeners";
import { checkPolicy, checkTags } from "./policy";
import { checkPorts } from "./ports";
import { Reporter } from "./report";
import { checkUpstream } from "./upstream";

/** Everything that one setting alone cannot show. */
export function crossCheck(settings: Settings, root: MapNode): readonly Finding[] {
  const report = new Reporter(root);
  for (const check of [checkListeners, checkPorts, checkUpstream, checkGatewayKeys, checkPolicy, checkTags])
    check(settings, report);
  return report.findings;
}
