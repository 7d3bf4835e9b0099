"""The words of `intake/data/`, arranged for lookup by squashed spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from leads.lexicon.reference import read_yaml
from leads.lexicon.transliterate import to_ascii

_DATA = Path(__file__).parent / "data"
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_PIECE = re.compile(r"[^\W\d_]+|\d+|[€$£¥]")
#: Words that stand where a person's name, not a company's, is expected.
PERSONAL = "personal:"


@dataclass(frozen=True, slots=True)
class Word:
    """What a column name means."""

    #: An attribute, `id`, `location`, `postcode_city`, `currency`, `closed`, or `personal:KIND`.
    field: str
    #: Means it only when nothing better does.
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the files say."""

    fields: dict[str, Word]
    personal: dict[str, Word]
    of_the_person: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: frozenset[str]
    fillers: frozenset[str]
    currencies: dict[str, str]
    factors: dict[str, str]
    factor_letters: dict[str, str]
    world_regions: frozenset[str]
    salutations: frozenset[str]
    genders: frozenset[str]
    headcount_bands: frozenset[str]
    not_a_website: frozenset[str]
    nothing: frozenset[str]
    #: Column names whose cells are lists, also with commas: `Industries`.
    listing: frozenset[str]
    any_contact: frozenset[str]
    about_others: frozenset[str]
    kinds_of_accounts: frozenset[str]
    yes: frozenset[str]
    totals: frozenset[str]
    subtotals: frozenset[str]
    footers: frozenset[str]
    ends: frozenset[str]
    before_dates: frozenset[str]
    #: As words, so that `broj` is no part of `Brojler`.
    counts: tuple[tuple[str, ...], ...]
    counted: frozenset[str]
    total_of: tuple[str, ...]


def pieces(text: str) -> list[str]:
    """The words, numbers and currency signs of a column name, in ASCII lower case:
    `SICCode.SicText_1` is sic, code, sic, text, 1.
    """
    return [folded(piece) for piece in _PIECE.findall(_CAMEL.sub(" ", text))]


def squashed(words: Iterable[str]) -> str:
    """Words without what lists write differently: spaces and signs."""
    return "".join(word for word in words if word not in "€$£¥")


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """A word in ASCII lower case; ä, ae and a are one. Currency signs stay."""
    if word in "€$£¥":
        return word
    plain = to_ascii(word).lower().strip()
    # Not in codes such as CAE and in other short words.
    return (
        plain.replace("ae", "a").replace("oe", "o").replace("ue", "u") if len(plain) > 3 else plain
    )


def key_of(text: str) -> str:
    """The squashed spelling of a text."""
    return squashed(pieces(text))


@cache
def vocabulary() -> Vocabulary:
    """The files, read once."""
    data: dict[str, Any] = read_yaml((_DATA / "columns.yaml").read_bytes())
    more: dict[str, Any] = read_yaml((_DATA / "columns_more.yaml").read_bytes())
    currencies = {
        folded(word): code for code, words in data["currencies"].items() for word in words
    }
    factors = {
        folded(word): factor for factor, kinds in data["factors"].items() for word in kinds["words"]
    }
    return Vocabulary(
        fields=_index("", data["fields"], more["fields"]),
        personal=_index(PERSONAL, more["owners"], data["personal"], more["personal"]),
        of_the_person=frozenset(data["of_the_person"]),
        prefixes=tuple(sorted(map(key_of, data["prefixes"]), key=len, reverse=True)),
        suffixes=frozenset(map(key_of, data["suffixes"])),
        fillers=frozenset(map(key_of, data["fillers"])),
        currencies=currencies | {folded(word): code for word, code in data["glued"].items()},
        factors=factors,
        factor_letters={
            letter: factor
            for factor, kinds in data["factors"].items()
            for letter in kinds.get("letters", ())
        },
        world_regions=frozenset(map(key_of, data["world_regions"])),
        salutations=frozenset(map(key_of, data["salutations"])),
        genders=frozenset(map(key_of, data["genders"])),
        headcount_bands=frozenset(data["headcount_bands"]),
        not_a_website=frozenset(map(key_of, data["not_a_website"])),
        nothing=frozenset(data["nothing"]),
        listing=frozenset(map(key_of, data["listing"])),
        any_contact=frozenset(map(key_of, more["any_contact"])),
        about_others=frozenset(map(key_of, more["about_others"])),
        kinds_of_accounts=frozenset(map(key_of, more["kinds_of_accounts"])),
        yes=frozenset(map(key_of, more["yes"])),
        totals=frozenset(map(key_of, more["totals"])),
        subtotals=frozenset(map(key_of, more["subtotals"])),
        footers=frozenset(map(key_of, more["footers"])),
        ends=frozenset(map(key_of, more["ends"])),
        before_dates=frozenset(map(key_of, more["before_dates"])),
        counts=tuple(tuple(pieces(words)) for words in more["counts"]),
        counted=frozenset(map(key_of, more["counted"])),
        total_of=tuple(map(key_of, more["total_of"])),
    )


def _index(prefix: str, *sections: dict[str, dict[str, list[str]]]) -> dict[str, Word]:
    """Field by squashed name; a name that two fields have is that of the first, and a strong one
    goes before a weak one.
    """
    found: dict[str, Word] = {}
    for weak in (False, True):
        for section in sections:
            for field, languages in section.items():
                _add_words(found, Word(prefix + field, weak), languages)
    return found


def _add_words(found: dict[str, Word], word: Word, languages: dict[str, list[str]]) -> None:
    for language, names in languages.items():
        if (language == "weak") == word.weak:
            for name in names:
                found.setdefault(key_of(name), word)
