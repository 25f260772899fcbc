"""Which names of which settings mapping the code reads.

LiteLLM reads most of its configuration as plain dictionaries. This follows those dictionaries by the names of
variables, through aliases, helper functions, loops over tuples of names and ALL_CAPS constants. It finds too
much rather than too little: a checker built on it misses a rare mistake, and never calls a good setting wrong.
"""

import ast
import re
from collections import defaultdict

from declarations import model
from notation import Notation
from package import Package, last_name

SECTIONS = ("general_settings", "litellm_settings", "router_settings", "callback_settings", "cache_params", "litellm_params",
            "model_info")
ANY_SECTION = "|".join(SECTIONS)
# `general_settings`, `_proxy_general_settings`, `general_settings_dict`, ...
VARIABLE = re.compile(
    rf"^_*(?:proxy_|raw_|typed_|updated_|current_|existing_|db_|yaml_|config_|file_|new_)*({ANY_SECTION})"
    r"(?:_dict|_obj|_in_config|_config|_raw|_data|_view|_reader)?$"
)
SETTING_NAME = re.compile(r"^[a-z][A-Za-z0-9_]{2,}$")
READERS = ("get", "pop", "setdefault")
COPIERS = ("copy", "deepcopy", "model_dump")
DICT_METHODS = {*READERS, *COPIERS, "update", "items", "keys", "values", "append"}
PASSES_ON = re.compile(r"settings|section|_map|dict|cast|validate_python|mapping", re.I)
LOGS = re.compile(r"debug|info$|warn|error|dumps|isinstance|[gs]etattr|exception|audit_log")
# Helpers are known by name alone, and names collide: an argument that sounds like something else is not bound.
HOLDS_SETTINGS = re.compile(r"settings|config|params|section|mapping|info|values|raw")

Scope = dict[str, str]
Names = frozenset[str]


