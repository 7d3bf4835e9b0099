"""Take a name apart: seat, country, state, branch and address behind it are parts of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from dedupe.data_files import document
from leads.lexicon.names.company_names import LONGEST, parse_name
from leads.lexicon.names.legal_forms import form_at_end, groups_of, legal_form
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.place_names import is_city
from leads.lexicon.transliterate import to_ascii, without_entities

_WORD = re.compile(r"[A-Za-z0-9]+")
#: `IDEX CORP /DE/`, `ACME CO /NEW/`, `ACME TRUST /TA`.
_STATE = re.compile(r"\s*/\s?([A-Z]{2,4})\s?/?\s*$")
#: A place or a note behind a comma has no digits and at most four words.
_TAIL = re.compile(r"\s*,\s*([^\d,;]{2,40})$")
_MOST_WORDS = 4
_DASH = re.compile(r"\s+[-–—]\s+")
_SHOP_NUMBER = re.compile(r"\s+#\s?(\d{1,6})\s*$")
#: `Kalilandia 11/07`: the month in which somebody wrote the row.
_MONTH = re.compile(r"\s+(?:0?[1-9]|1[0-2])/\d{2}(?:\d{2})?\s*$")
_NOTE = re.compile(r"\s*\(([^()]{3,80})\)\s*$")
_HOUSE = re.compile(r"\d{1,5}[a-zA-Z]?")
_GLUED_KIND = re.compile(r"[a-z]{3,}(?:strasse|str|straat|gatan|vagen|gasse|weg|platz|allee|laan)")
#: Words between the number and the kind of street, or between the kind and the number.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as one cell states it; a part that is not stated is empty."""

    #: The name with its legal form, without the other parts.
    name: str
    seat: str = ""
    #: ISO 3166-1 alpha-2.
    country: str = ""
    #: The mark between slashes behind the names of registers: a state, or NEW.
    state: str = ""
    #: The place or number of a branch or shop.
    branch: str = ""
    address: str = ""
    #: Another full name in brackets behind the legal form.
    alias: str = ""


def take_apart(text: str, city: str = "") -> NameParts:
    """Split a name from what stands behind it; `city` is the row's own city, if it has one."""
    parts = NameParts(without_entities(text[:LONGEST]))
    for split in (_state, _address, _note, _seat, _seat, _branch):
        found = split(parts, city)
        if found is not None and _WORD.search(to_ascii(found.name)):
            parts = found
    return parts


def _state(parts: NameParts, _: str) -> NameParts | None:
    found = _STATE.search(parts.name)
    if found is None or legal_form(found[1]):
        return None
    return replace(parts, name=parts.name[: found.start()], state=found[1])


def _seat(parts: NameParts, _: str) -> NameParts | None:
    """Split off a seat or country: any behind a legal form and a comma, a known city without."""
    if found := _TAIL.search(parts.name):
        head, tail = parts.name[: found.start()], found[1].strip(" .")
        if len(tail.split()) > _MOST_WORDS or legal_form(tail) or not _ends_in_form(head):
            return None
        return _placed(replace(parts, name=head), tail)

    words = parts.name.split()
    for count in (1, 2):
        head, tail = " ".join(words[:-count]), " ".join(words[-count:])
        if len(words) > count + 1 and _ends_in_form(head) and is_city(tail):
            return _placed(replace(parts, name=head), tail)
    return None


def _placed(parts: NameParts, tail: str) -> NameParts:
    """Add the tail as country, or as seat; a second one never replaces the first."""
    code = country_code(tail)
    if code:
        return replace(parts, country=parts.country or code)
    return replace(parts, seat=parts.seat or tail)


def _ends_in_form(text: str) -> bool:
    """Check for a legal form at the end that says more than "company"."""
    words = _WORD.findall(to_ascii(text).lower())
    found = form_at_end(words, len(words), to_ascii(text)) if len(words) > 1 else None
    return found is not None and bool(groups_of(found[1])) and found[0] < len(words)


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
    text = _MONTH.sub("", parts.name)
    if found := _SHOP_NUMBER.search(text):
        head = re.sub(r"(?i)[\s,–-]+(?:store|shop|branch)$", "", text[: found.start()])
        return replace(parts, name=head, branch=found[1])
    if found := _branch_words().search(text):
        return replace(parts, name=text[: found.start()], branch=found[1])
    pieces = _DASH.split(text)
    if city and len(pieces) > 1 and _same(pieces[-1], city):
        return replace(parts, name=" - ".join(pieces[:-1]), branch=pieces[-1])
    return replace(parts, name=text) if text != parts.name else None


def _same(one: str, other: str) -> bool:
    return to_ascii(one).casefold().strip(" .") == to_ascii(other).casefold().strip(" .")


@cache
def _branch_words() -> re.Pattern[str]:
    """Return the pattern of a branch behind a name: its word, then a number or a place."""
    words = "|".join(sorted(document("name_parts.yaml")["branches"], key=len, reverse=True))
    numbered = rf"[\s,–-]+(?:{words})\s+(?:no\.?|nr\.?|n[º°]|#)?\s*(\d{{1,6}})\s*$"
    return re.compile(numbered, re.IGNORECASE)


@cache
def _street_kinds() -> frozenset[str]:
    return frozenset(document("name_parts.yaml")["street_kinds"])


def _address(parts: NameParts, _: str) -> NameParts | None:
    """Split off a postal address that begins behind the name."""
    if not any(map(str.isdigit, parts.name)):
        return None
    words = list(re.finditer(r"[^\s,;]+", parts.name))
    folded = [to_ascii(word[0]).lower().strip(".") for word in words]
    for at in range(1, len(words)):
        head = parts.name[: words[at].start()].rstrip(" ,;-–")
        marked = parts.name[: words[at].start()].rstrip().endswith((",", ";"))
        if _begins(folded, at, marked or _ends_in_form(head)):
            return replace(parts, name=head, address=parts.name[words[at].start() :])
    return None


def _begins(words: list[str], at: int, behind_form: bool) -> bool:
    """Check for an address at a word: `25 avenue Matignon`, `12 Old Mill Road`, `Via Roma 12`."""
    kinds, near = _street_kinds(), words[at + 1 : at + 1 + _NEAR]
    if _HOUSE.fullmatch(words[at]) and words[at - 1] not in kinds:
        place = next((place for place, word in enumerate(near) if word in kinds), None)
        # A name of the street stands before its kind in English, and behind it in French.
        return place is not None and (place > 0 or len(near) > 1) and "of" not in near[:place]
    if not behind_form:
        return False
    starts = words[at] in kinds or _GLUED_KIND.fullmatch(words[at]) is not None
    return starts and any(_HOUSE.fullmatch(word) for word in near)
