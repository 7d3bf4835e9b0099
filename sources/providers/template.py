"""Fill in the question: what is known of the company, and the key, in their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote, unquote

from sources.subject import Subject

KEY = "${KEY}"
#: What a file may ask about a company.
PLACEHOLDERS = ("domain", "name", "country", "number", "city", "postcode")
#: What a question is asked by that is no number.
NO_NUMBERS = frozenset({"name", "domain"})
_MARK = re.compile(r"\$\{KEY\}|\{([a-z]+)\}")
_LONGEST = 200


def marks(template: str) -> frozenset[str]:
    """Return the placeholders of a template, without the key."""
    return frozenset(found[1] for found in _MARK.finditer(template) if found[1])


def without_marks(template: str) -> str:
    """Return what a template states itself."""
    return _MARK.sub("", template)


def known_values(subject: Subject, asks_by: Collection[str]) -> Mapping[str, str]:
    """Return the value of each placeholder that is known of a company, in plain characters."""
    schemes = [one for one in asks_by if one not in NO_NUMBERS]
    values = {
        "domain": subject.domains[0] if subject.domains else "",
        "name": subject.names[0] if subject.names else "",
        "country": subject.country or "",
        "number": subject.number(*schemes) or "",
        "city": subject.city or "",
        "postcode": subject.postcode or "",
    }
    plain = {name: _plain(value) for name, value in values.items()}
    return {name: value for name, value in plain.items() if value}


def filled(template: str, values: Mapping[str, str], key: str) -> str | None:
    """Fill in a template, once: a company called `${KEY}` stays one. None: a value is unknown."""
    if not marks(template) <= values.keys():
        return None
    return _MARK.sub(lambda found: values[found[1]] if found[1] else key, template)


def filled_url(template: str, values: Mapping[str, str]) -> str | None:
    """Fill in an address; no value changes its host, or the number of steps of its path.

    None: a value is unknown, or would be an empty step or one of dots (`..`).
    """
    parts = {name: quote(re.sub(r"[/\\]", " ", value), safe="") for name, value in values.items()}
    url = filled(template, parts, "")
    if url is None:
        return None
    steps = zip(_steps(template), _steps(url), strict=True)
    # The last step of a file's own address may be empty.
    is_lost = any(said and unquote(step).strip() in ("", ".", "..") for said, step in steps)
    return None if is_lost else url


def _steps(url: str) -> list[str]:
    return url.removeprefix("https://").split("/")[1:]


def filled_body(node: Any, values: Mapping[str, str], key: str) -> Any:
    """Fill in the texts of a JSON document; fields whose value is unknown are left out."""
    if isinstance(node, dict):
        inner = {name: filled_body(one, values, key) for name, one in node.items()}
        return {name: one for name, one in inner.items() if one is not None or node[name] is None}
    if isinstance(node, list):
        return [one for one in (filled_body(one, values, key) for one in node) if one is not None]
    return filled(node, values, key) if isinstance(node, str) else node


def _plain(text: str) -> str:
    """A text without control characters and halves of characters, on one line."""
    text = text[:_LONGEST].encode("utf-8", "ignore").decode("utf-8")
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
