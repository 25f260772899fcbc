"""Writes the operations that one LiteLLM release declares, read from its wheel, for the identity proxy.

    python3 scripts/proxy-routes/generate.py litellm-1.108.10-....whl

Nothing of LiteLLM is imported or run. Same wheel, same bytes. Which of the operations are forwarded is decided in
proxy/src/routes/classes.ts; this is only the list of what exists.
"""

import ast
import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
OUT = Path(__file__).resolve().parents[2] / "proxy" / "src" / "routes" / "data"


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("usage: generate.py WHEEL")
    wheel = Path(sys.argv[1])
    match = re.match(r"litellm-(\d+\.\d+\.\d+)-", wheel.name)
    if not match:
        raise SystemExit(f"{wheel.name}: not a wheel of a LiteLLM release")
    operations = sorted({operation for source in proxy_sources(wheel) for operation in declared(source)})
    data = {
        "version": match[1],
        "wheel": {"file": wheel.name, "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()},
        "operations": [f"{method} {path}" for path, method in operations],
    }
    OUT.mkdir(parents=True, exist_ok=True)
    target = OUT / f"{match[1]}.json"
    target.write_text(json.dumps(data, indent=1, ensure_ascii=True) + "\n")
    print(f"{target.name}: {len(operations)} operations", file=sys.stderr)


def proxy_sources(wheel: Path):
    """The text of every module that may declare a route of the gateway."""
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("litellm/proxy/") and name.endswith(".py"):
                yield archive.read(name).decode()


def declared(source: str):
    """(path, METHOD) of each route decorator of a module, and of calls such as `app.websocket("/path")(function)`."""
    tree = ast.parse(source)
    prefixes = router_prefixes(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)):
            continue
        path = path_of(node)
        if path is None or not (node.func.value.id in prefixes or re.search(r"(app|router)$", node.func.value.id)):
            continue
        for method in methods_of(node):
            yield prefixes.get(node.func.value.id, "") + path, method


def router_prefixes(tree: ast.Module) -> dict[str, str]:
    """Name of each router of a module with the prefix of its paths."""
    prefixes = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and call_name(node.value) == "APIRouter":
            prefix = next((text(keyword.value) for keyword in node.value.keywords if keyword.arg == "prefix"), None)
            prefixes.update({target.id: prefix or "" for target in node.targets if isinstance(target, ast.Name)})
    return prefixes


def methods_of(call: ast.Call) -> list[str]:
    name = call.func.attr
    if name in METHODS:
        return [name.upper()]
    if name == "websocket":
        return ["WEBSOCKET"]
    if name in ("api_route", "add_api_route"):
        listed = next((keyword.value for keyword in call.keywords if keyword.arg == "methods"), None)
        return [text(item) or "GET" for item in listed.elts] if isinstance(listed, (ast.List, ast.Tuple, ast.Set)) else ["GET"]
    return []


def path_of(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else next((keyword.value for keyword in call.keywords if keyword.arg == "path"), None)
    value = text(first)
    return value if value is not None and value.startswith("/") else None


def call_name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def text(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


if __name__ == "__main__":
    main()
