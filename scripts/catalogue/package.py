"""The Python sources of one or more wheels, as text and as syntax trees. Nothing is imported or run."""

import ast
import json
import re
import sys
import zipfile
from functools import lru_cache
from pathlib import Path

CLASS = re.compile(r"^class (\w+)\b", re.M)
CONSTANT = re.compile(r"^(\w+)\b[^=\n]*=(?!=)", re.M)


class Package:
    """Sources by their path inside the wheel, with indexes of classes and of module-level names."""

    def __init__(self, *wheels: Path):
        self.text: dict[str, str] = {}
        self._zip = zipfile.ZipFile(wheels[0])
        for archive in map(zipfile.ZipFile, wheels):
            for name in archive.namelist():
                if name.endswith(".py") and "/_experimental/out/" not in name:
                    self.text[name] = archive.read(name).decode("utf8", "replace")
        self._classes = self._index(CLASS)
        self._constants = self._index(CONSTANT)

    def _index(self, pattern: re.Pattern[str]) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for name in sorted(self.text):
            for found in set(pattern.findall(self.text[name])):
                index.setdefault(found, []).append(name)
        return index

    @lru_cache(maxsize=None)
    def tree(self, name: str) -> ast.Module:
        """The syntax tree of one file; an empty one, with a warning, where the grammar is newer than this interpreter."""
        try:
            return ast.parse(self.text[name])
        except SyntaxError as error:
            print(f"warning: {name} cannot be parsed: {error}", file=sys.stderr)
            return ast.Module([], [])

    def files(self, pattern: str) -> list[str]:
        """The paths that match, sorted."""
        return [name for name in sorted(self.text) if re.match(pattern, name)]

    def data(self, name: str) -> str:
        """A file of the first wheel that is not Python."""
        return self._zip.read(name).decode()

    def json(self, name: str) -> object:
        """A JSON file of the first wheel."""
        return json.loads(self.data(name))

    def metadata(self) -> str:
        """The METADATA of the first wheel."""
        return self.data(next(name for name in self._zip.namelist() if name.endswith(".dist-info/METADATA")))

    def class_named(self, name: str) -> ast.ClassDef | None:
        """A top-level class; types modules go before the rest, because some names are defined twice."""
        found = self._class_and_file(name)
        return found[0] if found else None

    def file_of(self, name: str) -> str | None:
        """The file of the class that `class_named` returns."""
        found = self._class_and_file(name)
        return found[1] if found else None

    @lru_cache(maxsize=None)
    def _class_and_file(self, name: str) -> tuple[ast.ClassDef, str] | None:
        order = sorted(self._classes.get(name, []), key=lambda file: ("/types/" not in file, "_types" not in file, file))
        for file in order:
            for node in self.tree(file).body:
                if isinstance(node, ast.ClassDef) and node.name == name:
                    return node, file
        return None

    @lru_cache(maxsize=None)
    def value_of(self, name: str) -> ast.expr | None:
        """What is assigned to a module-level name; types modules and constants go first."""
        order = sorted(self._constants.get(name, []), key=lambda file: ("/types/" not in file, "constants" not in file, file))
        for file in order:
            for node in self.tree(file).body:
                target = assigned_name(node)
                if target == name and node.value is not None:
                    return node.value
        return None

    def strings_of(self, name: str, depth: int = 2) -> set[str]:
        """The texts in what is assigned to a constant, constants that it is built of included."""
        value = self.value_of(name)
        if value is None:
            return set()
        found = set(texts(value))
        for node in ast.walk(value):
            if depth > 0 and isinstance(node, ast.Name) and node.id.lstrip("_").isupper():
                found |= self.strings_of(node.id, depth - 1)
        return found


def assigned_name(node: ast.AST) -> str | None:
    """`x` of `x = ...` and `x: T = ...`."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(target, ast.Name) else None


def texts(node: ast.AST) -> list[str]:
    """All text literals below a node."""
    return [leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)]


def last_name(node: ast.AST | None) -> str:
    """`c` of `a.b.c`, of `c`, of `c[...]` and of `c(...)`."""
    if isinstance(node, (ast.Subscript, ast.Call)):
        return last_name(node.value if isinstance(node, ast.Subscript) else node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
