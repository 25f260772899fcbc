import type { IdentitySettings } from "../settings/identity-schema";
import { AlbSource } from "./alb";
import type { FetchText } from "./fetch-text";
import type { IdentitySource } from "./identity";
import { MtlsSource } from "./mtls";
import { Oauth2ProxySource } from "./oauth2-proxy";
import { OidcSource } from "./oidc";
import { ServiceKeysSource } from "./service-keys";

export { CREDENTIAL_HEADERS } from "./credential";
export { type FetchText, fetchText } from "./fetch-text";
export { type Identified, type Identity, type IdentitySource, MAX_NAME_BYTES, type Unidentified } from "./identity";
export { hashServiceKey } from "./service-keys";

/** The one source that a listener's settings name. @throws Error for settings that were not checked */
export function identitySource(settings: IdentitySettings, fetch: FetchText, now: () => number): IdentitySource {
  const { oidc, oauth2Proxy, alb, mtls, serviceKeys, userPrefix = "" } = settings;
  if (oidc) return new OidcSource(oidc, userPrefix, fetch, now);
  if (oauth2Proxy) return new Oauth2ProxySource(oauth2Proxy, userPrefix);
  if (alb) return new AlbSource(alb, userPrefix, fetch, now);
  if (mtls) return new MtlsSource(mtls, userPrefix);
  if (serviceKeys) return new ServiceKeysSource(serviceKeys, userPrefix);
  throw new Error("a listener without a source of identity");
}
