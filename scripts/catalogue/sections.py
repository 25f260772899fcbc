"""The settings sections of LiteLLM's configuration file: every name with its evidence and its type."""

import ast
import re
from functools import lru_cache

from declarations import constructor, constructors, arguments, function_named, imported_variables, module_names
from notation import Notation
from package import Package, last_name, texts
from parameters import fields_of, guardrail_parameters, guardrail_reads, provider_parameters, request_parameters
from reads import ANY_SECTION, READERS, Reads

MODULE = "litellm/__init__.py"
PROXY_SERVER = "litellm/proxy/proxy_server.py"
ROUTER_FILES = r"litellm/router\w*\.py$"
ROUTER_SHAPE = {"model_list", "routing_strategy", "num_retries", "fallbacks"}
CACHE_FILES = r"litellm/caching/caching\.py$"
CACHE_SHAPE = {"type", "ttl", "host"}
Section = dict[str, str]


def read_sections(package: Package, notation: Notation, redis: Package) -> dict[str, Section]:
    """All sections. A value is the evidence (`declared`, `read` or `mentioned`), a blank and the type where it is known."""
    reads = scan(package)
    return {
        "top_level": section(declared=fields_of(package, notation, "ConfigYAML"), read=top_level(package)),
        "router_settings": section(declared=router(package, notation)),
        "general_settings": section(
            declared=fields_of(package, notation, "ConfigGeneralSettings"), read=reads.found["general_settings"]
        ),
        "litellm_settings": section(
            declared={**imported_variables(package, MODULE), **module_names(package.tree(MODULE), notation)},
            read=reads.found["litellm_settings"],
        ),
        "callback_settings": section(read=callback_names(reads)),
        "cache_params": section(declared=cache(package, notation), read={**reads.found["cache_params"], **redis_client(package, redis)}),
        "litellm_params": section(
            declared=deployment(package, notation),
            read={**dict.fromkeys(reads.found["litellm_params"], ""), **request_parameters(package)},
            mentioned=provider_parameters(package),
        ),
        "model_info": section(
            declared={**fields_of(package, notation, "ModelInfoBase"), **fields_of(package, notation, "ModelInfo")},
            read={*reads.found["model_info"], *priced_fields(package)},
        ),
        "guardrail_params": section(
            declared=fields_of(package, notation, "LitellmParams"),
            read=guardrail_parameters(package),
            mentioned={*guardrail_reads(package), *reads.found["guardrail_params"]},
        ),
    }


def section(declared: Section | None = None, read: object = (), mentioned: object = ()) -> Section:
    """Merges tiers of evidence, the strongest winning. A tier without types is a set of names."""
    found: Section = {}
    for evidence, tier in (("mentioned", mentioned), ("read", read), ("declared", declared or {})):
        types = tier if isinstance(tier, dict) and evidence != "mentioned" else dict.fromkeys(tier, "")
        for name, notation in types.items():
            # The places where a name is read are no types.
            known = re.sub(r"@\w+", "mapping", notation) if evidence == "read" else notation
            known = "" if re.search(r"\.py:\d+$", known) else known
            found[name] = f"{evidence} {known}".rstrip()
    return {name: found[name] for name in sorted(found) if re.match(r"^[A-Za-z][\w.]*$", name)}


@lru_cache(maxsize=1)
def scan(package: Package) -> Reads:
    """Reads every file that handles a settings mapping, twice."""
    reads = Reads(package)
    files = [
        name for name in sorted(package.text)
        if re.search(ANY_SECTION, package.text[name]) and ("/llms/" not in name or "general_settings" in package.text[name])
    ]
    for _ in range(2):
        for name in files:
            reads.scan(name)
    return reads


def top_level(package: Package) -> set[str]:
    """What the loader reads from the whole file."""
    return config_keys(package.tree(PROXY_SERVER), "ProxyConfig") - {"force_reload", "interval_hours"}


