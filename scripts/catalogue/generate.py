"""Writes the catalogue of one LiteLLM release, read from its wheel: settings, interface, prices and notes.

    python3 scripts/catalogue/generate.py 1.108.10 [--cache DIR] [--out DIR] [--trust-new]

A version is added by this one command: it is registered in `versions.json` beside the data. When it is the one that
is deployed by default, `node dist/scripts/catalogue/settings-types.js` after a build writes the TypeScript types.

Nothing of LiteLLM is imported or run. Same wheels, same bytes. Needs a Python that can parse the wheel (3.11 can).
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path

from enumerations import read_enumerations
from metrics import read_metrics
from models import read_models
from notation import Notation
from notes import read_notes
from package import Package
from prices import read_prices
from request_headers import read_headers
from request_models import read_requests
from routes import read_routes
from sections import read_sections
from wheels import WheelFile, obtain, versions

FORMAT = 1
ENTERPRISE = "litellm-enterprise"
# LiteLLM's metadata names no version of the Redis client; this is what its requirements resolve to.
REDIS_VERSION = "8.1.0"
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    options = parse_arguments()
    litellm = required("litellm", options.version, options)
    pinned = pin_of(Package(litellm.path), ENTERPRISE)
    enterprise = nearest(ENTERPRISE, pinned, options)
    redis = required("redis", REDIS_VERSION, options)
    package = Package(litellm.path, *([enterprise.path] if enterprise else []))
    notation = Notation(package)
    sections = read_sections(package, notation, Package(redis.path))
    models = read_models(package, notation)
    routes = read_routes(package)
    catalogue = {
        "format": FORMAT,
        "version": litellm.version,
        "python": metadata_field(package, "Requires-Python"),
        "wheel": {"file": litellm.path.name, "sha256": litellm.sha256},
        "companions": [companion(enterprise, pinned), companion(redis, None)],
        "sections": sections,
        "models": models,
        "enumerations": read_enumerations(package, sections["router_settings"]),
    }
    parts = {
        "settings": catalogue,
        "api": {
            "routes": routes,
            "requests": read_requests(package, routes),
            "headers": read_headers(package),
            "metrics": read_metrics(package),
        },
        "prices": read_prices(package),
        "notes": read_notes(package, sections, models),
    }
    write(options.out, litellm.version, parts)
    print(f"{litellm.version}: {', '.join(f'{len(names)} {section}' for section, names in sections.items())}", file=sys.stderr)


def write(out: Path, version: str, parts: dict[str, dict[str, object]]) -> None:
    """Writes the files of one version and registers it."""
    folder = out / version
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in parts.items():
        (folder / f"{name}.json").write_text(rendered(part))
    registry = out / "versions.json"
    known = json.loads(registry.read_text()) if registry.exists() else []
    registry.write_text(json.dumps(sorted({*known, version}, key=order)) + "\n")


def parse_arguments() -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "cdktf-litellm" / "wheels"
    parser = argparse.ArgumentParser(description="Writes the catalogue of one LiteLLM release.")
    parser.add_argument("version", help="such as 1.108.10")
    parser.add_argument("--cache", type=Path, default=cache, help="where wheels are kept; default: %(default)s")
    parser.add_argument("--out", type=Path, default=ROOT / "core" / "litellm" / "catalogue" / "data", help="the folder to write to")
    parser.add_argument("--trust-new", action="store_true", help="record the SHA-256 of wheels that are not recorded yet")
    return parser.parse_args()


def required(name: str, version: str, options: argparse.Namespace) -> WheelFile:
    """A wheel that must be there."""
    wheel = obtain(name, version, options.cache, options.trust_new)
    if wheel is None:
        raise SystemExit(f"the package index has no {name}=={version}")
    return wheel


def nearest(name: str, pinned: str | None, options: argparse.Namespace) -> WheelFile | None:
    """The pinned version, or where the index lacks it the nearest lower one."""
    if pinned is None:
        return None
    exact = obtain(name, pinned, options.cache, options.trust_new)
    if exact:
        return exact
    lower = next((version for version in versions(name) if order(version) < order(pinned)), None)
    if lower is None:
        print(f"warning: the package index has no {name}=={pinned} and none below", file=sys.stderr)
        return None
    print(f"warning: the package index has no {name}=={pinned}; {lower} is read instead", file=sys.stderr)
    return required(name, lower, options)


def order(version: str) -> tuple[int, ...]:
    """Compares versions such as `0.1.79.post1`; pre-releases do not occur among pins."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def pin_of(package: Package, name: str) -> str | None:
    """The version that the metadata demands exactly."""
    found = re.search(rf"^Requires-Dist: {name}==([^\s;]+)", package.metadata(), re.M)
    return found[1] if found else None


def companion(wheel: WheelFile | None, pinned: str | None) -> dict[str, str | None]:
    """What was read of a companion, and what LiteLLM pins where that is another version."""
    described: dict[str, str | None] = {"name": wheel.name, "version": wheel.version, "sha256": wheel.sha256} if wheel else {}
    return {**described, "pinned": pinned} if wheel is None or (pinned and pinned != wheel.version) else described


def metadata_field(package: Package, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", package.metadata(), re.M)
    return found[1] if found else ""


def rendered(catalogue: dict[str, object]) -> str:
    """One name a line, sorted, so that two versions compare well; lists of names and numbers stay on their line."""
    text = json.dumps(catalogue, indent=1, sort_keys=True, ensure_ascii=False)
    simple = r"(?:\"[^\"]*\"|[^\"\[\]{}\s,]+)"
    flat = re.sub(rf"\[\n\s+({simple}(?:,\n\s+{simple})*)\n\s+\]", lambda match: "[" + re.sub(r",\n\s+", ", ", match[1]) + "]", text)
    return flat + "\n"


if __name__ == "__main__":
    main()
