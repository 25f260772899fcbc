"""What shows that a finding is right, found without the linter: PyYAML reads the file, and LiteLLM's package says the rest.

A witness gets a Case and returns a short text for the record, or None where it cannot confirm the finding.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

CLOUD_REGIONS = ("aws_region_name", "vertex_location", "vertex_ai_location", "aws_bedrock_runtime_endpoint", "api_base")
REDIS_ADDRESSES = ("host", "url", "redis_startup_nodes", "sentinel_nodes", "service_name")


@dataclass(frozen=True)
class Case:
    """One finding in one file, with LiteLLM's package of the version that it was found for."""

    text: str
    data: object
    path: tuple
    line: int
    package: object
    prices: dict
    today: str
    yaml_error: str | None

    @property
    def value(self):
        return at(self.data, self.path)

    @property
    def parent(self):
        return at(self.data, self.path[:-1])

    @property
    def name(self):
        return str(self.path[-1])

    @property
    def deployment(self):
        found = at(self.data, self.path[:2])
        return found if isinstance(found, dict) else {}

    @property
    def params(self):
        return self.deployment.get("litellm_params") or {}

    def setting(self, block, name):
        found = (self.data.get(block) if isinstance(self.data, dict) else None) or {}
        return found.get(name) if isinstance(found, dict) else None


