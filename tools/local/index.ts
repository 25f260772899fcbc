import { REAL_KIT } from "./kit";
import { type LocalStatus, observeStatus, type StatusOptions } from "./status";

export { type PurgeOptions, purgeCache } from "./cache";
export { type DownOptions, down } from "./down";
export { cacheFolder, type LocalFolders, localFolders } from "./folders";
export type { LocalGateway, LocalSecret } from "./gateway";
export { developmentUsers, type IssuerPlace, type TokenOptions, userToken } from "./issuer";
export { FIXED as FIXED_VARIABLES } from "./litellm-part";
export { LocalError } from "./local-error";
export { type LogsOptions, logs } from "./logs";
export { lineProgress, type Progress, SILENT, type Step } from "./progress";
export { findPython } from "./python";
export { type ReadSecretOptions, readSecret } from "./read-secret";
export type { UpOptions } from "./roll-out";
export type { LocalStatus, PartState, PartStatus, StatusOptions } from "./status";
export { statusText } from "./status-text";
export { up } from "./up";

/**
 * How an environment is at this moment: processes and ports are asked, nothing written down is believed.
 * @throws LocalError when `name` is no name of an environment
 */
export async function status(options: StatusOptions): Promise<LocalStatus> {
  return await observeStatus(options, REAL_KIT.probe);
}
