import type { UpstreamSettings } from "../settings/upstream-schema";
import { type GATEWAYS, gatewayProfile } from "./gateways";
import { litellmProfile } from "./litellm";
import type { Profile } from "./profile";

export { GATEWAYS } from "./gateways";
export type { Outgoing, Profile, ProfileLimits } from "./profile";
export { headerText, shorten } from "./values";

/** The kind of gateway that the settings name. */
export function profileOf(settings: UpstreamSettings): Profile {
  const { profile } = settings;
  if (profile === "litellm" || profile === "netbird") return litellmProfile(settings);
  return gatewayProfile({ ...settings, profile: profile satisfies keyof typeof GATEWAYS });
}
