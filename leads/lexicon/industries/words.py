"""Industry names, and the words in lists that mean them (`leads/lexicon/data/industries.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from leads.lexicon.industries.codes import NACE, expand
from leads.lexicon.reference import document
from leads.lexicon.transliterate import to_ascii

_NOT_WORD = re.compile(r"[\W_]+")
_ITEMS = re.compile(r"[;|\n•]+")
_STEPS = re.compile(r"\s*(?:->|>|›|»)\s*")
_ALTERNATIVES = re.compile(
    r"\s*[/,&+]\s*|\s+(?:and|und|et|e|y|i|en|og|och|or|oder|ou|o|of)\s+", re.IGNORECASE
)
_JOINT = re.compile(r"\b(?:and|und|et|e|y|i|en|og|och|or|oder|ou|o)\b")
_LONGEST = 300
_KINDS = ("words", "crafts", "vague")


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry: NACE classes fully and partly inside it by revision, and codes of other
    schemes.
    """

    name: str
    #: NACE prefixes as in the table.
    stated: Mapping[str, tuple[str, ...]]
    stated_partly: Mapping[str, tuple[str, ...]]
    inside: Mapping[str, frozenset[str]]
    partly: Mapping[str, frozenset[str]]
    #: Codes fully inside, by scheme.
    others: Mapping[str, tuple[str, ...]]
    within: tuple[str, ...]
    words: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Named:
    """An industry named by a text."""

    industry: Industry
    #: `vague`: the word also covers makers, traders and users of the goods; `market`: also its
    #: software suppliers; `crafts`: also makers with shops; otherwise empty.
    breadth: str = ""


@cache
def industries() -> Mapping[str, Industry]:
    """Return all industries by name."""
    return {
        name: _industry(name, row)
        for name, row in document("industries.yaml")["industries"].items()
    }


def _industry(name: str, row: Mapping[str, Any]) -> Industry:
    def prefixes(key: str) -> dict[str, tuple[str, ...]]:
        newest = row.get(key, "")
        return {
            "nace2.1": tuple(newest.split()),
            "nace2.0": tuple(row.get(f"{key}2.0", newest).split()),
        }

    def classes(stated: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
        return {
            home: frozenset[str]().union(*(expand(home, prefix) for prefix in stated[home]))
            for home in NACE
        }

    others = {scheme: tuple(row.get(scheme, "").split()) for scheme in ("naics", "sic")} | {
        "linkedin": tuple(row.get("linkedin", ()))
    }
    inside, partly = prefixes("nace"), prefixes("partly")
    texts = tuple(word for kind in _KINDS for word in row.get(kind, ()))
    return Industry(
        name,
        inside,
        partly,
        classes(inside),
        classes(partly),
        others,
        tuple(row.get("within", ())),
        texts,
    )


def plain(text: str) -> str:
    """Normalise a text for comparing: no case, accents or punctuation."""
    return _NOT_WORD.sub(" ", to_ascii(text.replace("&", " and ")).casefold()).strip()


def _spellings(word: str) -> set[str]:
    """Return the normalised spellings of a word, also without umlauts (`Zahnaerzte`)."""
    return {plain(word), plain(word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))}


def named(word: str) -> Named | None:
    """Return the industry a phrase means; None unless the whole phrase is known."""
    phrase = plain(word)
    return _phrases().get(phrase) or _phrases().get(_without_noise(phrase)) or _by_head(phrase)


def alternatives(text: str) -> list[list[Named | None]]:
    """Parse a text into items that all hold (`a; b`), each a list of alternatives (`a and b`).

    None represents unknown words.
    """
    if len(text) > _LONGEST:
        return [[None]]
    return [_item(item) for item in _ITEMS.split(text) if item.strip()]


def _item(item: str) -> list[Named | None]:
    *above, last = _STEPS.split(item.strip())
    if above and plain(above[0]) in _lenses():
        # The first path element describes the company, if any does. The rest describes its
        # customers.
        return [named(above[0])]
    whole = named(last)
    return (
        [whole]
        if whole
        else [named(part) for part in _ALTERNATIVES.split(last) if part.strip()] or [None]
    )


@cache
def also_called(breadth: str, home: str) -> frozenset[str]:
    """Return the NACE classes of other companies that words of this breadth also cover."""
    prefixes = document("industries.yaml")["open"].get(breadth, "")
    return frozenset[str]().union(*(expand(home, prefix) for prefix in prefixes.split()))


@cache
def _phrases() -> Mapping[str, Named]:
    markets = {plain(word) for word in document("industries.yaml")["markets"]}
    known: dict[str, Named] = {}
    for name, row in document("industries.yaml")["industries"].items():
        for spelling in (spelling for word in row["words"] for spelling in _spellings(word)):
            known[spelling] = Named(industries()[name], "market" if spelling in markets else "")
        for breadth in ("vague", "crafts"):
            known |= {
                spelling: Named(industries()[name], breadth)
                for word in row.get(breadth, ())
                for spelling in _spellings(word)
            }
    return known


@cache
def _lenses() -> frozenset[str]:
    return frozenset(document("industries.yaml")["lenses"])


def _without_noise(phrase: str) -> str:
    words = [word for word in phrase.split() if word not in _noise()]
    for ending in document("industries.yaml")["endings"]:
        if words and words[-1].endswith(ending) and words[-1] != ending:
            words[-1] = words[-1].removesuffix(ending)
            break
    return " ".join(words)


@cache
def _noise() -> frozenset[str]:
    return frozenset(plain(word) for word in document("industries.yaml")["noise"])


def _by_head(phrase: str) -> Named | None:
    """Find the industry by the head noun: `toy manufacturer`, `Herstellung von Spielwaren`."""
    for place, name, head in _heads():
        rest = (
            phrase.removesuffix(f" {head}") if place == "last" else phrase.removeprefix(f"{head} ")
        )
        # In "Groß- und Einzelhandel" the last word is only one of two heads.
        if rest != phrase and not (place == "last" and _JOINT.search(rest)):
            return _of_goods(industries()[name], _phrases().get(rest))
    return None


@cache
def _heads() -> tuple[tuple[str, str, str], ...]:
    data = document("industries.yaml")
    return tuple(
        (place, name, plain(head))
        for place in ("last", "first")
        for name, heads in data[place].items()
        for head in heads
    )


def _of_goods(trade: Industry, goods: Named | None) -> Named | None:
    if goods is None or trade.name != "manufacturing":
        return Named(trade)
    made = goods.industry.inside["nace2.1"]
    return Named(goods.industry) if made and made <= trade.inside["nace2.1"] else None
