import type { Finding } from "../../../findings";
import type { MapNode } from "../../../source";
import type { EnvironmentInput } from "../../schema";
import { groupWithoutRule } from "./identity-group-without-rule";
import { otherHeader } from "./identity-header-dropped";
import { headersToProvider } from "./identity-headers-to-provider";
import { insecureIssuer } from "./identity-issuer-insecure";
import { modelUnknown } from "./identity-model-unknown";
import { notRecorded } from "./identity-not-recorded";
import { adminKey } from "./identity-proxy-admin-key";
import { gatewayKeys } from "./identity-proxy-key-order";
import { nameTwice } from "./identity-proxy-name-twice";
import { nobody } from "./identity-proxy-nobody";
import { portTwice } from "./identity-proxy-port-shared";
import { tagsRefused } from "./identity-tags-refused";
import { ProxyContext, type ProxyRule } from "./proxy-rule";

/** What can be wrong with an identity proxy in its place before LiteLLM. */
export const IDENTITY_PROXY_RULES: readonly ProxyRule[] = [
  adminKey,
  gatewayKeys,
  groupWithoutRule,
  headersToProvider,
  insecureIssuer,
  modelUnknown,
  nameTwice,
  nobody,
  notRecorded,
  otherHeader,
  portTwice,
  tagsRefused,
];

/**
 * Checks the block `identityProxy`, alone and against LiteLLM's configuration. Nothing where there is no such block.
 *
 * @param rules those that are looked at, so that a test can leave one out
 */
export function checkIdentityProxy(
  root: MapNode,
  input: EnvironmentInput,
  rules: readonly ProxyRule[] = IDENTITY_PROXY_RULES,
): Finding[] {
  if (!input.identityProxy) return [];
  const context = new ProxyContext(root, input, input.identityProxy);
  return rules.flatMap((rule) => rule.check(context));
}
