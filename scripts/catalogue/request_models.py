"""What the administration requests of keys, teams, users, budgets, tags, customers and organisations take."""

import re

from declarations import model
from notation import Notation
from package import Package
from values import UNKNOWN, literal

ENTITY = re.compile(r"^(POST|PUT|PATCH|DELETE) (/management/v1)?/(key|team|user|budgets?|tag|customer|end_user|organization|project)s?(/|$)")


def read_requests(package: Package, routes: dict[str, str]) -> dict[str, dict[str, object]]:
    """The body models of those routes by name, and the models that these refer to."""
    notation = Notation(package)
    bodies = {word[1:] for route, described in routes.items() if ENTITY.match(route) for word in described.split() if word[0] == "@"}
    found: dict[str, dict[str, object]] = {}
    while pending := sorted((bodies | notation.models) - set(found)):
        for name in pending:
            found[name] = request_model(package, notation, name)
    return {name: found[name] for name in sorted(found) if found[name]}


def request_model(package: Package, notation: Notation, name: str) -> dict[str, object]:
    """One model: the types of its fields, those that are required, and their defaults."""
    declared = model(package, notation, name)
    if declared is None:
        return {}
    values = {field: literal(package, node) for field, node in sorted(declared.defaults.items())}
    described: dict[str, object] = {"fields": dict(sorted(declared.fields.items()))}
    if declared.required:
        described["required"] = declared.required
    if declared.open:
        described["open"] = True
    if defaults := {field: value for field, value in values.items() if value is not UNKNOWN}:
        described["defaults"] = defaults
    return described
