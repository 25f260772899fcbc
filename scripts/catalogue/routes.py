"""The HTTP routes of the proxy: method, path, class, and which of LiteLLM's own lists name them."""

import ast
import re

from package import Package, assigned_name, last_name, texts
from values import UNKNOWN, TextLists, literal

METHODS = {"get", "post", "put", "delete", "patch", "head", "options", "trace"}
MAKERS = METHODS | {"api_route", "add_api_route", "websocket", "add_api_websocket_route", "mount", "_mount_app"}
OWNERS = re.compile(r"(router|app)$")
FILES = r"litellm(_enterprise)?/(proxy|integrations|tracing|enterprise)/|litellm_enterprise/"
PROXY_SERVER = "litellm/proxy/proxy_server.py"
HEALTH = re.compile(r"^/(health|metrics|test$|active/callbacks)")
USER_INTERFACE = re.compile(r"^(/litellm)?/(ui|sso|login|v2/login|v3/login|logout|fallback/login|onboarding|swagger|docs|redoc|get_image|get_favicon|"
                            r"get_logo_url|get/ui|update/ui|_next|upload/logo|in_product_nudges|\.well-known/litellm-ui-config)(/|_|$)|/ui(/|_|$)")
MANAGEMENT_LISTS = ("management_routes", "info_routes", "spend_tracking_routes", "global_spend_tracking_routes", "master_key_only_routes",
                    "org_admin_only_routes", "internal_user_routes", "admin_viewer_routes", "self_managed_routes", "key_management_routes")
LLM_LISTS = ("openai_routes", "anthropic_routes", "google_routes", "litellm_native_routes", "mcp_inference_routes", "agent_inference_routes",
             "mcp_routes", "agent_routes")
# Administration that no list names.
ADMINISTRATION = re.compile(r"^(/v1)?/(agent/daily|end_user|alerting|callbacks|access_group|unified_access_group|adaptive_router|api/plugins|auto_router|cache|cloudzero|config|"
                            r"cost_optimization|debug|lazy|lens|memory-usage|model-insights|otel-spans|plugin-proxy|provider/budgets|"
                            r"roi-calculator|rust_control_plane|scim|search_tools|settings|telemetry|mcp/(?!oauth)|mcp-rest/test)(/|-|$)")
MANAGEMENT_TAG = re.compile(r"management|budget|customer|team|organization|tag|key|invite|config|credential|settings|caching|audit|compliance|"
                            r"guardrails|polic|prompt|scim|spend|usage|jwt|project|model hub", re.I)


def read_routes(package: Package) -> dict[str, str]:
    """Routes by `METHOD /path`. A value is the class, and after it `keyed`, `hidden`, `enterprise`, `@Body` and `#list`."""
    return Routes(package).read()


