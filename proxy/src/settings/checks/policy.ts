import { nearestName } from "../../../../core/findings";
import type { Path } from "../../../../core/source";
import { profileOf } from "../../profiles";
import { ROUTE_CLASSES } from "../../routes";
import { SETTINGS_RULES } from "../rules";
import type { Settings } from "../schema";
import type { Reporter } from "./report";

/** The policy allows something, to groups that are listed once, on classes that exist. */
export function checkPolicy({ policy }: Pick<Settings, "policy">, report: Reporter): void {
  if (policy.groups.length === 0 && !policy.everyone) {
    report.value(SETTINGS_RULES.nobody, ["policy"], { message: "no group is listed, and nothing is allowed to everyone" });
  }
  const groups = policy.groups.map(({ group }) => group);
  for (const [index, { group, routes }] of policy.groups.entries()) {
    const at: Path = ["policy", "groups", index];
    if (groups.indexOf(group) < index) {
      report.value(SETTINGS_RULES.clash, [...at, "group"], { message: "this group is listed twice", got: group });
    }
    checkClasses(routes, [...at, "routes"], report);
  }
  checkClasses(policy.everyone?.routes ?? [], ["policy", "everyone", "routes"], report);
}

function checkClasses(routes: readonly string[], at: Path, report: Reporter): void {
  const known: readonly string[] = ["inference", ...ROUTE_CLASSES];
  for (const [index, name] of routes.entries()) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const advice = near ? { repair: `did you mean ${near}?` } : { expected: known.join(", ") };
    report.value(SETTINGS_RULES.route, [...at, index], {
      message: "there is no class of routes of this name",
      got: name,
      ...advice,
    });
  }
}

/** What the gateway would refuse, cut or drop of the tags of one group. */
export function checkTags({ upstream, policy }: Pick<Settings, "upstream" | "policy">, report: Reporter): void {
  if (upstream.profile === "openai-compatible" && !upstream.fields.tagsHeader) return;
  const { limits, outgoing } = profileOf(upstream);
  if (limits.tags === 0) return;
  const expected = `at most ${limits.tags} tags of ${limits.tagLength} characters, ${limits.tagsLength} together`;
  for (const [index, { group, tags = [group] }] of policy.groups.entries()) {
    if (outgoing("caller", tags).changedTags === 0) continue;
    const message = `the tags of this group do not fit profile ${upstream.profile}`;
    report.value(SETTINGS_RULES.limit, ["policy", "groups", index], { message, expected });
  }
}
