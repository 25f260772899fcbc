import { KNOWN_VERSIONS, RouteTable, releaseOf } from "../../routes";
import { SETTINGS_RULES } from "../rules";
import type { Settings } from "../schema";
import type { FieldSettings, UpstreamSettings } from "../upstream-schema";
import type { Reporter } from "./report";

/** The names that each profile leaves to the operator. */
const FIELDS: Readonly<Record<UpstreamSettings["profile"], readonly (keyof FieldSettings)[]>> = {
  litellm: [],
  netbird: [],
  portkey: ["tagsEntry"],
  bifrost: ["userHeader", "tagsHeader"],
  cloudflare: ["userEntry", "tagsEntry"],
  vercel: [],
  openrouter: [],
  "openai-compatible": ["userHeader", "tagsHeader", "userMember"],
};

/** The version is known where it matters, and every setting belongs to the profile. */
export function checkUpstream({ upstream }: Pick<Settings, "upstream">, report: Reporter): void {
  const { profile, version, identityIn, fields } = upstream;
  if (profile === "litellm" || profile === "netbird") checkVersion(version, report);
  else if (version !== undefined) {
    report.name(SETTINGS_RULES.profile, ["upstream", "version"], { message: `version has no effect with profile ${profile}` });
  }
  if (profile !== "litellm" && identityIn !== "headers") {
    report.name(SETTINGS_RULES.profile, ["upstream", "identityIn"], {
      message: `identityIn has no effect with profile ${profile}`,
    });
  }
  checkFields(upstream, report);
  checkPassThrough(upstream, report);
  if (profile === "openai-compatible" && !fields.userHeader && !fields.userMember) {
    const seen = { message: "no field would carry the caller", expected: "fields.userHeader or fields.userMember" };
    report.value(SETTINGS_RULES.invalid, ["upstream"], { ...seen, repair: "name a field under upstream.fields" });
  }
}

function checkVersion(version: string | undefined, report: Reporter): void {
  const expected = KNOWN_VERSIONS.join(", ");
  if (version === undefined) {
    report.value(SETTINGS_RULES.version, ["upstream"], { message: "the version of LiteLLM is missing", expected });
  } else if (!KNOWN_VERSIONS.includes(version)) {
    const seen = { message: "this version of LiteLLM is not known", got: version, expected };
    report.value(SETTINGS_RULES.version, ["upstream", "version"], seen);
  }
}

/** Only paths below the known prefixes, and none that is a route already: anything else named here could be an admin route. */
function checkPassThrough({ profile, version = "", passThrough }: UpstreamSettings, report: Reporter): void {
  const release = profile === "litellm" ? releaseOf(version) : undefined;
  const prefixes = release?.passThrough ?? [];
  const routes = new RouteTable((operation) => release?.operations.includes(operation) ?? false);
  for (const [index, path] of passThrough.entries()) {
    if (prefixes.includes(path.split("/")[1] ?? "") && routes.find("POST", path) === "route_unknown") continue;
    const expected =
      prefixes.length > 0 ? prefixes.map((prefix) => `/${prefix}/…`).join(", ") : "none with this profile and version";
    const seen = { message: "this is no pass-through route of LiteLLM", got: path, expected };
    report.value(SETTINGS_RULES.passThrough, ["upstream", "passThrough", index], seen);
  }
}

function checkFields({ profile, fields }: UpstreamSettings, report: Reporter): void {
  const allowed = FIELDS[profile];
  for (const field of Object.keys(fields)) {
    if (allowed.some((name) => name === field)) continue;
    const expected = allowed.length > 0 ? allowed.join(", ") : "no fields";
    const seen = { message: `this field has no effect with profile ${profile}`, expected };
    report.name(SETTINGS_RULES.profile, ["upstream", "fields", field], seen);
  }
}
