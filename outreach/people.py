"""The contacts of a company that an SDR may see, and names of persons as they are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leads.contacts import ContactRow, same_contact
from leads.lexicon.transliterate import to_ascii
from outreach.card_parts import CardContact


@dataclass(frozen=True, slots=True)
class CardPerson:
    """A role or a person at a company."""

    kind: str
    name: str | None
    role: str
    email: str | None
    phone: str | None
    source: str
    #: By when to tell the person where the data comes from; None: told already, or no need to.
    tell_by: datetime | None
    #: The e-mail address and the phone number, with what the channel policy says about each.
    ways: tuple[CardContact, ...] = ()


@dataclass(frozen=True, slots=True)
class CardPeople:
    """The contacts of a company, and how many are withheld because their notice is overdue."""

    shown: tuple[CardPerson, ...] = ()
    overdue: int = 0


def people(
    rows: Sequence[ContactRow],
    at: datetime,
    barred: Collection[str],
    ruled: Callable[[str, str, str], CardContact],
) -> CardPeople:
    """The contacts that may be shown at a moment; `barred` are addresses and numbers that may not
    be used, `ruled` says what the channel policy makes of a channel, its value and its source.
    """
    whole = _each_once(rows)
    showable = [one for one in whole if not one.is_overdue(at)]
    shown = [person for one in showable if (person := _shown(one, barred, ruled))]
    return CardPeople(tuple(shown), len(whole) - len(showable))


def _shown(
    one: ContactRow, barred: Collection[str], ruled: Callable[[str, str, str], CardContact]
) -> CardPerson | None:
    """A contact as the card shows it; None when nothing is left of it."""
    email = one.email if one.email not in barred else None
    phone = one.phone if one.phone not in barred else None
    if not (one.name or email or phone):
        return None
    tell_by = None if one.noticed_at else one.notice_due_at
    source = one.page_url or one.source
    ways = [(channel, value) for channel, value in (("phone", phone), ("email", email)) if value]
    made = tuple(ruled(channel, value, source) for channel, value in ways)
    return CardPerson(one.kind, one.name, one.role, email, phone, source, tell_by, made)


def _each_once(rows: Sequence[ContactRow]) -> list[ContactRow]:
    """Each contact once, though several lists or pages name it: what one of them lacks, another
    says; the first notice that is due counts, and one that was sent.
    """
    kept: list[ContactRow] = []
    for one in rows:
        at = next((place for place, known in enumerate(kept) if _are_one(known, one)), None)
        if at is None:
            kept.append(one)
        else:
            kept[at] = _merged(kept[at], one)
    return kept


def _are_one(left: ContactRow, right: ContactRow) -> bool:
    """Whether two rows of one company name one contact: by address, else by name; two persons may
    share a mailbox.
    """
    named = bool(left.name and right.name)
    if named and comparable(left.name or "") != comparable(right.name or ""):
        return False
    return left.email == right.email if left.email and right.email else named


def _merged(known: ContactRow, more: ContactRow) -> ContactRow:
    dues = [one.notice_due_at for one in (known, more) if one.notice_due_at]
    return replace(
        known,
        kind="person" if "person" in (known.kind, more.kind) else known.kind,
        name=known.name or more.name,
        role=known.role or more.role,
        email=known.email or more.email,
        phone=known.phone or more.phone,
        notice_due_at=min(dues, default=None),
        noticed_at=known.noticed_at or more.noticed_at,
    )


def comparable(name: str) -> str:
    """A person's name without case, accents and order: `Doe, Kim` is `kim doe`."""
    return same_contact(name, None)


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
