"""Split a seat, a country or the mark of a register from the name in front of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dedupe.data_files import document
from dedupe.name_parts import (
    EDGES,
    Beside,
    NameParts,
    ends_in_form,
    form_behind,
    is_known_city,
    may_be_place,
    says_enough,
)
from dedupe.words import words
from leads.lexicon.names.legal_forms import is_form_of, legal_form
from leads.lexicon.places.countries import CODES, compared, country_code
from leads.lexicon.reference import document as shared_document

#: `IDEX CORP /DE/`, `ACME CO /NEW/`, `ACME TRUST /TA`.
_STATE = re.compile(r"\s*/\s?([A-Z]{1,4})\s?/?\s*$")
_IN_BRACKETS = re.compile(r"\s*\(([A-Z]{2,3})\)\s*$")
#: A seat behind commas has at most three parts.
_MOST_PIECES = 3
_DASHES = re.compile(r"\s-|[–—]")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*")


def split_state(parts: NameParts, _: Beside) -> NameParts | None:
    """Drop the mark of a register: a state of incorporation, or NEW."""
    found = _STATE.search(parts.name)
    if found is None or legal_form(found[1]):
        return None
    # `A/S` and `AC/DC` are written without a space before the slash.
    closed = found[0].rstrip().endswith("/") and found[0].lstrip() != found[0][:0]
    if not (found[0][0].isspace() or closed):
        return None
    return replace(parts, name=parts.name[: found.start()])


def split_country(parts: NameParts, _: Beside) -> NameParts | None:
    """Split off the code of a country in brackets: `Mogara S.A. (ES)`."""
    found = _IN_BRACKETS.search(parts.name)
    if found is None:
        return None
    head = parts.name[: found.start()]
    code = _code(found[1], head)
    if not code or not says_enough(head):
        return None
    # IT and TV are a country behind a form, and a trade behind a bare name.
    if found[1] in _trades() and not ends_in_form(head):
        return None
    return replace(parts, name=head, country=_beyond_doubt(found[1], code))


def split_seat(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off a seat or country: any behind a legal form and a comma, a known city without."""
    name = parts.name
    pieces = name.split(",") if "," in name else []
    for at in range(max(len(pieces) - _MOST_PIECES, 1), len(pieces)):
        head, tails = ",".join(pieces[:at]), [piece.strip(EDGES) for piece in pieces[at:]]
        if says_enough(head) and _are_places(tails, head, beside):
            return _placed(replace(parts, name=head), tails)
    behind_dash = _behind_dash(parts, beside) if _DASHES.search(name) else None
    return behind_dash or _behind_form(parts, beside)


def _are_places(tails: list[str], head: str, beside: Beside) -> bool:
    """Check the parts behind commas: any behind a form, without one a known city or a code."""
    *towns, last = tails
    if not (_code(last, head) or may_be_place(last)) or not all(map(may_be_place, towns)):
        return False
    if ends_in_form(head):
        return True
    if _code(last, head):
        return not towns or all(map(_may_be_town, towns))
    return all(map(beside.is_place, tails))


def _may_be_town(text: str) -> bool:
    """Check that a text in front of a country is no trade and no form."""
    caps = words().caps
    return not all(word in caps and not is_known_city(word) for word in compared(text).split())


def _behind_dash(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off a place behind a dash; behind a form, a place that nobody knows is a branch."""
    pieces = _DASH.split(parts.name)
    if len(pieces) < 2:
        return None
    tail = pieces[-1].strip(EDGES)
    head = parts.name[: parts.name.rindex(pieces[-1])].rstrip(" -–—")
    if not tail or not says_enough(head):
        return None
    if beside.is_own_city(tail):
        return replace(parts, name=head, branch=tail)
    if beside.is_place(tail):
        return replace(parts, name=head, seat=parts.seat or tail)
    if ends_in_form(head) and may_be_place(tail) and not _is_activity(tail):
        return replace(parts, name=head, branch=parts.branch or tail)
    return None


def _is_activity(text: str) -> bool:
    """Check for a word of business in a tail: `Pension Fund`, `Mining Division`."""
    caps = words().caps
    found = [word for word in compared(text).split() if word in caps]
    return bool(found) and not (len(found) == 1 and len(compared(text).split()) > 1)


def _behind_form(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off a known place behind a legal form; behind a shop, the row's own city."""
    if not beside.may_end_in_place(parts.name):
        return None
    ends = parts.name.rsplit(None, _MOST_PIECES)
    for count in range(len(ends) - 1, 0, -1):
        head, tail = " ".join(ends[:-count]), " ".join(ends[-count:]).strip(EDGES)
        own = beside.is_own_city(tail)
        if own and (ends_in_form(head) or _is_shop(head)) and says_enough(head):
            return replace(parts, name=head.rstrip(" ,-–"), branch=parts.branch or tail)
        if not own and beside.is_place(tail) and ends_in_form(head):
            return replace(parts, name=head, seat=parts.seat or tail)
    return None


def _is_shop(head: str) -> bool:
    """Check for a trade that serves one town, or a number behind the name."""
    found = [words().same.get(word, word) for word in compared(head).split()]
    return head[-1:].isdigit() or not words().local.isdisjoint(found)


def _placed(parts: NameParts, tails: list[str]) -> NameParts:
    """Add the first place as seat, and the last as country if it is one beyond doubt."""
    code = _code(tails[-1], parts.name) or country_code(tails[-1]) or ""
    seat = "" if code and len(tails) == 1 else tails[0]
    return replace(
        parts,
        seat=parts.seat or seat,
        country=parts.country or _beyond_doubt(tails[-1], code),
    )


def _code(text: str, head: str) -> str:
    """Return the country of a code in capitals; empty for other texts, and for a legal form."""
    if len(text) != 2 or text not in CODES:
        # ISO writes GB for the United Kingdom.
        other = text == "UK" or (len(text) == 3 and text.isupper())
        return country_code(text) or "" if other else ""
    form = legal_form(text)
    if form is None:
        return text
    # `Mogara AB, SE` is Swedish, and `Mogara, SE` is a European company.
    return text if is_form_of(form_behind(head), text) else ""


def _beyond_doubt(text: str, code: str) -> str:
    return "" if text in _us_states() else code


@cache
def _us_states() -> frozenset[str]:
    """Return the codes of US states: CA behind a name is as often California as Canada."""
    return frozenset(map(str, shared_document("places.yaml")["states"]["US"]))


@cache
def _trades() -> frozenset[str]:
    """Return the codes of countries that are also abbreviations of a trade."""
    return frozenset(document("name_parts.yaml")["codes_of_trades"])
