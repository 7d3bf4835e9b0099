"""What a token may be used for; the rights of its user still count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from leads.errors import UsageError

#: Each scope and what it allows.
SCOPES: Mapping[str, str] = {
    "clients:read": "read clients, campaigns and dispositions",
    "clients:write": "add and change clients and campaigns",
    "lists:read": "read lists, imports and scorecards",
    "lists:write": "import lists and undo imports",
    "companies:read": "read companies, facts and where they come from",
    "companies:write": "decide duplicates and sites, merge and split companies, opt hosts out",
    "prospects:read": "read the queue and its cards",
    "prospects:work": "work the queue as the token's user",
    "suppressions:read": "read and check the do-not-contact list",
    "suppressions:write": "add to the do-not-contact list and end suppressions",
    "contacts:read": "read contacts and consents",
    "contacts:write": "record consents, notices and how contacts are kept",
    "signals:read": "read signals",
    "signals:write": "record signals and take them back",
    "leads:read": "read leads and hand-overs",
    "leads:write": "qualify and move leads, hand them over",
    "profiles:read": "read and check profiles and scoring files",
    "profiles:write": "put profiles and scoring files in force",
    "exports:create": "export companies and suppressions",
    "outcomes:write": "import outcomes and undo imports",
    "reports:read": "read reports",
    "enrich:read": "read what sources would be asked and what is spent",
    "enrich:write": "ask sources and say what may be spent",
    "ops:read": "read the state of the background work",
    "ops:write": "pause, resume, requeue and discard background work",
    "events:read": "read the log of who did what",
}


def checked_scopes(words: Iterable[str]) -> list[str]:
    """The scopes in the order of the table; UsageError when there is none, or an unknown one.

    A word may name several, divided by commas; `prospects:*` means every scope of that kind.
    """
    found = set[str]()
    for word in [part.strip() for text in words for part in text.split(",")]:
        found |= _meant(word)
    if not found:
        raise UsageError("a token needs a scope", f"name one with --scope: {', '.join(SCOPES)}")
    return [one for one in SCOPES if one in found]


def _meant(word: str) -> set[str]:
    kind, _, act = word.partition(":")
    meant = {one for one in SCOPES if one == word or (act == "*" and one.startswith(f"{kind}:"))}
    if not meant:
        near = get_close_matches(word, SCOPES, 1)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(SCOPES)}"
        raise UsageError(f"{word!r} is not a scope", hint)
    return meant
