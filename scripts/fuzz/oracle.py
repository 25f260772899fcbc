"""Judges forwarded bodies as Python gateways read them: orjson, then json, with every duplicate looked at.

Reads frames from standard input: 4 bytes length (little endian), 1 byte number of the expectation, the body. The first frame
holds the expectations as JSON. Prints one JSON line: how many bodies each parser accepted, and which of them were wrong.
"""

import json
import re
import struct
import sys

try:
    import orjson
except ImportError:
    orjson = None

try:
    import python_multipart
    from python_multipart.multipart import parse_options_header
except ImportError:
    python_multipart = None

# Numbers from here on are forms.
FORM = 128


class Pairs(list):
    """An object with all its members, duplicates included."""


def fold(name):
    return name.lower().replace("\u017f", "s")


def is_forbidden(name, rules):
    folded = fold(name)
    return any(folded.startswith(rule[:-1]) if rule.endswith("*") else folded == rule for rule in rules)


def plain(value):
    if isinstance(value, Pairs):
        return {name: plain(inner) for name, inner in value}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def members_problem(pairs, rules, before, inserted):
    for path, value in inserted.items():
        if ("." in path) != (before != "") or not path.startswith(before):
            continue
        found = [plain(inner) for name, inner in pairs if name == path[len(before) :]]
        if found != [value]:
            return path + " is not the verified one, or not the only one"
    for name, _ in pairs:
        if before + name not in inserted and is_forbidden(name, rules):
            return before + name + " is there"
    return None


def problem_of(root, expected):
    if not isinstance(root, Pairs):
        return "not an object"
    inserted = expected["inserted"]
    problem = members_problem(root, expected["root"], "", inserted)
    containers = [value for name, value in root if fold(name) == "metadata" and value is not None]
    if any(not isinstance(value, Pairs) for value in containers):
        problem = problem or "metadata is no object"
    if any(path.startswith("metadata.") for path in inserted) and not containers:
        problem = problem or "the verified tags are missing"
    for container in containers:
        if isinstance(container, Pairs):
            problem = problem or members_problem(container, expected["metadata"], "metadata.", inserted)
    return problem


def as_pairs(value):
    if isinstance(value, dict):
        return Pairs((name, as_pairs(inner)) for name, inner in value.items())
    return [as_pairs(inner) for inner in value] if isinstance(value, list) else value


def with_json(body):
    """As LiteLLM 1.108.10 does when orjson refuses, and more tolerant: control characters in strings are accepted."""
    text = body.decode("utf-8")
    text = re.sub(r"[\ud800-\udbff](?![\udc00-\udfff])", "", text)
    text = re.sub(r"(?<![\ud800-\udbff])[\udc00-\udfff]", "", text)
    return json.loads(text, strict=False, object_pairs_hook=Pairs)


def frames(stream):
    while True:
        head = stream.read(5)
        if len(head) < 5:
            return
        size, number = struct.unpack("<IB", head)
        yield number, stream.read(size)


def form_fields(body, boundary):
    """Names and values as Starlette reads them."""
    fields, part = [], {}

    def begin():
        part.update(headers={}, name=b"", value=b"", data=b"")

    def header_end():
        part["headers"][part["name"].lower()] = part["value"]
        part.update(name=b"", value=b"")

    def append(key):
        return lambda data, start, end: part.update({key: part[key] + data[start:end]})

    def end():
        options = parse_options_header(part["headers"].get(b"content-disposition"))[1]
        fields.append((options.get(b"name", b"").decode("utf-8", "replace"), part["data"].decode("utf-8", "replace")))

    parser = python_multipart.MultipartParser(
        boundary,
        {
            "on_part_begin": begin,
            "on_header_field": append("name"),
            "on_header_value": append("value"),
            "on_header_end": header_end,
            "on_part_data": append("data"),
            "on_part_end": end,
        },
    )
    parser.write(body)
    return fields


def form_problem(fields, expected):
    inserted = expected["inserted"]
    for path, value in inserted.items():
        found = [text for name, text in fields if name == path]
        if len(found) != 1 or json.loads(found[0]) != value:
            return path + " is not the verified one, or not the only one"
    for name, _ in fields:
        if name not in inserted and is_forbidden(name.split("[")[0], expected["root"]):
            return name + " is there"
    return None


def main():
    sys.setrecursionlimit(20000)
    source = frames(sys.stdin.buffer)
    expectations = json.loads(next(source)[1])
    counts = {"bodies": 0, "orjson": 0, "json": 0, "forms": 0}
    wrong = []
    readers = [("json", with_json)]
    if orjson:
        readers.append(("orjson", lambda body: as_pairs(orjson.loads(body))))
    for index, (number, body) in enumerate(source):
        counts["bodies"] += 1
        if number >= FORM:
            if python_multipart:
                try:
                    fields = form_fields(body, expectations["boundary"].encode())
                except python_multipart.exceptions.FormParserError:
                    continue
                counts["forms"] += 1
                problem = form_problem(fields, expectations["list"][number - FORM])
                if problem and len(wrong) < 20:
                    wrong.append({"index": index, "parser": "python-multipart", "problem": problem})
            continue
        for name, read in readers:
            try:
                root = read(body)
            except (ValueError, RecursionError):
                continue
            counts[name] += 1
            problem = problem_of(root, expectations["list"][number])
            if problem and len(wrong) < 20:
                wrong.append({"index": index, "parser": name, "problem": problem})
    print(json.dumps({**counts, "has_orjson": orjson is not None, "has_multipart": python_multipart is not None, "wrong": wrong}))


main()
