"""How registers and providers must be named beside their data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sources.licences import Strictness, strictest
from sources.source import Card

_ASKS = {
    Strictness.OPEN: "it asks for nothing",
    Strictness.ATTRIBUTION: "name the sources wherever the data is passed on",
    Strictness.OWN_TERMS: "read these terms before the data is passed on",
    Strictness.SHARE_ALIKE: "pass the data on under the same licence, and name the sources",
}


@dataclass(frozen=True, slots=True, order=True)
class Credit:
    """A source of some data, and the licence that the data came by."""

    source: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """How one source must be named."""

    source: str
    title: str
    licence: str
    #: As the licence wants it; empty: the title is enough.
    words: str


def attributions(given: Collection[Credit], cards: Mapping[str, Card]) -> list[Attribution]:
    """How each source must be named; one without a card is named as the data names it."""
    return [
        Attribution(
            source=one.source,
            title=cards[one.source].title if one.source in cards else one.source,
            licence=one.licence,
            words=cards[one.source].attribution if one.source in cards else "",
        )
        for one in sorted(given)
    ]


def attribution_text(name: str, some: Collection[Attribution]) -> str:
    """The text of the file that goes with another one, whose name is given."""
    lines = [f"{name} holds data of these sources.", ""]
    for one in some:
        lines += [one.title, f"  Licence: {one.licence}"]
        lines += [f"  {one.words}"] if one.words else []
        lines.append("")
    lines.append(strictest_words(some))
    return "\n".join(lines) + "\n"


def strictest_words(some: Collection[Attribution]) -> str:
    """Which licence holds for data of all these sources together, and what it asks."""
    asks, licences = strictest(one.licence for one in some)
    named = ", ".join(licences)
    return f"The strictest licence holds for the whole: {named} ({_ASKS[asks]})."
