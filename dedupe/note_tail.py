"""Split notes from the name in front of them: another name in brackets, a class of shares."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dedupe.data_files import document
from dedupe.name_parts import EDGES, Beside, NameParts, ends_in_form, says_enough
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.places.countries import compared

_NOTE = re.compile(r"\s*\(([^()]{2,80})\)\s*$")
_ARTICLE = re.compile(r"[\s,]+\(?the?\)?\s*$", re.IGNORECASE)


def split_note(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off brackets behind the name: a place, and behind a form another name or a note."""
    found = _NOTE.search(parts.name)
    if found is None:
        return None
    head, inside = parts.name[: found.start()], found[1]
    if beside.is_own_city(inside) and says_enough(head):
        return replace(parts, name=head, branch=parts.branch or inside)
    if not ends_in_form(head):
        return None
    if beside.is_place(inside):
        return replace(parts, name=head, seat=parts.seat or inside)
    return _another_name(parts, head, inside)


def _another_name(parts: NameParts, head: str, inside: str) -> NameParts | None:
    """Take brackets with several words as a note, and as an alias if they state a form."""
    named, whole = parse_name(inside), parse_name(parts.name)
    if legal_form(inside) or whole.brackets or whole.others or len(named.tokens) < 2:
        return None
    return replace(parts, name=head, alias=inside if named.forms else "")


def split_article(parts: NameParts, _: Beside) -> NameParts | None:
    """Drop an article behind the name: `Mogara Co. (The)`, `Mogara Company, The`."""
    found = _ARTICLE.search(parts.name)
    if found is None or not ("," in found[0] or "(" in found[0]):
        return None
    head = parts.name[: found.start()]
    return replace(parts, name=head) if says_enough(head) else None


def split_shares(parts: NameParts, _: Beside) -> NameParts | None:
    """Drop a class of shares behind the name: `MOGARA INC CL A`, `Mogara Corp 144A`."""
    found = _shares().search(parts.name)
    if found is None:
        return None
    head = parts.name[: found.start()].rstrip(EDGES.replace(".", ""))
    if not says_enough(head):
        return None
    # COM and NEW are notes behind a form, and words of a name elsewhere.
    if compared(found[0]) in _only_behind_forms() and not ends_in_form(head):
        return None
    return replace(parts, name=head)


@cache
def _only_behind_forms() -> frozenset[str]:
    return frozenset(document("name_parts.yaml")["notes_behind_forms"])


@cache
def last_words_of_notes() -> frozenset[str]:
    """Return the words in lower case that end a note on shares."""
    table = document("name_parts.yaml")
    notes = [*table["shares"], *table["notes_behind_forms"]]
    return frozenset(note.split()[-1] for note in notes) | frozenset("abcd")


@cache
def _shares() -> re.Pattern[str]:
    table = document("name_parts.yaml")
    plain = sorted([*table["shares"], *table["notes_behind_forms"]], key=len, reverse=True)
    notes = "|".join(re.escape(note).replace(r"\ ", r"\s+") for note in plain)
    return re.compile(rf"[\s,–-]+(?:cl(?:as)?s?\.?\s+[a-d]|{notes})\.?\s*$", re.IGNORECASE)
