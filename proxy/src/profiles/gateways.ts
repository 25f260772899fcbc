import type { Insertion, MemberPath, MemberRules } from "../body";
import { RouteTable } from "../routes";
import type { FieldSettings, ProfileName, UpstreamSettings } from "../settings/upstream-schema";
import type { Outgoing, Profile, ProfileLimits } from "./profile";
import { asciiJson, headerText, shorten } from "./values";

/** How a gateway other than LiteLLM takes an identity. */
interface GatewayRow {
  /** Name of the key's header, and what stands before the key. */
  readonly key: readonly [header: string, before: string];
  readonly limits: ProfileLimits;
  /** One header with a JSON object, and its entries. */
  readonly metadata?: { readonly header: string; readonly user: string; readonly tags: string; readonly list: boolean };
  /** Plain headers. */
  readonly userHeader?: string;
  readonly tagsHeader?: string;
  /** Root member of the body for the caller. */
  readonly userMember?: string;
  /** Members that this gateway takes an identity from, beside `user` and `safety_identifier`. */
  readonly remove?: readonly MemberPath[];
  /** The vendor's page that the row follows. */
  readonly documentation: string;
}

/** The gateways, one row each. The operator's `fields` replace the names where a gateway leaves them open. */
export const GATEWAYS: Readonly<Record<Exclude<ProfileName, "litellm" | "netbird">, GatewayRow>> = {
  portkey: {
    key: ["x-portkey-api-key", ""],
    limits: { tags: 100, tagLength: 128, tagsLength: 128, userLength: 128 },
    metadata: { header: "x-portkey-metadata", user: "_user", tags: "groups", list: false },
    documentation: "portkey.ai/docs/product/observability/metadata: string values of at most 128 characters",
  },
  bifrost: {
    key: ["authorization", "Bearer "],
    limits: { tags: 100, tagLength: 250, tagsLength: 4096, userLength: 1000 },
    userHeader: "x-bf-dim-user",
    tagsHeader: "x-bf-dim-groups",
    documentation: "docs.getbifrost.ai, telemetry: x-bf-dim-* headers become dimensions",
  },
  cloudflare: {
    key: ["cf-aig-authorization", "Bearer "],
    limits: { tags: 100, tagLength: 250, tagsLength: 2048, userLength: 1000 },
    metadata: { header: "cf-aig-metadata", user: "user", tags: "groups", list: false },
    documentation:
      "developers.cloudflare.com/ai-gateway/observability/custom-metadata: five entries, text, numbers or booleans, no objects",
  },
  vercel: {
    key: ["authorization", "Bearer "],
    limits: { tags: 10, tagLength: 64, tagsLength: 1024, userLength: 256 },
    userHeader: "ai-reporting-user",
    tagsHeader: "ai-reporting-tags",
    remove: [
      ["providerOptions", "gateway", "user"],
      ["providerOptions", "gateway", "tags"],
    ],
    documentation: "vercel.com/docs/ai-gateway: ten tags of at most 64 characters",
  },
  openrouter: {
    key: ["authorization", "Bearer "],
    limits: { tags: 0, tagLength: 0, tagsLength: 0, userLength: 256 },
    userMember: "user",
    documentation: "openrouter.ai/docs/guides/administration/user-tracking: the root member user; no tags",
  },
  "openai-compatible": {
    key: ["authorization", "Bearer "],
    limits: { tags: 100, tagLength: 250, tagsLength: 4096, userLength: 1000 },
    documentation: "the operator names the fields",
  },
};

/** A gateway of {@link GATEWAYS}. */
export function gatewayProfile(settings: UpstreamSettings & { readonly profile: keyof typeof GATEWAYS }): Profile {
  const row = named(GATEWAYS[settings.profile], settings.fields);
  const members = memberRules(row);
  return {
    routes: new RouteTable(),
    limits: row.limits,
    credential: (key) => [row.key[0], `${row.key[1]}${key}`],
    outgoing: (user, tags) => outgoing(row, user, tags),
    members: () => members,
  };
}

function named(row: GatewayRow, fields: FieldSettings): GatewayRow {
  const { userHeader, tagsHeader, userMember, userEntry, tagsEntry } = fields;
  return {
    ...row,
    ...(userHeader !== undefined && { userHeader }),
    ...(tagsHeader !== undefined && { tagsHeader }),
    ...(userMember !== undefined && { userMember }),
    ...(row.metadata && {
      metadata: { ...row.metadata, user: userEntry ?? row.metadata.user, tags: tagsEntry ?? row.metadata.tags },
    }),
  };
}

function outgoing(row: GatewayRow, fullUser: string, allTags: readonly string[]): Outgoing {
  const user = shorten(fullUser, row.limits.userLength);
  const tags = limited(allTags, row.limits);
  const headers: [string, string][] = [];
  if (row.metadata) {
    const entries = {
      [row.metadata.user]: user,
      ...(tags.length > 0 && { [row.metadata.tags]: tags.map(headerText).join(",") }),
    };
    headers.push([row.metadata.header, asciiJson(entries)]);
  }
  if (row.userHeader) headers.push([row.userHeader, headerText(user)]);
  if (row.tagsHeader && tags.length > 0) headers.push([row.tagsHeader, tags.map(headerText).join(",")]);
  const members: Insertion[] = row.userMember ? [{ path: [row.userMember], json: JSON.stringify(user) }] : [];
  const kept = tags.filter((tag) => allTags.includes(tag)).length;
  return { headers, members, inHeaders: members.length === 0, changedTags: allTags.length - kept };
}

/** As many tags as fit, each short enough; lengths are those that are sent. */
function limited(tags: readonly string[], { tags: count, tagLength, tagsLength }: ProfileLimits): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const tag of tags) {
    const short = fitting(tag, tagLength);
    length += headerText(short).length + (kept.length > 0 ? 1 : 0);
    if (kept.length === count || length > tagsLength) break;
    kept.push(short);
  }
  return kept;
}

/** A percent form takes three or more characters, so a value is shortened until what is sent fits. */
function fitting(tag: string, limit: number): string {
  let length = limit;
  let short = shorten(tag, length);
  while (headerText(short).length > limit && length > 0) {
    length -= 1;
    short = shorten(tag, length);
  }
  return short;
}

/** Other models to try, which the policy has not seen: OpenRouter and others take lists of them. */
const MORE_MODELS: readonly MemberPath[] = [["models"], ["fallbacks"], ["fallback_models"]];

function memberRules(row: GatewayRow): MemberRules {
  const own = row.userMember ? [[row.userMember]] : [];
  return {
    remove: [["user"], ["safety_identifier"], ["metadata", "user_id"], ...MORE_MODELS, ...own, ...(row.remove ?? [])],
    refuse: [],
    read: [["model"]],
    objects: [["metadata"]],
    texts: [["model"]],
  };
}
