"""The fields of a message that a program or a web form sends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leads.errors import UsageError

#: Characters of a field.
LONGEST = 500
#: Where the fields of each kind of message stand, unless the inbox says otherwise; the first that
#: is there counts.
USUAL: Mapping[str, Mapping[str, Sequence[str]]] = {
    "signal": {
        "company": (
            "data.company",
            "data.domain",
            "data.website",
            "data.email",
            "company",
            "domain",
            "email",
        ),
        "kind": ("data.kind", "type", "kind"),
        "at": ("data.at", "timestamp", "at"),
        "value": ("data.value",),
        "currency": ("data.currency",),
        "link": ("data.link",),
        "agent": ("data.agent",),
        "channel": ("data.channel",),
    },
    "outcome": {
        "company": ("data.company", "data.domain", "data.email", "company", "domain", "email"),
        "outcome": ("data.outcome", "outcome", "type"),
        "at": ("data.at", "timestamp", "at"),
        "value": ("data.value", "value"),
        "currency": ("data.currency", "currency"),
        "reason": ("data.reason", "reason"),
    },
    "company": {
        "name": ("data.name", "data.company", "name", "company"),
        "website": ("data.website", "data.domain", "website", "domain"),
        "country": ("data.country", "country"),
        "city": ("data.city", "city"),
        "industry": ("data.industry", "industry"),
        "employees": ("data.employees", "employees"),
    },
}
#: The fields of a form, and what a form calls them unless the inbox says otherwise.
OF_FORMS = ("company", "website", "email", "phone", "name", "consent")
#: Where the type of a message stands.
_TYPE = "type"
_PATH = re.compile(r"[^.\s]{1,60}(?:\.[^.\s]{1,60}){0,9}")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def is_path(text: str) -> bool:
    """Whether a text says where a field stands, such as `data.accounts.0.domain`."""
    return _PATH.fullmatch(text) is not None


def read_object(body: bytes) -> Mapping[str, Any]:
    """The JSON object of a message, its numbers as they are written; UsageError for anything else."""
    try:
        found = json.loads(
            body.decode("utf-8"), parse_float=str, parse_int=str, parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise UsageError("the message is not JSON", "send a JSON object in UTF-8") from None
    if not isinstance(found, dict):
        raise UsageError("the message is not a JSON object", 'send {"type": …, "data": {…}}')
    return found


def type_of(message: Mapping[str, Any]) -> str:
    """The type that a message states; empty when it states none."""
    return _text(message, _TYPE)


def read_fields(
    message: Mapping[str, Any], becomes: str, paths: Mapping[str, str]
) -> dict[str, str]:
    """The fields of a message that are there and not empty; UsageError for one too long."""
    usual = USUAL[becomes]
    found = {}
    for name in {**usual, **paths}:
        places = [paths[name]] if name in paths else usual[name]
        if text := next(filter(None, (_text(message, one) for one in places)), ""):
            found[name] = _checked(name, text)
    return found


def read_form(pairs: Iterable[tuple[str, str]], names: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that are filled in; of several of one name the first."""
    sent: dict[str, str] = {}
    for name, value in pairs:
        sent.setdefault(name, value.strip())
    found = {}
    for name in OF_FORMS:
        if text := sent.get(names.get(name, name), ""):
            found[name] = _checked(name, text)
    return found


def signal_kind(text: str) -> str:
    """`demo.requested` and `Demo requested` as the kind of a signal."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")


def _text(message: Any, path: str) -> str:
    """The text at a path; empty when there is none."""
    found = message
    for part in path.split("."):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isascii() and part.isdecimal():
            found = found[int(part)] if len(part) < 4 and int(part) < len(found) else None
        else:
            return ""
    if isinstance(found, bool):
        return "yes" if found else ""
    return found.strip() if isinstance(found, str) else ""


def _checked(name: str, text: str) -> str:
    if len(text) > LONGEST or _UNSTORABLE.search(text):
        raise UsageError(
            f"the field {name} is too long, or has signs that are no text",
            f"send at most {LONGEST} characters",
        )
    return text


def _no_number(text: str) -> Any:
    raise ValueError(text)
