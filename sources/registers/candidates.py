"""Choose the results of a search that are worth a request of their own."""

from __future__ import annotations

from sources.answers import Entry
from sources.identity_names import name_marks
from sources.subject import Subject

_NAMED = frozenset({"name_and_form", "name_same", "other_name_same", "name_alike", "initials"})


def may_be(subject: Subject, country: str, name: str, *other_names: str) -> bool:
    """Whether an entry with these names may be the company, by its names alone."""
    others = tuple(filter(None, other_names))
    entry = Entry(country=country, number="", name=name, other_names=others)
    return any(mark.name in _NAMED for mark in name_marks(subject, entry))