class Routes:
    """Collects the routes of every router of the package."""

    def __init__(self, package: Package):
        self.package = package
        self.lists = route_lists(package)
        self.found: dict[str, str] = {}
        self._nested = nested_prefixes(package)

    def read(self) -> dict[str, str]:
        for file in self.package.files(FILES):
            # Other applications listen on another port, or below a path of this one.
            other = "= FastAPI(" in self.package.text[file] and file != PROXY_SERVER
            if not other and re.search(r"router|\bapp\b", self.package.text[file]):
                self._file(file)
        return {route: self.found[route] for route in sorted(self.found)}

    def _file(self, file: str) -> None:
        tree = self.package.tree(file)
        prefixes = router_prefixes(self.package, tree)
        functions = {node.name: node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
        handled: set[ast.Call] = set()
        for function in functions.values():
            for call in filter(makes_route, function.decorator_list):
                handled.add(call)
                self._add(file, call, function, prefixes, None)
        for owner in (None, *functions.values()):
            for call in filter(makes_route, ast.walk(owner or ast.Module(toplevel(tree), []))):
                if call not in handled:
                    handled.add(call)
                    named = call.args[1] if len(call.args) > 1 else None
                    self._add(file, call, functions.get(last_name(named)), prefixes, owner)

    def _add(self, file: str, call: ast.Call, handler: ast.AST | None, prefixes: dict[str, str], owner: ast.AST | None) -> None:
        given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        path = call.args[0] if call.args else given.get("path")
        router = last_name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        before = self._nested.get((file, router), "") + prefixes.get(router, "")
        if "mount" in last_name(call.func):
            owner = None
        for text in paths_of(self.package, path, owner):
            for method in methods_of(self.package, call, given):
                # The user interface is mounted at the root too.
                if not f"{before}{text}".startswith("/") or (method, text) == ("MOUNT", "/"):
                    continue
                self._describe(file, f"{before}{text}", method, call, handler)

    def _describe(self, file: str, path: str, method: str, call: ast.Call, handler: ast.AST | None) -> None:
        declared = ast.unparse(call) + (ast.unparse(handler.args) if isinstance(handler, (ast.FunctionDef, ast.AsyncFunctionDef)) else "")
        named = [name for name, paths in self.lists.items() if any(matches(path, listed) for listed in paths)]
        tags = [text for keyword in call.keywords if keyword.arg == "tags" for text in texts(keyword.value)]
        body = body_of(self.package, handler)
        flags = [
            *(["keyed"] if "user_api_key_auth" in declared else []),
            *(["hidden"] if "include_in_schema=False" in declared or method in ("WS", "MOUNT") else []),
            *(["enterprise"] if file.startswith("litellm_enterprise") else []),
            *([f"@{body}"] if body else []),
            *(f"#{name}" for name in named),
        ]
        self.found.setdefault(f"{method} {path}", " ".join([class_of(path, named, tags, self.lists), *flags]))


def class_of(path: str, named: list[str], tags: list[str], lists: dict[str, list[str]]) -> str:
    """One class a route: what the path says, then LiteLLM's lists, then the tags in its documentation."""
    if HEALTH.match(path):
        return "health"
    if "pass-through" in tags or any(path.startswith(f"{prefix}/{{") for prefix in lists.get("mapped_pass_through_routes", [])):
        return "pass-through"
    managed = any(name in named for name in MANAGEMENT_LISTS)
    if "llm_api_routes" in named and not (managed and {"management_routes", "model_info_routes"} & set(named)):
        return "llm"
    if USER_INTERFACE.search(path):
        return "ui"
    if managed or any(MANAGEMENT_TAG.search(tag) for tag in tags):
        return "management"
    if ADMINISTRATION.match(path) or family(path) in families(lists, MANAGEMENT_LISTS):
        return "management"
    if family(path) in families(lists, LLM_LISTS):
        return "llm"
    return "ui" if "ui_routes" in named else "unknown"


def family(path: str) -> str:
    """The first segment of a path after its version: `/v1/videos/edits` and `/videos/{id}` are of one family."""
    return re.sub(r"^(/\{provider\})?(/v\d\w*)?/", "", path).split("/")[0].split(":")[0]


def families(lists: dict[str, list[str]], names: tuple[str, ...]) -> set[str]:
    """The families that some lists name, parameters left out."""
    found = {family(path) for name in names for path in lists.get(name, [])}
    return {name for name in found if name and not name.startswith(("{", "."))}


def route_lists(package: Package) -> dict[str, list[str]]:
    """The lists of `LiteLLMRoutes` by name, those that are built of each other included."""
    lists = TextLists(package)
    declared = package.class_named("LiteLLMRoutes")
    names = [name for node in (declared.body if declared else []) if (name := assigned_name(node))]
    for node in declared.body if declared else ():
        if assigned_name(node):
            lists.known[assigned_name(node)] = lists.of(node.value)
    return {name: lists.known[name] for name in names if any(text.startswith("/") for text in lists.known[name])}


def matches(path: str, listed: str) -> bool:
    """Whether an entry of a list covers a route: names of parameters do not matter, `/*` covers what is below."""
    if listed.endswith("/*"):
        return path.startswith(listed[:-1])
    return re.sub(r"\{[^}]*\}", "{}", path) == re.sub(r"\{[^}]*\}", "{}", listed)


def makes_route(node: ast.AST) -> bool:
    """`@router.get(...)`, `app.mount(...)`, `router.add_api_route(...)`."""
    if not isinstance(node, ast.Call) or last_name(node.func) not in MAKERS:
        return False
    return last_name(node.func) == "_mount_app" or isinstance(node.func, ast.Attribute) and bool(OWNERS.search(last_name(node.func.value)))


def methods_of(package: Package, call: ast.Call, given: dict[str, ast.expr]) -> list[str]:
    """The HTTP methods; `WS` for a websocket, `MOUNT` for an application below a path."""
    made = last_name(call.func)
    if made in METHODS:
        return [made.upper()]
    if "websocket" in made:
        return ["WS"]
    return ["MOUNT"] if "mount" in made else TextLists(package).of(given.get("methods")) or ["GET"]


def paths_of(package: Package, node: ast.expr | None, owner: ast.AST | None) -> list[str]:
    """The paths that an expression may be: one, or one for each value of the loop that its function is called in."""
    if isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            texts_ = [str(part.value)] if isinstance(part, ast.Constant) else paths_of(package, part.value, owner) or [""]
            found = [before + text for before in found for text in texts_]
        return found
    value = literal(package, node)
    if isinstance(value, str):
        return [value]
    if isinstance(node, ast.Name) and isinstance(owner, (ast.FunctionDef, ast.AsyncFunctionDef)) and value is UNKNOWN:
        return looped_values(package, node.id)
    return []


def looped_values(package: Package, name: str) -> list[str]:
    """`for prefix in resolver.route_prefixes`: the texts that are given as `route_prefixes=` anywhere."""
    loop = re.compile(rf"for {name} in \w+\.(\w+):")
    attributes = {attribute for file in package.files(FILES) for attribute in loop.findall(package.text[file])}
    found: list[str] = []
    for file in package.files(FILES):
        if any(f"{attribute}=" in package.text[file] for attribute in attributes):
            for node in ast.walk(package.tree(file)):
                if isinstance(node, ast.keyword) and node.arg in attributes:
                    found += [text for text in texts(node.value) if text.startswith("/")]
    return list(dict.fromkeys(found))


def router_prefixes(package: Package, tree: ast.Module) -> dict[str, str]:
    """The prefixes of a module's routers, by the name of the variable."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        name = assigned_name(node)
        if name and isinstance(node.value, ast.Call) and last_name(node.value) == "APIRouter":
            prefix = next((keyword.value for keyword in node.value.keywords if keyword.arg == "prefix"), None)
            value = literal(package, prefix)
            found[name] = value if isinstance(value, str) else ""
    return found


def nested_prefixes(package: Package) -> dict[tuple[str, str], str]:
    """The prefixes that routers get from those that include them, by file and name of the included router."""
    found: dict[tuple[str, str], str] = {}
    for file in (file for file in package.files(FILES) if "include_router(" in package.text[file]):
        tree = package.tree(file)
        own = router_prefixes(package, tree)
        origins = imported_names(package, file, tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and last_name(node.func) == "include_router" and isinstance(node.func, ast.Attribute) and node.args:
                given = literal(package, next((keyword.value for keyword in node.keywords if keyword.arg == "prefix"), None))
                prefix = own.get(last_name(node.func.value), "") + (given if isinstance(given, str) else "")
                origin = origins.get(last_name(node.args[0]), (file, last_name(node.args[0])))
                if prefix and origin:
                    found[origin] = prefix
    return found


def imported_names(package: Package, file: str, tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Where the names of a module come from: the file and the name there."""
    found: dict[str, tuple[str, str]] = {}
    folder = file.split("/")[:-1]
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)):
        base = folder[: len(folder) - node.level + 1] if node.level else []
        module = "/".join([*base, *(node.module or "").split(".")]).strip("/")
        source = next((path for path in (f"{module}.py", f"{module}/__init__.py") if path in package.text), None)
        if source:
            found.update({alias.asname or alias.name: (source, alias.name) for alias in node.names})
    return found


def body_of(package: Package, handler: ast.AST | None) -> str | None:
    """The model that a handler reads the body into."""
    if not isinstance(handler, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    for argument in (*handler.args.args, *handler.args.kwonlyargs):
        for node in ast.walk(argument.annotation) if argument.annotation else ():
            name = last_name(node)
            if re.search(r"(Request|Update|Body|Params)\w*$", name) and name not in ("Request", "KeyRequest") and package.class_named(name):
                return name
    return None


def toplevel(tree: ast.Module) -> list[ast.stmt]:
    """The statements of a module outside functions."""
    return [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]

