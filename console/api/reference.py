"""The page about the API, made from its own description."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from console.api.app import bare_api
from console.api.description import described, scope_of

_METHODS = ("get", "post", "put", "patch", "delete")
_USUAL = frozenset({"client", "campaign", "limit", "cursor", "Idempotency-Key"})


def render(document: Mapping[str, Any]) -> str:
    """Markdown: what holds for every request, the scopes, and each endpoint by subject."""
    top = files("console.api").joinpath("reference_top.md").read_text("utf-8")
    scopes = [f"| `{name}` | {text} |" for name, text in document["x-scopes"].items()]
    parts = [top, "## Scopes\n\n| scope | allows to |\n|---|---|\n" + "\n".join(scopes) + "\n"]
    return "\n".join([*parts, *_subjects(document)])


def _subjects(document: Mapping[str, Any]) -> Iterator[str]:
    by_subject: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method in _METHODS:
            if method in operations:
                operation = operations[method]
                subject = operation["tags"][0]
                text = _operation(document, method, path, operation)
                by_subject.setdefault(subject, []).append(text)
    for subject, texts in by_subject.items():
        yield f"## {subject.replace('-', ' ').capitalize()}\n"
        yield from texts


def _operation(
    document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]
) -> str:
    lines = [f"### {method.upper()} {path}", "", _one_line(operation["description"]), ""]
    scope = scope_of(operation)
    lines.append(f"- scope: `{scope}`" if scope else "- scope: none, any token will do")
    given = [one for one in operation.get("parameters", ()) if one["in"] != "path"]
    own = [one["name"] for one in given if one["name"] not in _USUAL]
    usual = [one["name"] for one in given if one["name"] in _USUAL - {"Idempotency-Key"}]
    if own or usual:
        lines.append(f"- parameters: {_names([*own, *usual])}")
    if body := _body(document, operation):
        lines.append(f"- body: {body}")
    if answer := _answer(document, operation):
        lines.append(f"- answer: {answer}")
    return "\n".join([*lines, ""])


def _body(document: Mapping[str, Any], operation: Mapping[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema is not None:
        return _fields(document, schema)
    return f"a file, {', '.join(f'`{one}`' for one in content)}" if content else ""


def _answer(document: Mapping[str, Any], operation: Mapping[str, Any]) -> str:
    for code, answer in operation["responses"].items():
        if not code.startswith("2"):
            continue
        content = answer.get("content", {})
        if "application/x-ndjson" in content:
            return "JSON lines"
        schema = content.get("application/json", {}).get("schema")
        return f"{code}, {_fields(document, schema)}" if schema else code
    return ""


def _fields(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """The names of an object's fields; those of a page are those of its items."""
    found = _resolved(document, schema)
    if found.get("type") == "array":
        return f"a list; each: {_fields(document, found['items'])}"
    fields = found.get("properties", {})
    if set(fields) == {"items", "next"}:
        return f"a page; each item: {_fields(document, fields['items']['items'])}"
    if not fields:
        return "an object"
    required = set(found.get("required", ()))
    return _names([name if name in required else f"{name}?" for name in fields])


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.stdout.write(render(described(bare_api())))
