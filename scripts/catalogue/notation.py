"""The compact type notation of the catalogue.

    string  number  boolean  list  list<T>  mapping  mapping<T>  'text'  @Model  T|T

The empty text stands for a type that is not known or that no file can write. A type that may also be
absent (`None`) is written without it: every setting may be left empty.
"""

import ast
import re

from package import Package, last_name

SCALARS = {
    **dict.fromkeys(("str", "SecretStr", "datetime", "date", "constr", "StrictStr"), "string"),
    **dict.fromkeys(("int", "float", "Decimal", "StrictInt", "StrictFloat", "PositiveInt", "NonNegativeInt"), "number"),
    **dict.fromkeys(("bool", "StrictBool"), "boolean"),
}
LISTS = {"list", "List", "Sequence", "set", "Set", "frozenset", "FrozenSet", "tuple", "Tuple", "Iterable", "MutableSequence"}
MAPPINGS = {"dict", "Dict", "Mapping", "MutableMapping", "defaultdict"}
WRAPPERS = {"Annotated", "Required", "NotRequired", "ReadOnly", "Final", "Optional"}
MOST_ENUMERATED = 40
DEPTH = 6


class Notation:
    """Translates annotations; collects the names of the models that they refer to."""

    def __init__(self, package: Package):
        self.package = package
        self.models: set[str] = set()

    def of(self, annotation: ast.expr | None) -> str:
        """The notation of one annotation."""
        if annotation is None:
            return ""
        found = self._members(annotation, DEPTH)
        if found is None:
            return ""
        self.models |= {name for member in found for name in re.findall(r"@(\w+)", member)}
        return "|".join(sorted(found))

    def _members(self, node: ast.expr, depth: int) -> set[str] | None:
        """The alternatives; None where one of them is unknown, so that nothing is known of the whole."""
        if depth == 0:
            return None
        if isinstance(node, ast.Constant):
            if node.value is None:
                return set()
            return self._members(ast.parse(node.value, mode="eval").body, depth) if isinstance(node.value, str) else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self._union([node.left, node.right], depth)
        if isinstance(node, ast.Subscript):
            return self._subscript(node, depth)
        return self._named(node, depth)

    def _union(self, nodes: list[ast.expr], depth: int) -> set[str] | None:
        members = [self._members(node, depth) for node in nodes]
        return None if any(member is None for member in members) else set().union(*members)

    def _subscript(self, node: ast.Subscript, depth: int) -> set[str] | None:
        name, inner = last_name(node.value), node.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if name == "Literal":
            return self._literals(parts, depth)
        if name == "Union":
            return self._union(parts, depth)
        if name in WRAPPERS:
            return self._members(parts[0], depth)
        if name in LISTS:
            return {self._nested("list", parts[0], depth)}
        if name in MAPPINGS:
            return {self._nested("mapping", parts[-1], depth)}
        return None

    def _literals(self, parts: list[ast.expr], depth: int) -> set[str] | None:
        found: set[str] = set()
        for part in parts:
            if not isinstance(part, ast.Constant):
                return None
            kind = "boolean" if isinstance(part.value, bool) else "number"
            found.add(f"'{part.value}'" if isinstance(part.value, str) else kind)
        return found

    def _nested(self, kind: str, inner: ast.expr, depth: int) -> str:
        members = self._members(inner, depth - 1)
        simple = members is not None and len(members) == 1 and "<" not in (only := next(iter(members))) and only[0] != "'"
        return f"{kind}<{only}>" if simple else kind

    def _named(self, node: ast.expr, depth: int) -> set[str] | None:
        name = last_name(node)
        if name in SCALARS:
            return {SCALARS[name]}
        if name in LISTS or name in MAPPINGS:
            return {"list" if name in LISTS else "mapping"}
        declared = self.package.class_named(name)
        if declared is not None:
            return self._class(declared)
        alias = self.package.value_of(name)
        return self._members(alias, depth - 1) if alias is not None and not isinstance(alias, ast.Constant) else None

    def _class(self, declared: ast.ClassDef) -> set[str] | None:
        bases = {last_name(base) for base in declared.bases}
        if any(base.endswith("Enum") for base in bases):
            constants = [node.value for node in declared.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)]
            values = {constant.value for constant in constants if isinstance(constant.value, str)}
            return {f"'{value}'" for value in values} if 0 < len(values) <= MOST_ENUMERATED else {"string"}
        return {f"@{declared.name}"} if is_model(self.package, declared) else None


def is_model(package: Package, declared: ast.ClassDef, depth: int = 5) -> bool:
    """Whether a class is a pydantic model, a TypedDict or a dataclass: something that a mapping is read into."""
    if any("dataclass" in last_name(decorator) for decorator in declared.decorator_list):
        return True
    for base in map(last_name, declared.bases):
        if base in ("BaseModel", "TypedDict", "OpenAIObject", "SafeAttributeModel"):
            return True
        parent = package.class_named(base)
        if parent is not None and parent is not declared and depth > 0 and is_model(package, parent, depth - 1):
            return True
    return False
