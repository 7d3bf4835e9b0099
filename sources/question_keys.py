"""What a question is about, as keys: two questions about one company share one of them."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from leads.lexicon.names.company_names import parse_name
from leads.register_entries import entry_key
from sources.source import Card
from sources.subject import Subject

_DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class QuestionKeys:
    """The keys of a question, hashed, so that no company is named where they are kept."""

    #: Taken by one question at a time; empty: the company cannot be asked about.
    own: tuple[str, ...]
    #: Further keys by which a later question finds the answer.
    also: tuple[str, ...]
    #: Keys by which an earlier answer is found.
    known_by: tuple[str, ...]
    #: Those of them that count only if something was found: what was not found by the name may be
    #: found by a number that is known now.
    unsure: frozenset[str] = frozenset()


def question_keys(subject: Subject, card: Card, secret: bytes) -> QuestionKeys:
    """The keys of a question to a source about a company.

    Numbers and domains that the source asks by tell companies apart. A name and its place do so
    only where one of the two questions had neither.
    """
    strong = [
        f"{one.scheme}/{entry_key(one.country, one.number)}"
        for one in subject.numbers
        if one.scheme in card.asks_by
    ]
    if _DOMAIN in card.asks_by:
        strong += [f"{_DOMAIN}/{one}" for one in subject.domains]
    named = _named(subject)

    # A name that was asked with a number beside it, and one that was asked alone.
    beside, alone = f"beside/{named}", f"alone/{named}"
    own = strong or [alone]
    also = [beside] if strong else []
    known_by = [*strong, alone] if strong else [alone, beside]
    return QuestionKeys(
        tuple(_hashed(one, secret) for one in own),
        tuple(_hashed(one, secret) for one in also),
        tuple(_hashed(one, secret) for one in known_by),
        frozenset({_hashed(alone, secret)} if strong else ()),
    )


def known_by(subject: Subject) -> frozenset[str]:
    """What of a company a source may ask by: `name`, `domain`, schemes of numbers."""
    found = {"name", *(one.scheme for one in subject.numbers)}
    return frozenset(found | ({_DOMAIN} if subject.domains else set()))


def _named(subject: Subject) -> str:
    parsed = parse_name(subject.names[0])
    place = subject.postcode or subject.city or ""
    name = " ".join([parsed.core, *parsed.forms])
    return f"{name}/{subject.country or ''}/{' '.join(place.casefold().split())}"


def _hashed(text: str, secret: bytes) -> str:
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:40]
