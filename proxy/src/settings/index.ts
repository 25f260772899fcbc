export type { TlsMaterial } from "./files";
export type { IdentitySettings, SourceKind } from "./identity-schema";
export { type LoadedSettings, type LoadResult, loadSettings } from "./load";
export { SETTINGS_RULES } from "./rules";
export { type ListenerSettings, type Settings, settingsSchema } from "./schema";
export { type LimitSettings, PROFILES, type ProfileName, type UpstreamSettings } from "./upstream-schema";
