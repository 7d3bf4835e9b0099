"""Take a name apart: seat, country, branch and address behind it are parts of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache, lru_cache

from dedupe.data_files import document
from dedupe.words import words
from leads.lexicon.names.company_names import LONGEST, parse_name
from leads.lexicon.names.legal_form_table import tables as form_tables
from leads.lexicon.names.legal_forms import form_at_end, groups_of, legal_form
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.place_names import is_city
from leads.lexicon.reference import document as shared_document
from leads.lexicon.transliterate import to_ascii, without_entities

_WORD = re.compile(r"[A-Za-z0-9]+")
#: A part other than a city has one of these signs.
_SIGN = re.compile(r"[,/()\d–—;]|\s-")
#: `IDEX CORP /DE/`, `ACME CO /NEW/`, `ACME TRUST /TA`.
_STATE = re.compile(r"\s*/\s?([A-Z]{2,4})\s?/?\s*$")
#: A place behind a comma has at most four words, and its parts at most three commas.
_MOST_WORDS = 4
_MOST_PIECES = 3
_DASH = re.compile(r"\s+[-–—]\s+")
#: `Kalilandia 11/07`: the month in which somebody wrote the row.
_MONTH = re.compile(r"\s+(?:0?[1-9]|1[0-2])/\d{2}(?:\d{2})?\s*$")
_NOTE = re.compile(r"\s*\(([^()]{3,80})\)\s*$")
_HOUSE = re.compile(r"\d{1,5}[a-zA-Z]?")
_GLUED_KIND = re.compile(r"[a-z]{3,}(?:strasse|str|straat|gatan|vagen|gasse|weg|platz|allee|laan)")
#: Words between the number and the kind of street, or between the kind and the number.
_NEAR = 4


class Before(Enum):
    """What stands before a possible address; a form or a comma makes an address likely."""

    NAME = auto()
    FORM_OR_COMMA = auto()
    FORM_AND_COMMA = auto()


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as one cell states it; a part that is not stated is empty."""

    #: The name with its legal form, without the other parts.
    name: str
    seat: str = ""
    #: ISO 3166-1 alpha-2.
    country: str = ""
    #: The place or number of a branch or shop.
    branch: str = ""
    address: str = ""
    #: Another full name in brackets behind the legal form.
    alias: str = ""


def take_apart(text: str, city: str = "") -> NameParts | None:
    """Split a name from what stands behind it; None if nothing does.

    `city` is the row's own city, if it has one.
    """
    # Most names have no sign of a part, and looking for each part takes time.
    if not _SIGN.search(text):
        # A name, a form and a city have three words at least.
        may_end = text.count(" ") > 1 and _is_known_city(text.rpartition(" ")[2])
        return _city_behind_form(text) if may_end else None

    parts = NameParts(without_entities(text[:LONGEST]))
    for split in (_state, _address, _note, _seat, _branch):
        found = split(parts, city)
        if found is not None and _WORD.search(to_ascii(found.name)):
            parts = found
    return parts if parts.name != text else None


def _state(parts: NameParts, _: str) -> NameParts | None:
    """Drop the mark of a register: a state of incorporation, or NEW."""
    found = _STATE.search(parts.name)
    if found is None or legal_form(found[1]):
        return None
    return replace(parts, name=parts.name[: found.start()])


def _seat(parts: NameParts, _: str) -> NameParts | None:
    """Split off a seat or country: any behind a legal form and a comma, a known city without."""
    pieces = parts.name.split(",")
    for at in range(max(len(pieces) - _MOST_PIECES, 1), len(pieces)):
        head, tails = ",".join(pieces[:at]), [piece.strip(" .()-–") for piece in pieces[at:]]
        if all(map(_may_be_place, tails)) and _ends_in_form(head) and _says_enough(head):
            return _placed(replace(parts, name=head), tails)
    found = _city_behind_form(parts.name) if len(pieces) == 1 else None
    return found and replace(parts, name=found.name, seat=found.seat)


def _city_behind_form(text: str) -> NameParts | None:
    """Split off a known city behind a legal form."""
    ends = text.rsplit(None, 2)
    for count in range(1, len(ends)):
        head, tail = " ".join(ends[:-count]), " ".join(ends[-count:])
        if _is_known_city(tail) and _ends_in_form(head):
            return NameParts(head, seat=tail.strip(" ()-–"))
    return None


def _says_enough(head: str) -> bool:
    """Check for a word besides trades: `Audio Co., Ltd.` is no whole name without what follows."""
    return any(word not in words().caps for word in parse_name(head).tokens)


@lru_cache(maxsize=50_000)
def _may_be_place(tail: str) -> bool:
    """Check for a text that may be a place: words without digits, and no legal form."""
    if not tail or any(map(str.isdigit, tail)) or len(tail.split()) > _MOST_WORDS:
        return False
    first = tail.lower().split()[0].replace(".", "")
    return legal_form(tail) is None and first not in form_tables().first_of_renames


