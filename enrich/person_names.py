"""Tell the name of a person from other words of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enrich.tables import words
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.transliterate import to_ascii

_MOST_WORDS, _FEWEST_WORDS, _FEWEST_LETTERS = 5, 2, 2
_LONGEST = 60
#: Titles before a name, such as `Dr.-Ing.`.
_TITLES = re.compile(
    r"^(?:(?:dr|prof|dipl|ing|mag|mba|msc|bsc|lic|herr|frau|mr|mrs|ms|mme|madame|monsieur|m|sig|sr|sra|dott|ir)"
    r"(?:[.-]+(?=\S)|\.?\s+))+",
    re.IGNORECASE,
)
#: Degrees after a name, such as `, MBA`.
_DEGREES = re.compile(
    r"(?:,|(?<!\s))\s+(?:mba|m\.?\s?sc\.?|b\.?\s?sc\.?|m\.?a\.?|ph\.?d\.?|ll\.?m\.?)$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {
        "von",
        "van",
        "de",
        "der",
        "den",
        "zu",
        "zur",
        "da",
        "di",
        "del",
        "della",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "y",
        "e",
        "af",
        "av",
        "dos",
    }
)
#: A capital letter and small ones, parts joined by hyphens or apostrophes; or an initial.
_WORD = re.compile(r"(?:[^\W\d_][’']?)?[^\W\d_]+(?:[-’'][^\W\d_]+)*\.?")

#: Words that stand in no person's name, in ASCII; longer words may go on, as `Amtsgerichts` does.
_ELSEWHERE = frozenset(words("no_person"))
_LONG = tuple(word for word in _ELSEWHERE if len(word) >= 8)


def person_name(text: str) -> str | None:
    """The name of a person that a text is, without titles; None for any other text."""
    bare = _DEGREES.sub("", _TITLES.sub("", " ".join(text.split()))).strip(" ,;")
    parts = bare.split()
    if not _FEWEST_WORDS <= len(parts) <= _MOST_WORDS or len(bare) > _LONGEST:
        return None
    named = [word for word in parts if word.lower() not in _PARTICLES]
    if len(named) < _FEWEST_WORDS or not all(map(_is_name_word, named)):
        return None
    # `Jean DUPONT` is a person; a line in capitals alone is a heading as often.
    if len(named[-1].rstrip(".")) < _FEWEST_LETTERS or all(map(str.isupper, named)):
        return None
    return None if _is_of_something_else(bare, named) else bare


def agrees(local: str, name: str) -> bool:
    """Whether the local part of an address is made of a name: `kim.doe`, `k.doe`, `doe`, `kdoe`."""
    plain = [to_ascii(word).lower().strip(".") for word in re.split(r"[\s-]+", name)]
    names = [word for word in plain if word and word not in _PARTICLES]
    parts = [part for part in re.split(r"[._-]+", to_ascii(local).lower()) if part]
    if not names or not parts:
        return False
    family, given = names[-1], names[0]
    if len(parts) == 1:
        return parts[0] in {family, given, given + family, given[0] + family, family + given[0]}
    return family in parts and any(part in (given, given[0]) for part in parts)


def _is_name_word(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and word[0].isupper()


def _is_of_something_else(bare: str, named: Sequence[str]) -> bool:
    """Whether the words are a company's, a court's, a heading's or a place's."""
    plain = [to_ascii(word).lower().strip(".") for word in named]
    return bool(parse_name(bare).forms) or any(map(_is_elsewhere, plain))


def _is_elsewhere(word: str) -> bool:
    return word in _ELSEWHERE or word.startswith(_LONG)
