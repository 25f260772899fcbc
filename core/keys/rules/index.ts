export { type GatewayFacts, KeysContext, type KeysRule } from "./context";

import type { KeysRule } from "./context";
import { keyAllModels } from "./key-all-models";
import { keyBudgetAboveTeam } from "./key-budget-above-team";
import { keyDestinationShared } from "./key-destination-shared";
import { keyExistingFixed } from "./key-existing-fixed";
import { keyExpired } from "./key-expired";
import { keyExpiresBesideRotate } from "./key-expires-beside-rotate";
import { keyFileOnCluster } from "./key-file-on-cluster";
import { keyFilePlace } from "./key-file-place";
import { keyLifetimeLong } from "./key-lifetime-long";
import { keyModelOutsideTeam } from "./key-model-outside-team";
import { keyProvisioningUser } from "./key-provisioning-user";
import { keyRotationOverlap } from "./key-rotation-overlap";
import { keyRoutesWide } from "./key-routes-wide";
import { keyWithoutBudget } from "./key-without-budget";
import { keyWithoutDestination } from "./key-without-destination";
import { keyWithoutExpiry } from "./key-without-expiry";
import { keyWithoutOwner } from "./key-without-owner";
import { keyWithoutTeam } from "./key-without-team";
import { keysBudgetWithoutDuration } from "./keys-budget-without-duration";
import { keysBudgetZero } from "./keys-budget-zero";
import { keysClientTagsInert } from "./keys-client-tags-inert";
import { keysDuration } from "./keys-duration";
import { keysFlagAsText } from "./keys-flag-as-text";
import { keysMetadataReserved } from "./keys-metadata-reserved";
import { keysModelUndefined } from "./keys-model-undefined";
import { keysName } from "./keys-name";
import { keysOwnValuesRefused } from "./keys-own-values-refused";
import { keysReferenceUndefined } from "./keys-reference-undefined";
import { keysSecretLiteral } from "./keys-secret-literal";
import { keysUserBudgetInert } from "./keys-user-budget-inert";

/** Every rule about what a keys file says, by id. */
export const KEYS_CONTENT_RULES: readonly KeysRule[] = [
  keyAllModels,
  keyBudgetAboveTeam,
  keyDestinationShared,
  keyExistingFixed,
  keyExpired,
  keyExpiresBesideRotate,
  keyFileOnCluster,
  keyFilePlace,
  keyLifetimeLong,
  keyModelOutsideTeam,
  keyProvisioningUser,
  keyRotationOverlap,
  keyRoutesWide,
  keyWithoutBudget,
  keyWithoutDestination,
  keyWithoutExpiry,
  keyWithoutOwner,
  keyWithoutTeam,
  keysBudgetWithoutDuration,
  keysBudgetZero,
  keysClientTagsInert,
  keysDuration,
  keysFlagAsText,
  keysMetadataReserved,
  keysModelUndefined,
  keysName,
  keysOwnValuesRefused,
  keysReferenceUndefined,
  keysSecretLiteral,
  keysUserBudgetInert,
];
