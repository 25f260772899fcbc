"""Confirms the linter's findings one by one: python3 scripts/corpus/prove.py CORPUS CACHE TODAY REPORT...

CORPUS is a folder of configuration files, CACHE one for LiteLLM's wheels, TODAY the day of the reports, and a REPORT what
`cdktf-litellm lint --litellm-version X --format json` wrote for X; its file is named X.json. Prints, by the file's SHA-256
and the finding, what confirms it. Findings that nothing confirms go to stderr, and end with exit code 1.
"""

import hashlib
import json
import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent / "catalogue"))

from package import Package  # noqa: E402
from wheels import obtain  # noqa: E402
from witnesses import WITNESSES, Case, path_of  # noqa: E402

PRICES = "litellm/model_prices_and_context_window_backup.json"


def read(path):
    """The file's text, what PyYAML makes of it, and its complaint where it makes nothing."""
    text = path.read_text("utf8")
    try:
        return text, yaml.safe_load(text), None
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        return text, None, f"PyYAML: {problem}"


def confirm(finding, corpus, today, package, prices):
    file = corpus / Path(finding["place"]["file"]).name
    text, data, error = read(file)
    case = Case(text, data, path_of(finding.get("path", "")), finding["place"]["line"], package, prices, today, error)
    try:
        said = WITNESSES[finding["rule"]](case)
    except (AttributeError, TypeError):
        said = None
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return digest, f"{finding['place']['line']}:{finding['place']['column']} {finding['rule']}", said


def main(corpus, cache, today, *reports):
    proofs, unproven = {}, 0
    for report in map(Path, reports):
        wheel = obtain("litellm", report.stem, Path(cache))
        package = Package(wheel.path)
        prices = package.json(PRICES)
        for finding in json.loads(report.read_text())["findings"]:
            if "place" not in finding:
                continue
            digest, key, said = confirm(finding, Path(corpus), today, package, prices)
            if said is None:
                unproven += 1
                place, message = finding["place"], finding["message"]
                print(f"{report.stem} {Path(place['file']).name}:{place['line']} {finding['rule']} {finding['path']}: {message}", file=sys.stderr)
            else:
                proofs.setdefault(digest, {}).setdefault(key, said)
    print(json.dumps(proofs, indent=1, sort_keys=True))
    return 1 if unproven else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