class Reads(ast.NodeVisitor):
    """Visits files one after another; `found[section][name]` is the first place that reads it."""

    def __init__(self, package: Package):
        self.package = package
        self.found: dict[str, dict[str, str]] = defaultdict(dict)
        self._bindings: dict[str, dict[int | str, str]] = {}
        self._file = ""
        self._scopes: list[Scope] = [{}]
        self._loops: list[dict[str, Names]] = [{}]
        self._keys: list[Scope] = [{}]

    def scan(self, file: str) -> None:
        """Reads one file. Scan all files twice: the second time follows mappings handed from function to function."""
        self._file, self._scopes, self._loops, self._keys = file, [{}], [{}], [{}]
        self.visit(self.package.tree(file))

    def add(self, section: str, names: Names | set[str], node: ast.AST) -> None:
        for name in names:
            if SETTING_NAME.match(name) and name != section:
                self.found[self._target(section)].setdefault(name, f"{self._file}:{getattr(node, 'lineno', 0)}")

    def _target(self, section: str) -> str:
        """A guardrail has `litellm_params` of its own."""
        return "guardrail_params" if section == "litellm_params" and "guardrail" in self._file else section

    def section_of(self, node: ast.AST) -> str | None:
        """The section that an expression stands for."""
        if isinstance(node, ast.Name):
            bound = next((scope[node.id] for scope in reversed(self._scopes) if node.id in scope), None)
            return bound or section_named(node.id)
        if isinstance(node, ast.Attribute):
            return section_named(node.attr)
        if isinstance(node, ast.Subscript):
            return section_key(node.slice)
        if isinstance(node, ast.Await):
            return self.section_of(node.value)
        if isinstance(node, ast.BoolOp):
            return self._first(node.values)
        if isinstance(node, ast.IfExp):
            return self._first([node.body, node.orelse])
        return self._section_of_call(node) if isinstance(node, ast.Call) else None

    def _section_of_call(self, node: ast.Call) -> str | None:
        called = last_name(node.func)
        if called in READERS and node.args:
            return section_key(node.args[0])
        if called in COPIERS and isinstance(node.func, ast.Attribute):
            return self._first([node.func.value, *node.args])
        named = section_named(called.removeprefix("_").removeprefix("get"))
        return named or (self._first(node.args) if PASSES_ON.search(called) else None)

    def _first(self, nodes: list[ast.expr]) -> str | None:
        return next((section for section in map(self.section_of, nodes) if section), None)

    def names_of(self, node: ast.AST) -> Names:
        """The texts that an expression may be."""
        if isinstance(node, ast.Constant):
            return frozenset([node.value]) if isinstance(node.value, str) else frozenset()
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return frozenset().union(*map(self.names_of, node.elts))
        if isinstance(node, ast.Name):
            looped = next((loop[node.id] for loop in reversed(self._loops) if node.id in loop), None)
            if looped is not None:
                return looped
        name = last_name(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
        return frozenset(self.package.strings_of(name)) if name.lstrip("_").isupper() else frozenset()

    def _single_name(self, node: ast.AST) -> Names:
        """The name that a helper is given to look up; a constant of many names says what may be edited, not what is read."""
        names = self.names_of(node)
        return names if len(names) == 1 else frozenset()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        method = names[:1] in (["self"], ["cls"])
        scope: Scope = {}
        for position, section in self._bindings.get(node.name, {}).items():
            index = position + method if isinstance(position, int) else None
            name = position if index is None else names[index] if index < len(names) else None
            if isinstance(name, str) and name in names and HOLDS_SETTINGS.search(name):
                scope[name] = section
        self._scopes.append(scope)
        self._loops.append({})
        self._keys.append({})
        self.generic_visit(node)
        self._scopes.pop()
        self._loops.pop()
        self._keys.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Assign(self, node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if not isinstance(target, ast.Name) or node.value is None:
                continue
            section = self.section_of(node.value)
            if section:
                self._scopes[-1][target.id] = section
            elif isinstance(node.value, (ast.Tuple, ast.List, ast.Set)) and self.names_of(node.value):
                self._loops[-1][target.id] = self.names_of(node.value)
        self.generic_visit(node)

    visit_AnnAssign = visit_Assign
    visit_NamedExpr = visit_Assign

    def visit_For(self, node: ast.For) -> None:
        outer = dict(self._keys[-1])
        section = self.section_of(node.iter.func.value) if is_items_call(node.iter) else None
        if section and isinstance(node.target, ast.Tuple) and isinstance(node.target.elts[0], ast.Name):
            self._keys[-1][node.target.elts[0].id] = section
        self._bind_loop(node.target, node.iter)
        self.generic_visit(node)
        # An inner loop may use the same variable for another mapping.
        self._keys[-1] = outer

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._bind_loop(node.target, node.iter)
        self.generic_visit(node)

    def _bind_loop(self, target: ast.expr, iterable: ast.expr) -> None:
        names = self.names_of(iterable)
        if isinstance(target, ast.Name) and names:
            self._loops[-1][target.id] = names

    def _visit_generators_first(self, node: ast.AST) -> None:
        for generator in node.generators:
            self.visit(generator)
        self.generic_visit(node)

    visit_GeneratorExp = visit_ListComp = visit_SetComp = visit_DictComp = _visit_generators_first

    def visit_Subscript(self, node: ast.Subscript) -> None:
        section = self.section_of(node.value)
        if section:
            self.add(section, self.names_of(node.slice), node)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        if isinstance(node.ops[0], (ast.In, ast.NotIn)):
            section = self.section_of(node.comparators[0])
            if section:
                self.add(section, self.names_of(node.left), node)
        if isinstance(node.left, ast.Name):
            section = next((keys[node.left.id] for keys in reversed(self._keys) if node.left.id in keys), None)
            if section:
                self.add(section, self.names_of(node.comparators[0]), node)
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        section = section_key(node.elts[0]) if len(node.elts) == 2 else None
        if section:
            self.add(section, self.names_of(node.elts[1]), node)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = last_name(node.func)
        if called in READERS and isinstance(node.func, ast.Attribute) and node.args:
            section = self.section_of(node.func.value)
            if section:
                self.add(section, self.names_of(node.args[0]), node)
        elif called == "getattr" and len(node.args) > 1 and last_name(node.args[0]) == "litellm":
            self.add("litellm_settings", self.names_of(node.args[1]), node)
        elif called not in DICT_METHODS:
            self._handed_on(node, called)
        self.generic_visit(node)

    def _handed_on(self, node: ast.Call, called: str) -> None:
        """`helper(general_settings, "name")`, `Model(**general_settings)`, and what binds a helper's own argument."""
        named = [*enumerate(node.args), *((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)]
        for position, value in named:
            section = self.section_of(value)
            if section:
                self._bindings.setdefault(called, {})[position] = section
                if not LOGS.search(called):
                    self.add(section, frozenset().union(*map(self._single_name, node.args)), node)
        owner = last_name(node.func.value) if isinstance(node.func, ast.Attribute) else called
        if called not in (owner, "model_validate"):
            return
        for value in (*node.args, *(keyword.value for keyword in node.keywords if keyword.arg is None)):
            section = self.section_of(value)
            declared = model(self.package, Notation(self.package), owner) if section else None
            if section and declared:
                self.add(section, set(declared.fields), node)


def section_named(name: str) -> str | None:
    """The section that a variable name stands for."""
    found = VARIABLE.match(name)
    return found[1] if found else None


def section_key(node: ast.AST) -> str | None:
    """The section that a text literal names."""
    return node.value if isinstance(node, ast.Constant) and node.value in SECTIONS else None


def is_items_call(node: ast.AST) -> bool:
    """`x.items()`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items"