def router(package: Package, notation: Notation) -> Section:
    """The arguments of the Router; the loader hands nothing else on, and withholds a few."""
    found = constructor(package, notation, ROUTER_FILES, ROUTER_SHAPE)
    withheld = package.strings_of("ROUTER_SETTINGS_MANAGED_OUTSIDE_CONFIG")
    return {name: found[name] for name in found if name not in withheld}


def cache(package: Package, notation: Notation) -> Section:
    """The arguments of the cache and of the Redis caches, which get what the cache itself does not know."""
    found: Section = {}
    for file in package.files(r"litellm/caching/(redis\w*|valkey\w*|s3)_cache\.py$"):
        for function in constructors(package.tree(file)):
            if function.args.kwarg is not None:
                found.update(arguments(function, notation))
    found.update(constructor(package, notation, CACHE_FILES, CACHE_SHAPE))
    return {name: found[name] for name in found if not name.startswith("_")}


def redis_client(package: Package, redis: Package) -> Section:
    """What is passed on to the Redis client: its own arguments, and those that LiteLLM adds."""
    found: Section = {}
    notation = Notation(redis)
    for file in redis.files(r"redis/(asyncio/)?(client|cluster|connection)\.py$"):
        for node in redis.tree(file).body:
            if isinstance(node, ast.ClassDef) and node.name in ("Redis", "RedisCluster", "AbstractConnection", "Connection"):
                for function in constructors(node):
                    found.update(arguments(function, notation))
    module = package.tree("litellm/_redis.py")
    for name in ("_get_redis_kwargs", "_get_redis_url_kwargs", "_get_redis_cluster_kwargs"):
        function = function_named(module, name)
        for node in ast.walk(function) if function else ():
            if isinstance(node, (ast.Set, ast.Tuple)):
                found.update({text: found.get(text, "") for text in texts(node)})
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and last_name(node.func) in ("get", "pop") and node.args and isinstance(node.func, ast.Attribute):
            if last_name(node.func.value) == "redis_kwargs":
                found.update({text: found.get(text, "") for text in texts(node.args[0])})
    found.update(dict.fromkeys(package.strings_of("_AWS_IAM_KWARG_NAMES"), ""))
    return {name: found[name] for name in found if name not in ("self", "connection_pool", "retry") and not name.startswith("_")}


def deployment(package: Package, notation: Notation) -> Section:
    """The declared fields of a deployment's `litellm_params`: the model that is used and the older typed mapping."""
    return {
        **fields_of(package, notation, "LiteLLMParamsTypedDict"),
        **fields_of(package, notation, "CustomPricingLiteLLMParams"),
        **fields_of(package, notation, "LiteLLM_Params"),
    }


def priced_fields(package: Package) -> set[str]:
    """The fields of the table of model prices: they may be set again under `model_info`."""
    table = package.json("litellm/model_prices_and_context_window_backup.json")
    return {field for name, model_ in table.items() if name != "sample_spec" for field in model_}


def callback_names(reads: Reads) -> set[str]:
    """Callbacks with settings of their own, without the fields that teams and keys have under the same name."""
    return set(reads.found["callback_settings"]) - {"callback_vars", "callbacks", "success_callback", "failure_callback"}


def config_keys(tree: ast.Module, class_name: str) -> set[str]:
    """The names that the methods of the loader read from the whole configuration, a variable called `config`."""
    loader = next((node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == class_name), None)
    found: set[str] = set()
    for node in ast.walk(loader) if loader else ():
        if isinstance(node, ast.Call) and last_name(node.func) in READERS and node.args and isinstance(node.func, ast.Attribute):
            owner, key = node.func.value, node.args[0]
        elif isinstance(node, ast.Subscript):
            owner, key = node.value, node.slice
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
            owner, key = node.comparators[0], node.left
        else:
            continue
        if isinstance(owner, ast.Name) and owner.id == "config" and isinstance(key, ast.Constant) and isinstance(key.value, str):
            found.add(key.value)
    return found