def at(data, path):
    """The value at a path, None where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def path_of(text):
    """`a.b[0]["c d"]` as steps."""
    steps = re.findall(r'\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.\[\]]+)', text)
    return tuple(int(index) if index else quoted or plain for index, quoted, plain in steps)


def priced(case, name):
    """The row of the price list for a model as LiteLLM looks for it: with its provider, and without."""
    parts = str(name).split("/")
    for start in range(len(parts)):
        if (row := case.prices.get("/".join(parts[start:]))) is not None:
            return row
    return None


def model_retired(case):
    row = priced(case, case.value)
    date = (row or {}).get("deprecation_date")
    return f"deprecation_date {date}" if date and date < case.today else None


def model_retiring(case):
    """The day is yet to come, and no more than 90 days away."""
    row = priced(case, case.value)
    end = (row or {}).get("deprecation_date")
    if not end:
        return None
    days = (date.fromisoformat(end) - date.fromisoformat(case.today)).days
    return f"deprecation_date {end}" if 0 < days <= 90 else None


def model_unknown(case):
    model = str(case.value)
    base = (case.deployment.get("model_info") or {}).get("base_model")
    return None if priced(case, model) or (base and priced(case, base)) else "in no row of the price list"


def mode_missing(case):
    if (case.deployment.get("model_info") or {}).get("mode"):
        return None
    model = str(case.params.get("model", ""))
    row = priced(case, model)
    if row:
        return f"mode {row['mode']} in the price list" if row.get("mode") not in (None, "chat") else None
    known = re.search(r"embed|minilm|rerank|whisper|tts|dall-e|image|bge|e5", model, re.I)
    return f"{model} is no chat model" if known else None


def unknown_setting(case):
    pattern = reader_of(case.path)
    found = [name for name, text in case.package.text.items() if re.search(pattern, text, re.M)]
    return None if found else f"none of {len(case.package.text)} Python files reads it in this block"


def reader_of(path):
    """How a setting of this block would be read."""
    name = re.escape(str(path[-1]))
    quoted = rf"[\"']{name}[\"']"
    block = str(path[0])
    if block == "litellm_settings":
        return rf"(?<!from )\blitellm\.{name}\b(?!\.| import)|litellm_settings(?:\.get\(|\[)\s*{quoted}|\bkey == {quoted}"
    if block == "general_settings":
        return rf"general_settings(?:\.get\(|\[)\s*{quoted}|{quoted} in general_settings|^    {name}\s*:.*Field"
    if block == "model_list" and len(path) == 3:
        return rf"\bmodel_config\[{quoted}\]"
    if block == "model_list":
        return rf"(?:get|pop|getattr)\([^)]*{quoted}|\[{quoted}\](?! =)|{quoted} in |{quoted},|^    {name}\s*:"
    return rf"config(?:\.get\(|\[)\s*{quoted}"


@lru_cache(maxsize=None)
def licensed_line(package, name):
    """The source line that names a setting and is nearest to a question for the licence."""
    best = None
    for file, text in sorted(package.text.items()):
        if "premium_user" not in text and "LITELLM_LICENSE" not in text:
            continue
        lines = text.split("\n")
        # A callback's own file needs not name it.
        if file.endswith(f"/{name}.py"):
            return f"{file}:{next(at for at, line in enumerate(text.split(chr(10))) if 'premium_user' in line) + 1}"
        asked = [at for at, line in enumerate(lines) if re.search(r"premium_user|premium user|LITELLM_LICENSE|[Ee]nterprise", line)]
        for number, line in enumerate(lines):
            if not re.search(rf"[\"']{re.escape(name)}[\"']|\b{re.escape(name)}\b", line):
                continue
            distance = min(abs(number - one) for one in asked)
            if best is None or distance < best[0]:
                best = (distance, f"{file}:{number + 1}")
    return best[1] if best and best[0] <= 40 else None


def enterprise_setting(case):
    if case.setting("environment_variables", "LITELLM_LICENSE"):
        return None
    return licensed_line(case.package, str(case.value) if "callbacks" in case.path else case.name)


def invalid_setting(case):
    if case.value is None:
        return "absent"
    return f"a {type(case.value).__name__}"


def guardrail_unknown(case):
    kind = re.escape(str(case.value))
    registered = rf"^    \w+ = [\"']{kind}[\"']|Integrations\.\w+\.value == [\"']{kind}[\"']"
    found = [name for name, text in case.package.text.items() if "guardrail" in name and re.search(registered, text, re.M)]
    return None if found else f"no guardrail of the package is registered as {case.value}"


def cache_without_host(case):
    params = case.setting("litellm_settings", "cache_params") or {}
    kind = params.get("type", "redis")
    return f"cache_params of type {kind} without {', '.join(REDIS_ADDRESSES[:2])}" if not any(params.get(name) for name in REDIS_ADDRESSES) else None


def region_missing(case):
    return None if any(case.params.get(name) for name in CLOUD_REGIONS) else "no region in litellm_params"


def prompts_logged(case):
    return None if case.setting("litellm_settings", "turn_off_message_logging") is True else "turn_off_message_logging is not true"


def absent(name, holder="params"):
    def witness(case):
        inside = case.params if holder == "params" else (case.value if isinstance(case.value, dict) else case.parent) or {}
        return None if inside.get(name) else f"no {name}"

    return witness


def is_value(*wanted):
    return lambda case: f"is {case.value}" if case.value in wanted else None


def starts(*prefixes):
    return lambda case: "model of this provider" if str(case.value).startswith(prefixes) else None


def literal(case):
    value = case.value
    return "a literal text" if isinstance(value, str) and not value.startswith("os.environ/") else None


def duplicate(case):
    groups = case.data.get("model_list") or []
    own = (case.deployment.get("model_name"), case.params)
    twins = [index for index, one in enumerate(groups) if index < case.path[1] and (one.get("model_name"), one.get("litellm_params")) == own]
    return f"equal to model_list[{twins[0]}]" if twins else None


def not_in_callbacks(case):
    settings = case.data.get("litellm_settings") or {}
    listed = [one for key in ("callbacks", "success_callback", "failure_callback") for one in settings.get(key) or []]
    return None if case.name in listed else "in no list of callbacks"


def limits_per_replica(case):
    router = case.data.get("router_settings") or {}
    return None if router.get("redis_host") or router.get("redis_url") else "no Redis in router_settings"


def fallback_cannot_help(case):
    source = next((key for key in case.path if isinstance(key, str) and key in names_of(case)), case.path[-2])
    sizes = [(priced(case, model_of(case, name)) or {}).get("max_input_tokens") for name in (source, case.value)]
    return f"{sizes[1]} tokens after {sizes[0]}" if None not in sizes and sizes[1] <= sizes[0] else None


def names_of(case):
    return [one.get("model_name") for one in case.data.get("model_list") or []]


def model_of(case, group):
    return next((one["litellm_params"]["model"] for one in case.data["model_list"] if one.get("model_name") == group), group)


def not_in_package(case):
    return None if any(re.search(rf"[\"']{re.escape(str(case.value))}[\"']", text) for name, text in case.package.text.items() if "callback" in name) else "no callback of the package has this name"


def credential_undefined(case):
    names = [one.get("credential_name") for one in case.data.get("credential_list") or []]
    return None if case.value in names else "not in credential_list"


def duplicate_name(case):
    lines = case.text.split("\n")
    name = lines[case.line - 1].split(":")[0]
    return f"{name.strip()} stands {sum(line.startswith(name + ':') for line in lines)} times"


WITNESSES = {
    "ambiguous-scalar": lambda case: f"PyYAML reads a {type(case.value).__name__}" if not isinstance(case.value, str) else None,
    "api-base-missing": absent("api_base"),
    "api-version-missing": absent("api_version"),
    "cache-without-host": cache_without_host,
    "callback-settings-unused": not_in_callbacks,
    "callback-unknown": not_in_package,
    "client-headers-forwarded": is_value(True),
    "client-tags-by-header": is_value(True),
    "credential-undefined": credential_undefined,
    "database-shadows-file": is_value(True),
    "debug-logging": is_value(True),
    "deployment-duplicate": duplicate,
    "deployment-id-missing": lambda case: None if (case.deployment.get("model_info") or {}).get("id") else "no model_info.id",
    "deprecated-setting": lambda case: "set" if case.value is not None else None,
    "enterprise-setting": enterprise_setting,
    "fallback-cannot-help": fallback_cannot_help,
    "guardrail-unknown": guardrail_unknown,
    "invalid-setting": invalid_setting,
    "limits-per-replica": limits_per_replica,
    "master-key-literal": literal,
    "mcp-oauth2-flow": absent("oauth2_flow", "parent"),
    "mcp-stdio-off": is_value("stdio"),
    "metrics-open": lambda case: None if case.setting("litellm_settings", "require_auth_for_metrics_endpoint") else "not required",
    "mode-missing": mode_missing,
    "model-retired": model_retired,
    "model-retiring": model_retiring,
    "model-unknown": model_unknown,
    "oauth2-breaks-auth": is_value(True),
    "ollama-generate": starts("ollama/"),
    "ollama-serve": absent("api_base"),
    "pass-through-open": absent("auth", "parent"),
    "password-in-url": lambda case: "user and password before the host" if re.search(r"://[^/@:]+:[^/@]+@", str(case.value)) else None,
    "prompts-logged": prompts_logged,
    "reference-embedded": lambda case: "os.environ/ with something around it" if re.search(r"os\.environ/\w+\W|\Wos\.environ/|\wos\.environ/", str(case.value)) else None,
    "region-missing": region_missing,
    "requests-without-database": is_value(True),
    "routing-strategy-slow": lambda case: f"is {case.value}" if "usage" in str(case.value) else None,
    "tls-verification-off": is_value(False),
    "unknown-setting": unknown_setting,
    "wildcard-model": lambda case: f"{case.value}" if "*" in str(case.value) else None,
    "yaml-duplicate-name": duplicate_name,
    "yaml-syntax": lambda case: case.yaml_error,
}
