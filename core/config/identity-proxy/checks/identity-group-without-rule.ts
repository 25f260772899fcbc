import { type Finding, nearestName } from "../../../findings";
import type { Path } from "../../../source";
import type { ProxyContext, ProxyRule } from "./proxy-rule";

/** Groups of people and services that the policy says nothing of. */
export const groupWithoutRule: ProxyRule = {
  id: "identity-group-without-rule",
  severity: "warning",
  summary: "a group has no rule in the policy",
  why: "A group that the policy does not list gives its members nothing and no tag; with unknownGroups: refuse their requests are refused. A misspelt group looks the same.",
  repair: "list it under identityProxy.policy.groups, or take it away",
  check: (context) => {
    const listed = context.block.policy?.groups?.map(({ group }) => group) ?? [];
    // A policy without groups means everyone, or is found to allow nobody.
    if (listed.length === 0) return [];
    return givenGroups(context).flatMap(({ group, path }) =>
      listed.includes(group) ? [] : [unlisted(context, group, path, listed)],
    );
  },
};

function unlisted(context: ProxyContext, group: string, path: Path, listed: readonly string[]): Finding {
  const near = nearestName(group, listed);
  const refused = context.block.policy?.unknownGroups === "refuse";
  const message = refused
    ? "the policy does not list this group, so who has it is refused"
    : "the policy does not list this group";
  return context.atValue(groupWithoutRule, path, { message, got: group, ...(near && { repair: `did you mean ${near}?` }) });
}

function givenGroups({ block }: ProxyContext): { group: string; path: Path }[] {
  const people = Object.entries(block.development?.users ?? {}).flatMap(([name, { groups = [] }]) =>
    groups.map((group, index) => ({ group, path: ["identityProxy", "development", "users", name, "groups", index] })),
  );
  const services = (block.listeners ?? []).flatMap(({ identity }, listener) =>
    (identity.serviceKeys?.keys ?? []).flatMap(({ groups = [] }, key) =>
      groups.map((group, index) => ({
        group,
        path: ["identityProxy", "listeners", listener, "identity", "serviceKeys", "keys", key, "groups", index],
      })),
    ),
  );
  return [...people, ...services];
}
