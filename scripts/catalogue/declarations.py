"""What classes and functions declare: fields, arguments, enumerated values."""

import ast
from dataclasses import dataclass, field as attribute

from notation import Notation
from package import Package, last_name, texts


@dataclass(frozen=True)
class Model:
    """A pydantic model, TypedDict or dataclass: what a mapping is read into."""

    fields: dict[str, str]
    required: list[str]
    open: bool
    # Fields whose values are changed before they are checked: their annotation does not say what may be written.
    changed: frozenset[str] = frozenset()
    # Of some fields: the expression of the default, what the source says of it, and its file and line.
    defaults: dict[str, ast.expr] = attribute(default_factory=dict)
    descriptions: dict[str, str] = attribute(default_factory=dict)
    places: dict[str, str] = attribute(default_factory=dict)


def model(package: Package, notation: Notation, name: str, seen: tuple[str, ...] = ()) -> Model | None:
    """A class by name, with what it inherits; None where there is no such class."""
    declared = package.class_named(name)
    if declared is None or name in seen:
        return None
    file = package.file_of(name) or ""
    fields: dict[str, str] = {}
    required: set[str] = set()
    defaults: dict[str, ast.expr] = {}
    descriptions: dict[str, str] = {}
    places: dict[str, str] = {}
    is_open = False
    total = True
    changed = validated_before(declared)
    for base in map(last_name, declared.bases):
        parent = model(package, notation, base, (*seen, name))
        if parent:
            fields.update(parent.fields)
            required |= set(parent.required)
            is_open = is_open or parent.open
            changed |= parent.changed
            defaults.update(parent.defaults)
            descriptions.update(parent.descriptions)
            places.update(parent.places)
    for keyword in declared.keywords:
        total = total and not (keyword.arg == "total" and isinstance(keyword.value, ast.Constant) and not keyword.value.value)
    for node in declared.body:
        if is_config(node):
            is_open = "allow" in texts(node)
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        field, annotation = node.target.id, ast.unparse(node.annotation)
        if field.startswith("_") or field == "model_config" or "ClassVar" in annotation:
            continue
        names = [field, *aliases(node.value)]
        fields.update(dict.fromkeys(names, notation.of(node.annotation)))
        optional = not total or "NotRequired" in annotation or has_default(node.value)
        required = required - {field} if optional or len(names) > 1 else required | {field}
        places.update(dict.fromkeys(names, f"{file}:{node.lineno}"))
        defaults.update({} if default_of(node.value) is None else dict.fromkeys(names, default_of(node.value)))
        descriptions.update({} if described(node.value) is None else dict.fromkeys(names, described(node.value)))
    # A typed dictionary is checked by nobody, so nothing in it is demanded.
    typed_dictionary = any(last_name(base) == "TypedDict" for base in declared.bases)
    fields.update(dict.fromkeys(changed & set(fields), ""))
    return Model(fields, [] if typed_dictionary else sorted(required), is_open, frozenset(changed), defaults, descriptions, places)


def validated_before(declared: ast.ClassDef) -> set[str]:
    """The fields with a pydantic validator that runs before the type is checked."""
    found: set[str] = set()
    for function in (node for node in declared.body if isinstance(node, ast.FunctionDef)):
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and last_name(decorator) == "field_validator" and "before" in texts(decorator):
                found |= {argument.value for argument in decorator.args if isinstance(argument, ast.Constant)}
    return found


def is_config(node: ast.stmt) -> bool:
    """`model_config = ...` or `class Config:` of a pydantic model."""
    if isinstance(node, ast.ClassDef):
        return node.name == "Config"
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return isinstance(target, ast.Name) and target.id == "model_config"


def aliases(value: ast.expr | None) -> list[str]:
    """The other names that a pydantic field is read from."""
    found: list[str] = []
    for keyword in getattr(value, "keywords", []):
        if keyword.arg in ("alias", "validation_alias"):
            found += texts(keyword.value)
    return found


def has_default(value: ast.expr | None) -> bool:
    """Whether a pydantic field may be left out."""
    if isinstance(value, ast.Call) and last_name(value) == "Field":
        given = [*value.args, *(keyword.value for keyword in value.keywords if keyword.arg in ("default", "default_factory"))]
        return bool(given) and not (isinstance(given[0], ast.Constant) and given[0].value is Ellipsis)
    return value is not None