def _placed(parts: NameParts, tails: list[str]) -> NameParts:
    """Add the first place as seat, and the last as country if it is one beyond doubt."""
    code = "" if tails[-1] in _us_states() else country_code(tails[-1]) or ""
    seat = "" if code and len(tails) == 1 else tails[0]
    return replace(parts, seat=seat, country=code)


@lru_cache(maxsize=50_000)
def _is_known_city(text: str) -> bool:
    return is_city(text)


@cache
def _us_states() -> frozenset[str]:
    """Return the codes of US states: CA behind a name is as often California as Canada."""
    return frozenset(map(str, shared_document("places.yaml")["states"]["US"]))


def _ends_in_form(text: str) -> bool:
    """Check for a legal form at the end that says more than "company"."""
    tokens = _WORD.findall(to_ascii(text).lower())
    found = form_at_end(tokens, len(tokens), to_ascii(text)) if len(tokens) > 1 else None
    return found is not None and bool(groups_of(found[1])) and found[0] < len(tokens)


def _note(parts: NameParts, _: str) -> NameParts | None:
    """Split off brackets behind the legal form: another full name, or a note."""
    found = _NOTE.search(parts.name)
    if found is None or not _ends_in_form(parts.name[: found.start()]):
        return None
    inside = parse_name(found[1])
    whole = parse_name(parts.name)
    if legal_form(found[1]) or whole.brackets or whole.others or len(inside.tokens) < 2:
        return None
    alias = found[1] if inside.forms and len(inside.tokens) > 1 else ""
    return replace(parts, name=parts.name[: found.start()], alias=alias)


def _branch(parts: NameParts, city: str) -> NameParts | None:
    """Split off a branch: by its word, by a shop number, or by the row's own city after a dash."""
    text = _MONTH.sub("", parts.name) if "/" in parts.name else parts.name
    if text[-1:].isdigit() and (found := _branch_words().search(text)):
        return replace(parts, name=text[: found.start()], branch=found[1])
    pieces = _DASH.split(text) if city else []
    if len(pieces) > 1 and _same(pieces[-1], city):
        return replace(parts, name=" - ".join(pieces[:-1]), branch=pieces[-1])
    return replace(parts, name=text) if text != parts.name else None


def _same(one: str, other: str) -> bool:
    return to_ascii(one).casefold().strip(" .") == to_ascii(other).casefold().strip(" .")


@cache
def _branch_words() -> re.Pattern[str]:
    """Return the pattern of a branch behind a name: its word, then a number."""
    kinds = "|".join(sorted(document("name_parts.yaml")["branches"], key=len, reverse=True))
    numbered = rf"[\s,–-]+(?:{kinds})\s+(?:no\.?|nr\.?|n[º°]|#)?\s*(\d{{1,6}})\s*$"
    return re.compile(numbered, re.IGNORECASE)


@cache
def _street_kinds() -> frozenset[str]:
    return frozenset(document("name_parts.yaml")["street_kinds"])


def _address(parts: NameParts, _: str) -> NameParts | None:
    """Split off a postal address that begins behind the name."""
    if not any(map(str.isdigit, parts.name)):
        return None
    spans = list(re.finditer(r"[^\s,;]+", parts.name))
    folded = [to_ascii(word[0]).lower().strip(".") for word in spans]
    for at in range(1, len(spans)):
        head = parts.name[: spans[at].start()].rstrip(" ,;-–")
        if _begins(folded, at, _before(head, parts.name[len(head) : spans[at].start()])):
            address = parts.name[spans[at].start() :]
            return replace(parts, name=head, address=address, seat=_city_at_end(address))
    return None


def _before(head: str, between: str) -> Before:
    """Tell what stands between a name and a possible address."""
    marked = "," in between or ";" in between
    if _ends_in_form(head):
        return Before.FORM_AND_COMMA if marked else Before.FORM_OR_COMMA
    return Before.FORM_OR_COMMA if marked else Before.NAME


def _city_at_end(address: str) -> str:
    """Return the known city that ends an address; empty if none does."""
    words = address.split()
    tails = (" ".join(words[-count:]).strip(" ,.") for count in (2, 1))
    return next((tail for tail in tails if _is_known_city(tail)), "")


def _begins(words: list[str], at: int, before: Before) -> bool:
    """Check for an address at a word: `25 avenue Matignon`, `12 Old Mill Road`, `Via Roma 12`."""
    near = words[at + 1 : at + 1 + _NEAR]
    if _HOUSE.fullmatch(words[at]) and words[at - 1] not in _street_kinds():
        return len(near) > 1 if before is Before.FORM_AND_COMMA else _is_street(near)
    if before is Before.NAME:
        return False
    starts = words[at] in _street_kinds() or _GLUED_KIND.fullmatch(words[at]) is not None
    return starts and any(map(_HOUSE.fullmatch, near))


def _is_street(near: list[str]) -> bool:
    """Check the words behind a house number for a street with a name of its own."""
    place = next((place for place, word in enumerate(near) if word in _street_kinds()), None)
    # The name stands before the kind in English, and behind it in French.
    return place is not None and (place > 0 or len(near) > 1) and "of" not in near[:place]
