"""The contacts of a company that an SDR may see, and names of persons as they are compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from leads.contacts import ContactRow
from leads.lexicon.transliterate import to_ascii


@dataclass(frozen=True, slots=True)
class CardPerson:
    """A role or a person at a company."""

    kind: str
    name: str | None
    role: str
    email: str | None
    phone: str | None
    source: str
    #: When the person must have been told where the data comes from; None: nobody, or told already.
    tell_by: datetime | None


@dataclass(frozen=True, slots=True)
class CardPeople:
    """The contacts of a company, and how many are withheld because their notice is overdue."""

    shown: tuple[CardPerson, ...] = ()
    overdue: int = 0


def people(rows: Sequence[ContactRow], at: datetime, barred: Collection[str]) -> CardPeople:
    """The contacts that may be shown at a moment; `barred` are addresses and numbers that may not
    be used.
    """
    shown = []
    for one in rows:
        if one.is_overdue(at):
            continue
        email = one.email if one.email not in barred else None
        phone = one.phone if one.phone not in barred else None
        if one.name or email or phone:
            tell_by = None if one.noticed_at else one.notice_due_at
            shown.append(
                CardPerson(one.kind, one.name, one.role, email, phone, one.source, tell_by)
            )
    return CardPeople(tuple(shown), sum(1 for one in rows if one.is_overdue(at)))


def comparable(name: str) -> str:
    """A person's name without case, accents and order: `Doe, Kim` is `kim doe`."""
    return " ".join(sorted(_words(name)))


def is_named(text: str, name: str) -> bool:
    """Whether a text names a person, as `Kim Doe` or `Doe, Kim`; `Kim Doerr` is somebody else."""
    words = _words(name)
    spellings = (words, [*words[-1:], *words[:-1]], [*words[-1:], *words[:1]])
    inside = f" {' '.join(_words(text))} "
    return any(f" {' '.join(one)} " in inside for one in spellings)


def fragment(name: str) -> str:
    """The most ASCII letters in a row of a name: databases find these in any case."""
    return max(re.findall("[a-z]+", name.lower()), key=len, default="")


def _words(text: str) -> list[str]:
    letters = "".join(one if one.isalnum() else " " for one in to_ascii(text).lower())
    return letters.split()