def default_of(value: ast.expr | None) -> ast.expr | None:
    """The expression of a field's default; `default_factory=list` is an empty list."""
    if not isinstance(value, ast.Call) or last_name(value) not in ("Field", "field"):
        return value
    given = {keyword.arg: keyword.value for keyword in value.keywords}
    factory = {"list": ast.List([], ast.Load()), "dict": ast.Dict([], [])}.get(last_name(given.get("default_factory")))
    first = given.get("default", value.args[0] if value.args else factory)
    return None if isinstance(first, ast.Constant) and first.value is Ellipsis else first


def described(value: ast.expr | None) -> str | None:
    """`Field(description="...")`."""
    text = next((keyword.value for keyword in getattr(value, "keywords", []) if keyword.arg == "description"), None)
    return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else None


def enum_values(package: Package, name: str) -> list[str]:
    """The texts of an enumeration."""
    declared = package.class_named(name)
    values = [node.value for node in (declared.body if declared else []) if isinstance(node, ast.Assign)]
    return sorted({value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)})


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef, notation: Notation) -> dict[str, str]:
    """The named arguments of a function, without `self`."""
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {argument.arg: notation.of(argument.annotation) for argument in every if argument.arg not in ("self", "cls")}


def constructor(package: Package, notation: Notation, files: str, needed: set[str]) -> dict[str, str]:
    """The arguments of the constructor that takes all of `needed`."""
    return arguments(constructor_node(package, files, needed)[1], notation)


def constructor_node(package: Package, files: str, needed: set[str]) -> tuple[str, ast.FunctionDef]:
    """The constructor that takes all of `needed`, and its file: found by shape, because classes move between files."""
    for file in package.files(files):
        for function in constructors(package.tree(file)):
            names = {argument.arg for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}
            if needed <= names:
                return file, function
    raise SystemExit(f"no constructor with {sorted(needed)} in {files}")


def constructors(tree: ast.AST) -> list[ast.FunctionDef]:
    """Every `__init__` of a tree."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__init__"]


def function_named(tree: ast.Module, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """A function of a module, at any depth."""
    functions = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return next((function for function in functions if function.name == name), None)


def module_names(tree: ast.Module, notation: Notation) -> dict[str, str]:
    """The module-level names that a setting can replace: no imports, no types, no functions, no private names."""
    found: dict[str, str] = {}
    for node in assignments(tree):
        found.update(replaceable(node, notation))
    return found


def module_values(tree: ast.Module) -> dict[str, ast.Assign | ast.AnnAssign]:
    """The first assignment of each module-level name: the value that it has where nothing else is said."""
    found: dict[str, ast.Assign | ast.AnnAssign] = {}
    for node in sorted(assignments(tree), key=lambda node: -node.lineno):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        found.update({target.id: node for target in targets if isinstance(target, ast.Name)})
    return found


def assignments(tree: ast.Module) -> list[ast.Assign | ast.AnnAssign]:
    """The assignments of a module outside functions and classes, those under conditions included."""
    found: list[ast.Assign | ast.AnnAssign] = []
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            found.append(node)
        pending += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
    return found


def imported_variables(package: Package, file: str) -> dict[str, str]:
    """Plain variables that a package takes over from its own modules: a setting can replace them too."""
    notation = Notation(package)
    found: dict[str, str] = {}
    for node in (node for node in ast.walk(package.tree(file)) if isinstance(node, ast.ImportFrom)):
        source = f"{(node.module or '').replace('.', '/')}.py"
        source = source if source in package.text else f"litellm/{source}"
        defined = module_names(package.tree(source), notation) if source in package.text else {}
        names = {alias.asname or alias.name: alias.name for alias in node.names}
        found.update({name: defined[origin] for name, origin in names.items() if origin in defined and name.islower()})
    return found


def replaceable(node: ast.Assign | ast.AnnAssign, notation: Notation) -> dict[str, str]:
    """The names of one assignment that a setting can replace."""
    annotation = node.annotation if isinstance(node, ast.AnnAssign) else None
    if annotation is not None and last_name(annotation) in ("Type", "Callable", "Set", "Final"):
        return {}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [target.id for target in targets if isinstance(target, ast.Name) and not target.id.startswith("_")]
    given = notation.of(annotation) if annotation is not None else literal_type(node.value)
    return dict.fromkeys(names, given)


def literal_type(value: ast.expr | None) -> str:
    """What an unannotated default says of its type."""
    if isinstance(value, ast.Constant):
        kinds = {bool: "boolean", int: "number", float: "number", str: "string"}
        return kinds.get(type(value.value), "")
    return {ast.List: "list", ast.Dict: "mapping"}.get(type(value), "")
