"""The Prometheus metrics of the proxy: type, labels, and labels that a setting adds."""

import ast
import re

from package import Package, assigned_name, last_name, texts
from values import TextLists

TYPES = "litellm/types/integrations/prometheus.py"
MAKERS = re.compile(r"^_?(?:prometheus)?_?(counter|gauge|histogram|summary)(?:_factory)?$", re.I)
FILES = r"litellm(_enterprise)?/(integrations/[Pp]rometheus|proxy/|tracing/|router)"
NAME = re.compile(r"^[a-z]\w+$")


def read_metrics(package: Package) -> dict[str, dict[str, object]]:
    """Every metric by the name it is created with; the exposition adds `_total`, `_bucket` and the like."""
    declared = declared_labels(package)
    added = added_labels(package, declared)
    found: dict[str, dict[str, object]] = {}
    for file in package.files(FILES):
        if "prometheus" not in package.text[file].lower():
            continue
        for node in ast.walk(package.tree(file)):
            if isinstance(node, ast.Call):
                found.update(created(package, file, node, declared))
    found.update(service_metrics(package))
    for name, entry in found.items():
        always, optional = added.get(str(entry.pop("labelled_as", name)), ([], {}))
        entry["labels"] = list(dict.fromkeys([*entry["labels"], *always]))
        if optional:
            entry["optional"] = optional
    return {name: found[name] for name in sorted(found)}


def declared_labels(package: Package) -> dict[str, list[str]]:
    """The lists in `PrometheusMetricLabels`, the constants and the sets of metrics beside them, by name."""
    lists = TextLists(package)
    tree = package.tree(TYPES)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    body = [*tree.body, *(node for declared in classes if "MetricLabels" in declared.name for node in declared.body)]
    for node in body:
        name = assigned_name(node)
        if name and name != "DEFINED_PROMETHEUS_METRICS":
            lists.known[name] = lists.of(node.value)
    return lists.known


def created(package: Package, file: str, node: ast.Call, declared: dict[str, list[str]]) -> dict[str, dict[str, object]]:
    """A call that makes a metric: `Counter("name", "documentation", labelnames=[...])` and the like."""
    kind = MAKERS.match(last_name(node))
    given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    name = given.get("name", node.args[0] if node.args else None)
    if not kind or not isinstance(name, ast.Constant) or not isinstance(name.value, str) or not NAME.match(name.value):
        return {}
    labels = given.get("labelnames", node.args[2] if len(node.args) > 2 else None)
    local = {assigned_name(item): item.value for item in ast.walk(package.tree(file)) if assigned_name(item)}
    if isinstance(labels, ast.Name) and labels.id in local:
        labels = local[labels.id]
    entry: dict[str, object] = {"type": kind[1].lower(), "labels": TextLists(package, declared).of(labels)}
    described = given.get("documentation", node.args[1] if len(node.args) > 1 else None)
    if described is not None and texts(described):
        entry["description"] = " ".join(" ".join(texts(described)).split())
    # self.get_labels_for_metric("other") names the list that is used.
    if isinstance(labels, ast.Call) and labels.args and isinstance(labels.args[0], ast.Constant):
        entry["labelled_as"] = labels.args[0].value
        entry["labels"] = declared.get(str(labels.args[0].value), [])
    elif name.value in declared and not entry["labels"]:
        entry["labels"] = declared[name.value]
    return {name.value: entry}


def added_labels(package: Package, declared: dict[str, list[str]]) -> dict[str, tuple[list[str], dict[str, list[str]]]]:
    """What `get_labels` adds to the lists, by metric: always, and where a setting of `litellm_settings` asks for it."""
    lists = TextLists(package, declared)
    function = next((node for node in ast.walk(package.tree(TYPES)) if isinstance(node, ast.FunctionDef) and node.name == "get_labels"), None)
    found: dict[str, tuple[list[str], dict[str, list[str]]]] = {}
    for node in ast.walk(function) if function else ():
        if isinstance(node, ast.Assign) or isinstance(node, ast.AnnAssign):
            lists.known[assigned_name(node) or ""] = lists.of(node.value)
        if not isinstance(node, (ast.If, ast.IfExp)) or "label_name" not in ast.unparse(node.test):
            continue
        flags = [leaf.attr for leaf in ast.walk(node.test) if isinstance(leaf, ast.Attribute) and last_name(leaf.value) == "litellm"]
        labels = labels_of(lists, node)
        for metric in compared_metrics(lists, node.test):
            always, optional = found.setdefault(metric, ([], {}))
            always += labels if not flags else []
            optional.update({flag: labels for flag in flags if labels})
    return found


def labels_of(lists: TextLists, node: ast.If | ast.IfExp) -> list[str]:
    """The labels that a branch adds: in a loop over them, or appended."""
    if isinstance(node, ast.IfExp):
        return lists.of(node.body)
    found: list[str] = []
    for leaf in (leaf for statement in node.body for leaf in ast.walk(statement)):
        if isinstance(leaf, ast.For):
            found += lists.of(leaf.iter)
        if isinstance(leaf, ast.Call) and last_name(leaf.func) in ("append", "extend") and leaf.args:
            found += lists.of(leaf.args[0])
    return list(dict.fromkeys(found))


def compared_metrics(lists: TextLists, test: ast.expr) -> list[str]:
    """The metrics that `label_name` is compared with."""
    found: list[str] = []
    for node in ast.walk(test):
        if isinstance(node, ast.Compare) and last_name(node.left) == "label_name":
            found += lists.of(node.comparators[0])
    return found


def service_metrics(package: Package) -> dict[str, dict[str, object]]:
    """`litellm_<service>_latency` and the like: one set for each service that LiteLLM watches."""
    declared = package.class_named("ServiceTypes")
    services = {assigned_name(node): node.value.value for node in (declared.body if declared else [])
                if assigned_name(node) and isinstance(node.value, ast.Constant)}
    kinds = service_kinds(package, services)
    found: dict[str, dict[str, object]] = {}
    for service in services.values():
        wanted = kinds.get(service) or ["counter", "histogram"]
        if "histogram" in wanted:
            found[f"litellm_{service}_latency"] = {"type": "histogram", "labels": [service]}
        if "counter" in wanted:
            found[f"litellm_{service}_failed_requests"] = {"type": "counter", "labels": [service, "error_class", "function_name"]}
            found[f"litellm_{service}_total_requests"] = {"type": "counter", "labels": [service]}
        if "gauge" in wanted:
            found[f"litellm_{service}_size"] = {"type": "gauge", "labels": [service]}
    return found


def service_kinds(package: Package, services: dict[str | None, str]) -> dict[str, list[str]]:
    """Which kinds of metrics `DEFAULT_SERVICE_CONFIGS` asks for."""
    table = package.value_of("DEFAULT_SERVICE_CONFIGS")
    found: dict[str, list[str]] = {}
    for key, value in zip(table.keys, table.values) if isinstance(table, ast.Dict) else ():
        member = key.value if isinstance(key, ast.Attribute) and key.attr == "value" else key
        service = services.get(last_name(member)) if member is not None else None
        if service:
            kinds = [leaf.attr.lower() for leaf in ast.walk(value) if isinstance(leaf, ast.Attribute)]
            found[service] = [kind for kind in kinds if kind in ("counter", "histogram", "gauge")]
    return found
