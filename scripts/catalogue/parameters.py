"""The names that LiteLLM knows in `litellm_params` of a deployment and of a guardrail, beyond the declared fields.

Both are open: what LiteLLM does not know goes to the provider. So everything that its own code mentions as a
parameter of a request counts as known.
"""

import ast
import re

from declarations import arguments, constructors, model
from notation import Notation
from package import Package, assigned_name, last_name, texts

NAME = re.compile(r"^[a-z]\w+$")
HOLDERS = re.compile(r"(params|kwargs)$")
ENTRY_POINTS = (
    "completion", "embedding", "text_completion", "transcription", "speech", "image_generation", "image_edit", "moderation",
    "rerank", "responses", "create_batch", "create_fine_tuning_job", "create_file", "video_generation", "ocr", "search",
    "anthropic_messages", "generate_content",
)
ENTRY_FILES = r"litellm/(\w+|\w+/main|images/\w+)\.py$"
PARAMETER_LISTS = re.compile(r"^(OPENAI|DEFAULT|ANTHROPIC)_\w*PARAMS?\w*$")


def request_parameters(package: Package) -> dict[str, str]:
    """The arguments of LiteLLM's entry points, its own lists of parameters, and what callbacks take from a request."""
    notation = Notation(package)
    found = fields_of(package, notation, "StandardCallbackDynamicParams")
    for file in package.files(ENTRY_FILES):
        for node in package.tree(file).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.removeprefix("a") in ENTRY_POINTS:
                found.update(arguments(node, notation))
    for file in ("litellm/constants.py", "litellm/types/utils.py"):
        for node in package.tree(file).body:
            name = assigned_name(node) or ""
            if PARAMETER_LISTS.match(name) or "litellm_params" in name:
                found.update(dict.fromkeys(filter(NAME.match, texts(node.value)), ""))
    return {name: found[name] for name in found if name != "kwargs"}


def provider_parameters(package: Package) -> set[str]:
    """What the providers' code reads from a request, and the attributes of their configuration classes."""
    found: set[str] = set()
    for file in package.files(r"litellm/(?!proxy/|integrations/|caching/|secret_managers/|types/|_redis)"):
        if "guardrail" not in file:
            found |= mapping_reads(package.tree(file))
    for file in package.files(r"litellm/llms/"):
        for declared in (node for node in package.tree(file).body if isinstance(node, ast.ClassDef)):
            if declared.name.endswith("Config"):
                attributes = [node.target for node in declared.body if isinstance(node, ast.AnnAssign)]
                found |= {target.id for target in attributes if isinstance(target, ast.Name)}
        for function in (*named_functions(package.tree(file), "get_supported_openai_params"),
                         *named_functions(package.tree(file), "get_config_blocks")):
            found |= set(texts(function)) - {ast.get_docstring(function)}
        for node in package.tree(file).body:
            if (assigned_name(node) or "").endswith("_REQUEST_KEYS"):
                found |= set(texts(node))
    return {name for name in found if NAME.match(name)}


def mapping_reads(tree: ast.AST) -> set[str]:
    """Text keys of `optional_params.get("x")`, `kwargs["x"]`, `"x" in litellm_params` and the like."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop") and node.args:
            owner, key = node.func.value, node.args[0]
        elif isinstance(node, ast.Subscript):
            owner, key = node.value, node.slice
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            owner, key = node.comparators[0], node.left
        else:
            continue
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and HOLDERS.search(last_name(owner)):
            found.add(key.value)
    return found


def named_functions(tree: ast.AST, name: str) -> list[ast.FunctionDef]:
    """Every function of that name, methods included."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name]


def guardrail_parameters(package: Package) -> dict[str, str]:
    """The fields of the guardrails' configuration models and the arguments of their constructors."""
    notation = Notation(package)
    found: dict[str, str] = {}
    for file in package.files(r"litellm/types/proxy/guardrails/guardrail_hooks/"):
        for declared in (node for node in package.tree(file).body if isinstance(node, ast.ClassDef)):
            if re.search(r"(ConfigModel|Configs|OptionalParams|Params)$", declared.name):
                found.update(fields_of(package, notation, declared.name))
    for file in package.files(r"litellm/(proxy/guardrails/guardrail_hooks/|integrations/custom_guardrail\.py)"):
        for declared in (node for node in ast.walk(package.tree(file)) if isinstance(node, ast.ClassDef)):
            if not any("Guardrail" in last_name(base) or "CustomLogger" in last_name(base) for base in declared.bases):
                continue
            for function in constructors(declared):
                found = {**arguments(function, notation), **found}
    return {name: found[name] for name in found if NAME.match(name)}


def guardrail_reads(package: Package) -> set[str]:
    """Attributes of `litellm_params` that the guardrails' code reads."""
    found: set[str] = set()
    for file in package.files(r"litellm(_enterprise)?/(.*guardrail.*|enterprise/.*hook.*)\.py$"):
        tree = package.tree(file)
        found |= mapping_reads(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and last_name(node.value) in ("litellm_params", "optional_params"):
                found.add(node.attr)
            if isinstance(node, ast.Call) and last_name(node.func) == "getattr" and len(node.args) > 1:
                if last_name(node.args[0]) in ("litellm_params", "optional_params"):
                    found |= set(texts(node.args[1]))
    return {name for name in found if NAME.match(name)} - {"get", "items", "keys", "model_dump", "model_extra", "model_fields_set"}


def fields_of(package: Package, notation: Notation, name: str) -> dict[str, str]:
    """The fields of a model, none where there is no such class."""
    declared = model(package, notation, name)
    return declared.fields if declared else {}
