import * as z from "zod";
import type { CatalogueSchemas, Overrides } from "./from-catalogue";
import { AS_WRITTEN, listOf, mappingOf, oneOf, text } from "./scalars";

const name = text(AS_WRITTEN);
const anyMapping = mappingOf(z.unknown());

/** The settings of the proxy server whose structure the catalogue does not tell (LiteLLM 1.108.10). */
export function proxySettings(schemas: CatalogueSchemas): Overrides {
  return {
    key_management_system: oneOf(schemas.catalogue.enumerations.key_management_systems ?? []),
    key_management_settings: schemas.model("KeyManagementSettings"),
    litellm_jwtauth: schemas.model("LiteLLM_JWTAuth"),
    pass_through_endpoints: listOf(schemas.model("PassThroughGenericEndpoint")),
    alerting: listOf(name),
    alerting_args: schemas.model("SlackAlertingArgs"),
    alert_to_webhook_url: mappingOf(z.union([name, listOf(name)])),
    role_permissions: listOf(schemas.model("RoleBasedPermissions")),
    // One mapping is taken as well as a list of them (`get_end_user_id_from_request_body`).
    user_header_mappings: z.union([listOf(schemas.model("UserHeaderMapping")), schemas.model("UserHeaderMapping")]),
    allowed_ips: listOf(name),
    public_routes: listOf(name),
    admin_only_routes: listOf(name),
    allowed_routes: listOf(name),
    search_tools: listOf(anyMapping),
    tracing: anyMapping,
    service_account_settings: anyMapping,
  };
}
