"""The nested mappings: what the sections' types refer to, and what those refer to."""

from declarations import model
from notation import Notation
from package import Package

# Read by hand-written code, so that no section's type leads to them.
ROOTS = (
    "AgentConfig", "AllowedFailsPolicy", "AssistantsTypedDict", "CredentialItem", "DefaultInternalUserParams", "DefaultTeamSSOParams",
    "GenericBudgetInfo", "Guardrail", "KeyManagementSettings", "LiteLLM_JWTAuth", "LiteLLM_ManagedVectorStore",
    "LiteLLM_UpperboundKeyGenerateParams", "ModelGroupSettings", "NewMCPServerRequest", "PassThroughGenericEndpoint", "Policy",
    "PolicyAttachment", "PriorityReservationSettings", "PrometheusMetricsConfig", "PromptSpec", "RetryPolicy", "RoleBasedPermissions",
    "RouterModelGroupAliasItem", "RoutingGroup", "SearchToolTypedDict", "SlackAlertingArgs", "StandardKeyGenerationConfig",
    "TeamDefaultSettings", "UserHeaderMapping", "WorkerRegistryEntry", "MCPServerConfig",
)
# Sections of their own, or objects that no file can hold.
LEFT_OUT = {
    "ConfigGeneralSettings", "LiteLLM_Params", "GenericLiteLLMParams", "LiteLLMParamsTypedDict", "ModelInfo", "ModelInfoBase",
    "LitellmParams", "CustomPricingLiteLLMParams", "CredentialLiteLLMParams", "MCPServer", "DeploymentTypedDict", "UpdateRouterConfig",
    "ModelParams", "BaseCache",
}


def read_models(package: Package, notation: Notation) -> dict[str, dict[str, object]]:
    """Every model by name: its fields, those that are required, and whether it takes other names too."""
    found: dict[str, dict[str, object]] = {}
    while pending := sorted(({*ROOTS, *notation.models} - set(found)) - LEFT_OUT):
        for name in pending:
            declared = model(package, notation, name)
            found[name] = entry(declared.fields, declared.required, declared.open) if declared else {}
    return {name: found[name] for name in sorted(found) if found[name]}


def entry(fields: dict[str, str], required: list[str], is_open: bool) -> dict[str, object]:
    """The compact form: what is empty or false is left out."""
    described: dict[str, object] = {"fields": dict(sorted(fields.items()))}
    if required:
        described["required"] = required
    if is_open:
        described["open"] = True
    return described

