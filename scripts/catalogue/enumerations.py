"""Closed sets of names: providers, strategies, callbacks, guardrails and the like."""

import ast
import re

from declarations import enum_values
from package import Package, assigned_name, texts

ENUMERATIONS = {
    "alert_types": "AlertType",
    "cache_types": "LiteLLMCacheType",
    "guardrail_integrations": "SupportedGuardrailIntegrations",
    "guardrail_modes": "GuardrailEventHooks",
    "key_management_systems": "KeyManagementSystem",
    "mcp_auth_types": "MCPAuth",
    "mcp_transports": "MCPTransport",
    "search_providers": "SearchProviders",
    "user_roles": "LitellmUserRoles",
}
COMPATIBLE_CALLBACKS = "litellm/integrations/generic_api/generic_api_compatible_callbacks.json"
LIKE_OPENAI = "litellm/llms/openai_like/providers.json"
CALLBACK_FILES = ("litellm/litellm_core_utils/litellm_logging.py", "litellm/proxy/common_utils/callback_utils.py", "litellm/utils.py")


def read_enumerations(package: Package, router: dict[str, str]) -> dict[str, list[str]]:
    """Every enumeration, sorted."""
    found = {name: enum_values(package, source) for name, source in ENUMERATIONS.items()}
    callbacks = registered_callbacks(package)
    found["callbacks"] = sorted(callbacks)
    found["callbacks_legacy"] = sorted(compared_callbacks(package) - callbacks)
    found["providers"] = sorted({*enum_values(package, "LlmProviders"), *package.json(LIKE_OPENAI)})
    strategies = {text for text in re.findall(r"'([^']+)'", router["routing_strategy"])}
    strategies |= package.strings_of("VALID_ROUTING_STRATEGIES") | set(enum_values(package, "RoutingStrategy"))
    found["routing_strategies"] = sorted(strategies)
    return found


def registered_callbacks(package: Package) -> set[str]:
    """Callbacks that have a logger class, or settings for the generic one."""
    found = set(package.json(COMPATIBLE_CALLBACKS))
    for node in package.tree("litellm/__init__.py").body:
        if assigned_name(node) == "_custom_logger_compatible_callbacks_literal":
            found |= set(texts(node.value))
    registry = package.class_named("CustomLoggerRegistry")
    for node in ast.walk(registry) if registry else ():
        if isinstance(node, ast.Dict):
            found |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return found


def compared_callbacks(package: Package) -> set[str]:
    """Older callbacks: texts that a callback's name is compared with."""
    found: set[str] = set()
    for file in filter(package.text.__contains__, CALLBACK_FILES):
        for node in ast.walk(package.tree(file)):
            if isinstance(node, ast.Compare) and re.search(r"callback|integration", ast.unparse(node.left)):
                compared = {text for comparator in node.comparators for text in texts(comparator)}
                found |= {text for text in compared if re.match(r"[a-z][a-z0-9_]+$", text)}
    return found
