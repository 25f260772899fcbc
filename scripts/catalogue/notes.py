"""Defaults, descriptions and places of settings: what a person wants to know beyond name and type."""

import ast
import io
import re
import tokenize

from declarations import Model, constructor_node, model, module_values
from notation import Notation
from package import Package
from sections import CACHE_FILES, MODULE, ROUTER_FILES, ROUTER_SHAPE, CACHE_SHAPE, Section, scan
from values import UNKNOWN, literal

# The models that declare the fields of a section, the strongest last.
MODELS = {
    "top_level": ("ConfigYAML",),
    "general_settings": ("ConfigGeneralSettings",),
    "litellm_params": ("LiteLLMParamsTypedDict", "CustomPricingLiteLLMParams", "LiteLLM_Params"),
    "model_info": ("ModelInfoBase", "ModelInfo"),
    "guardrail_params": ("LitellmParams",),
}
LONGEST = 280
Note = dict[str, object]


def read_notes(package: Package, sections: dict[str, Section], models: dict[str, object]) -> dict[str, object]:
    """`sections` and `models`: by name the default, the description and the place, each where it is known."""
    return {
        "sections": {name: section_notes(package, name, settings) for name, settings in sections.items()},
        "models": {name: found for name in models if (found := model_notes(package, name, set(models[name]["fields"])))},
    }


def section_notes(package: Package, section: str, settings: Section) -> dict[str, Note]:
    """The notes of one section's settings."""
    found: dict[str, Note] = {name: {"where": place} for name, place in scan(package).found[section].items()}
    if section == "litellm_settings":
        found = {**{name: {"where": place} for name, place in module_reads(package).items()}, **found}
    for source in sources(package, section):
        for name, declared in source.items():
            found[name] = {**declared, **found.get(name, {})}
    return {name: found[name] for name in sorted(found) if name in settings and found[name]}


def sources(package: Package, section: str) -> list[dict[str, Note]]:
    """What declares the settings of a section: models, a constructor, a module."""
    if section == "router_settings":
        return [constructor_notes(package, ROUTER_FILES, ROUTER_SHAPE)]
    if section == "cache_params":
        return [constructor_notes(package, CACHE_FILES, CACHE_SHAPE)]
    if section == "litellm_settings":
        return [module_notes(package)]
    return [model_notes(package, name) for name in reversed(MODELS.get(section, ()))]


def model_notes(package: Package, name: str, fields: set[str] | None = None) -> dict[str, Note]:
    """The notes of a model's fields."""
    declared = model(package, Notation(package), name)
    if declared is None:
        return {}
    wanted = sorted(set(declared.fields) if fields is None else fields & set(declared.fields))
    found = {field: field_note(package, declared, field) for field in wanted}
    return {field: known for field, known in found.items() if known}


def field_note(package: Package, declared: Model, field: str) -> Note:
    """The note of one field of a model."""
    found = note(literal(package, declared.defaults.get(field)), declared.descriptions.get(field))
    return {**found, "where": declared.places[field]} if field in declared.places else found


def constructor_notes(package: Package, files: str, shape: set[str]) -> dict[str, Note]:
    """Defaults of a constructor's arguments, and what its documentation says of them."""
    file, function = constructor_node(package, files, shape)
    every = [*function.args.posonlyargs, *function.args.args]
    pairs = [*zip(every[::-1], function.args.defaults[::-1]), *zip(function.args.kwonlyargs, function.args.kw_defaults)]
    described = documented_arguments(ast.get_docstring(function) or "")
    defaults = {argument.arg: default for argument, default in pairs}
    return {
        argument.arg: {**note(literal(package, defaults.get(argument.arg)), described.get(argument.arg)), "where": f"{file}:{argument.lineno}"}
        for argument in (*every, *function.args.kwonlyargs)
    }


def documented_arguments(text: str) -> dict[str, str]:
    """`name (type): text` of a documentation text, the first line of it."""
    found = re.findall(r"^\s*(\w+)\s*(?:\([^\n]*?\))?:\s+(\S[^\n]*)", text, re.M)
    return {name: described for name, described in found if name not in ("Args", "Returns", "Example", "Note")}


def module_notes(package: Package) -> dict[str, Note]:
    """Defaults of the module's variables, and the comments behind them."""
    found: dict[str, Note] = {}
    for file, names in imported_names(package, MODULE).items():
        values = module_values(package.tree(file))
        found.update({name: {**note(literal(package, values[origin].value), None), "where": f"{file}:{values[origin].lineno}"}
                      for name, origin in names.items() if name.islower() and origin in values})
    comments = trailing_comments(package.text[MODULE])
    for name, node in module_values(package.tree(MODULE)).items():
        found[name] = {**note(literal(package, node.value), comments.get(node.end_lineno or 0)), "where": f"{MODULE}:{node.lineno}"}
    return found


def imported_names(package: Package, file: str) -> dict[str, dict[str, str]]:
    """The names that a module imports, with what they are called where they come from, by file."""
    found: dict[str, dict[str, str]] = {}
    for node in (node for node in ast.walk(package.tree(file)) if isinstance(node, ast.ImportFrom)):
        source = f"{(node.module or '').replace('.', '/')}.py"
        source = source if source in package.text else f"litellm/{source}"
        if source in package.text:
            found.setdefault(source, {}).update({alias.asname or alias.name: alias.name for alias in node.names})
    return found


def module_reads(package: Package) -> dict[str, str]:
    """The first place that reads `litellm.<name>`, by name."""
    found: dict[str, str] = {}
    for file in package.files(r"litellm(_enterprise)?/"):
        for line, text in enumerate(package.text[file].split("\n"), 1) if file != MODULE else ():
            if "litellm." in text and not re.match(r"\s*(#|from |import |\"|')", text):
                for name in re.findall(r"\blitellm\.([A-Za-z]\w+)\b(?!\()", text):
                    found.setdefault(name, f"{file}:{line}")
    return found


def trailing_comments(source: str) -> dict[int, str]:
    """Comments by line; those that speak to tools are left out."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    found = {token.start[0]: token.string.lstrip("# ").strip() for token in tokens if token.type == tokenize.COMMENT}
    return {line: text for line, text in found.items() if text and not re.match(r"(type|noqa|pyright|pylint|ruff|mypy|fmt)\b", text)}


def note(default: object, description: str | None) -> Note:
    """A note without what is not known. Empty lists and mappings are defaults too."""
    found: Note = {} if default is UNKNOWN else {"default": default}
    text = shortened(description or "")
    return {**found, "description": text} if text else found


def shortened(text: str) -> str:
    """One line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} ..."
