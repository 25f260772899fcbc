import type { Insertion } from "../body";
import { RouteTable, releaseOf } from "../routes";
import type { UpstreamSettings } from "../settings/upstream-schema";
import { litellmMembers } from "./litellm-members";
import type { Outgoing, Profile, ProfileLimits } from "./profile";
import { headerText, isPlain, shorten } from "./values";

/** LiteLLM 1.108.10 itself has no limits, which is the danger: an indexed value over 8,191 bytes stops the accounting of all. */
const LIMITS: ProfileLimits = { tags: 200, tagLength: 250, tagsLength: 16_384, userLength: 1000 };

/** A LiteLLM gateway, also in the form that NetBird's agent network writes (`netbird`). */
export function litellmProfile(settings: UpstreamSettings): Profile {
  const declared = new Set(releaseOf(settings.version ?? "")?.operations);
  const routes = new RouteTable((operation) => declared.has(operation), settings.passThrough);
  return {
    routes,
    limits: LIMITS,
    credential: (key) => ["authorization", `Bearer ${key}`],
    outgoing: (user, tags) => outgoing(user, tags, settings),
    // LiteLLM hands all headers of such a request on to the provider.
    outgoingPassThrough: (user, tags) =>
      outgoing(user, tags, { ...settings, profile: "litellm", identityIn: "litellm_metadata" }),
    members: litellmMembers,
  };
}

/**
 * Headers are recorded and checked against budgets on every route, and LiteLLM reads them as Latin-1, split at commas. What
 * does not fit goes into `litellm_metadata`, the one place of a body that is recorded everywhere and sent to no provider. The
 * two are never mixed for tags: the log would take both, the budget check one.
 */
function outgoing(user: string, allTags: readonly string[], settings: UpstreamSettings): Outgoing {
  const tags = limited(allTags);
  const changedTags = allTags.length - tags.length + tags.filter((tag) => !allTags.includes(tag)).length;
  const bodyOnly = settings.identityIn === "litellm_metadata";
  const plainTags = !bodyOnly && tags.every(isPlain);
  const plainUser = !bodyOnly && isPlain(user);
  const container = { ...(!plainTags && { tags }), ...(!plainUser && { user }) };
  return {
    headers: [
      ...(plainUser ? [["x-litellm-end-user-id", user] as const] : []),
      ...(plainTags && tags.length > 0 ? [["x-litellm-tags", tags.join(",")] as const] : []),
      ...(settings.profile === "netbird" ? netbirdHeaders(user, tags) : []),
    ],
    members: [
      ...(plainUser && plainTags ? [] : [{ path: ["litellm_metadata"], json: JSON.stringify(container) }]),
      ...(settings.profile === "netbird" || settings.identityIn === "metadata" ? netbirdMembers(tags) : []),
    ],
    inHeaders: plainUser && plainTags,
    changedTags,
  };
}

function netbirdHeaders(user: string, tags: readonly string[]): [string, string][] {
  return [
    ["x-netbird-user", headerText(user)],
    ["x-netbird-groups", tags.map(headerText).join(",")],
  ];
}

/** LiteLLM's tag budgets do not see `metadata.tags` on messages, responses and batches; the headers beside it close that gap. */
function netbirdMembers(tags: readonly string[]): Insertion[] {
  return tags.length > 0 ? [{ path: ["metadata", "tags"], json: JSON.stringify(tags) }] : [];
}

function limited(tags: readonly string[]): string[] {
  const short = [...new Set(tags.map((tag) => shorten(tag, LIMITS.tagLength)))].slice(0, LIMITS.tags);
  let length = 0;
  return short.filter((tag) => {
    length += tag.length + 1;
    return length <= LIMITS.tagsLength;
  });
}
