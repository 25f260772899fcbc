"""What expressions evaluate to, as far as that can be said without running anything."""

import ast

from package import Package, assigned_name, last_name

UNKNOWN = object()
DEPTH = 8


def literal(package: Package, node: ast.expr | None, depth: int = DEPTH) -> object:
    """The JSON value of an expression, through constants and enumerations; `UNKNOWN` where it has none."""
    if node is None or depth == 0:
        return UNKNOWN
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError):
        return _named_value(package, node, depth)
    return value if is_json(value) else UNKNOWN


def _named_value(package: Package, node: ast.expr, depth: int) -> object:
    if isinstance(node, ast.BinOp):
        return _arithmetic(package, node, depth)
    if isinstance(node, ast.Attribute):
        return _enumerated(package, node, depth)
    if isinstance(node, ast.Name) and node.id.lstrip("_").isupper():
        return literal(package, package.value_of(node.id), depth - 1)
    # DEFAULT if from_environment is None else from_environment
    if isinstance(node, ast.IfExp) and "env" in ast.unparse(node.test).lower():
        value = literal(package, node.body, depth - 1)
        return literal(package, node.orelse, depth - 1) if value is UNKNOWN else value
    return _called(package, node, depth) if isinstance(node, ast.Call) else UNKNOWN


def _arithmetic(package: Package, node: ast.BinOp, depth: int) -> object:
    """`60 * 60`."""
    left, right = literal(package, node.left, depth - 1), literal(package, node.right, depth - 1)
    if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
        return UNKNOWN
    if isinstance(node.op, ast.Mult):
        return left * right
    return left + right if isinstance(node.op, ast.Add) else UNKNOWN


def _enumerated(package: Package, node: ast.Attribute, depth: int) -> object:
    """`Colour.RED` and `Colour.RED.value`."""
    owner = node.value if node.attr == "value" else node
    declared = package.class_named(last_name(owner.value)) if isinstance(owner, ast.Attribute) else None
    member = next((item.value for item in (declared.body if declared else []) if assigned_name(item) == getattr(owner, "attr", "")), None)
    return literal(package, member, depth - 1)


def _called(package: Package, node: ast.Call, depth: int) -> object:
    """`get_env_int("X", 5)`, and a conversion that an environment variable may go before: `int(os.getenv("X", 5))`."""
    if last_name(node).startswith("get_env_") and len(node.args) > 1:
        return literal(package, node.args[1], depth - 1)
    if last_name(node) in ("int", "float", "bool", "str") and len(node.args) == 1:
        return _converted(last_name(node), _fallback_of(package, node.args[0], depth))
    return UNKNOWN


def _fallback_of(package: Package, node: ast.expr, depth: int) -> object:
    if isinstance(node, ast.Call) and last_name(node) in ("getenv", "get") and len(node.args) == 2:
        return literal(package, node.args[1], depth - 1)
    return literal(package, node, depth - 1)


def _converted(kind: str, value: object) -> object:
    try:
        return {"int": int, "float": float, "str": str, "bool": bool}[kind](value) if value is not UNKNOWN else UNKNOWN
    except (KeyError, TypeError, ValueError):
        return UNKNOWN


def is_json(value: object) -> bool:
    """Whether JSON can hold a value; `None` is no default, it stands for absence."""
    if isinstance(value, (list, dict)):
        return all(is_json(item) or item is None for item in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, (bool, int, float, str)) and value == value and value not in (float("inf"), float("-inf"))


class TextLists:
    """Evaluates lists of texts that are built of each other: `a + b`, `[*a, "x"]`, `list(a)`, `[f"{x}/*" for x in a]`."""

    def __init__(self, package: Package, known: dict[str, list[str]] | None = None):
        self.package = package
        self.known: dict[str, list[str]] = dict(known or {})

    def of(self, node: ast.expr | None) -> list[str]:
        """The texts, in order; what cannot be evaluated adds nothing."""
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return [text for element in node.elts for text in self.of(element)]
        if isinstance(node, ast.Starred):
            return self.of(node.value)
        if isinstance(node, ast.BinOp):
            return self._operation(node)
        if isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            return self._comprehension(node)
        if isinstance(node, ast.Call):
            return self.of(node.args[0]) if node.args else []
        return self._named(node)

    def _operation(self, node: ast.BinOp) -> list[str]:
        left, right = self.of(node.left), self.of(node.right)
        if isinstance(node.op, ast.Sub):
            return [text for text in left if text not in right]
        return left + right if isinstance(node.op, (ast.Add, ast.BitOr)) else []

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> list[str]:
        generator = node.generators[0]
        excluded = {text for test in generator.ifs for leaf in ast.walk(test) if isinstance(leaf, (ast.Attribute, ast.Constant))
                    for text in self._named(leaf)}
        items = [text for text in self.of(generator.iter) if text not in excluded]
        if not isinstance(node.elt, ast.JoinedStr):
            return items
        return ["".join(part.value if isinstance(part, ast.Constant) else item for part in node.elt.values) for item in items]

    def _named(self, node: ast.expr | None) -> list[str]:
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) else []
        name = last_name(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
        if name in self.known:
            return self.known[name]
        value = literal(self.package, node) if node is not None else UNKNOWN
        if isinstance(value, str):
            return [value]
        return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
