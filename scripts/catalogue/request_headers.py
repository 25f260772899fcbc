"""The request headers that the proxy reads, with the first place that does."""

import ast
import re

from package import Package, assigned_name, last_name, texts

FILES = r"litellm/(proxy/|litellm_core_utils/|router_strategy/|constants\.py)"
HOLDER = re.compile(r"header", re.I)
# Headers of answers, of calls to providers, and of other services.
NOT_A_REQUEST = re.compile(r"response|resp|hidden|additional|upstream|outgoing|result|exc|error|auth_headers|extra_headers|provider", re.I)
FOREIGN_FILES = re.compile(r"/(guardrail_hooks|secret_managers|client|roi_calculator|lens)/|/prometheus_metrics_server|/upstream_usage")
NAME = re.compile(r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+$")
PLAIN_NAMES = {"accept", "authorization", "baggage", "cookie", "host", "origin", "range", "referer", "tags", "traceparent", "tracestate"}
# Constants and lists of headers, and those of them that are not read from a request.
LISTED = re.compile(r"HEADER|^X_LITELLM", re.I)
NOT_LISTED = re.compile(r"RESPONSE|RESP_|PREFIX|UPSTREAM|NEVER|STATIC|NO_CACHE|REDACTED|EXCLUDED|HOP|RUST|PID|MODEL_ID|HSTS|KEY_HEADER$", re.I)
LISTED_NAME = re.compile(r"^((x-)?litellm-|x-\w+-bypass$|x-goog-user|session-|thread-)")
ANSWERS_ONLY = re.compile(r"^(etag|last-modified|location|link|retry-after|www-authenticate|x-ratelimit-.*|x-next-page|kid|typ|alg|name|value|"
                          r"content-disposition|set-cookie|status|x-litellm-(response-cost|attempted-fallbacks|model-(group|id|name|api-base|region)|total-tokens|"
                          r"adaptive-router-model|applied-\w+|cache-key|guardrail-scan-\w+|semantic-filter.*|quality-router-\w+|priority|version|key-.*|overhead.*|timing.*))$")


def read_headers(package: Package) -> dict[str, str]:
    """Header names in lower case, each with the file and line that reads it first."""
    found: dict[str, str] = {}
    special = package.class_named("SpecialHeaders")
    origin = package.file_of("SpecialHeaders") or ""
    for node in special.body if special else ():
        for text in texts(node.value) if isinstance(node, ast.Assign) else ():
            found[text.lower()] = f"{origin}:{node.lineno}"
    for file in package.files(FILES):
        if "eader" in package.text[file] and not FOREIGN_FILES.search(file):
            for node in ast.walk(package.tree(file)):
                for name in names_read(package, node):
                    if (NAME.match(name) or name in PLAIN_NAMES) and not ANSWERS_ONLY.match(name.lower()):
                        found.setdefault(name.lower(), f"{file}:{node.lineno}")
    for file in package.files(FILES):
        for node in ast.walk(package.tree(file)) if "eader" in package.text[file] else ():
            for name in listed_names(node):
                found.setdefault(name, f"{file}:{node.lineno}")
    return {name: found[name] for name in sorted(found)}


def names_read(package: Package, node: ast.AST) -> set[str]:
    """The header names that one expression or function reads."""
    if isinstance(node, ast.Call):
        return called_with(package, node)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and holds_headers(node.value):
        return header_texts(package, node.slice)
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)) and holds_headers(node.comparators[0]):
        return header_texts(package, node.left)
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq) and re.search(r"header", ast.unparse(node.left)):
        return {name for name in header_texts(package, node.comparators[0]) if name.startswith("x-")}
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return declared_arguments(node)
    return set()


def listed_names(node: ast.AST) -> set[str]:
    """The headers that a constant or a list of headers names."""
    name = assigned_name(node) or ""
    if not LISTED.search(name) or NOT_LISTED.search(name) or node.value is None:
        return set()
    # A mapping in a function is a set of headers that is sent.
    if not name.lstrip("_").isupper() and not isinstance(node.value, (ast.List, ast.Tuple, ast.Set)):
        return set()
    return {text for text in texts(node.value) if LISTED_NAME.match(text) and NAME.match(text) and not ANSWERS_ONLY.match(text)}


def called_with(package: Package, node: ast.Call) -> set[str]:
    """`headers.get("x")`, and helpers such as `get_header(headers, "x")`."""
    if not node.args:
        return set()
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop", "getlist"):
        return header_texts(package, node.args[0]) if holds_headers(node.func.value) else set()
    if "header" in last_name(node.func).lower() and len(node.args) > 1 and holds_headers(node.args[0]):
        return set().union(*(header_texts(package, argument) for argument in node.args[1:]))
    return set()


def holds_headers(node: ast.AST) -> bool:
    """Whether an expression sounds like the headers of a request."""
    shown = ast.unparse(node)
    return bool(HOLDER.search(last_name(node)) or last_name(node) == "normalized") and not NOT_A_REQUEST.search(shown)


def header_texts(package: Package, node: ast.AST) -> set[str]:
    """The text of a literal or of an ALL_CAPS constant."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    name = last_name(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
    return package.strings_of(name) if name.lstrip("_").isupper() else set()


def declared_arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Arguments that FastAPI fills from headers: `x_name: str = Header(...)`."""
    every = [*function.args.posonlyargs, *function.args.args]
    pairs = [*zip(every[::-1], function.args.defaults[::-1]), *zip(function.args.kwonlyargs, function.args.kw_defaults)]
    defaults = {argument.arg: default for argument, default in pairs}
    found: set[str] = set()
    for argument in (*every, *function.args.kwonlyargs):
        sources = [defaults.get(argument.arg), *(ast.walk(argument.annotation) if argument.annotation else ())]
        call = next((node for node in sources if isinstance(node, ast.Call) and last_name(node) == "Header"), None)
        if call is not None:
            alias = next((text for keyword in call.keywords if keyword.arg == "alias" for text in texts(keyword.value)), None)
            found.add(alias or argument.arg.replace("_", "-"))
    return found
