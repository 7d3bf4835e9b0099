"""Take a name apart: seat, country, branch, notes and address behind it are parts of their own."""

from __future__ import annotations

import re

from dedupe.address_tail import split_address
from dedupe.branch_tail import split_branch
from dedupe.name_parts import Beside, NameParts, Split
from dedupe.note_tail import split_article, split_note, split_shares
from dedupe.own_place_tail import split_own_place
from dedupe.part_signs import may_have_parts
from dedupe.place_tail import split_country, split_seat, split_state
from leads.lexicon.names.company_names import LONGEST
from leads.lexicon.transliterate import to_ascii, without_entities

_WORD = re.compile(r"[A-Za-z0-9]")
_SPLITS: tuple[Split, ...] = (
    split_state,
    split_address,
    split_article,
    split_shares,
    split_country,
    split_branch,
    split_note,
    split_seat,
    split_own_place,
)
#: `Mogara Ltd - Store 12 - Leeds (UK)` has four parts; more are a paste accident.
_MOST_PARTS = 5
NOTHING = Beside()


def take_apart(text: str, beside: Beside = NOTHING) -> NameParts | None:
    """Split a name from what stands behind it; None if nothing does."""
    # Most names have no sign of a part, and looking for each part takes time.
    if not may_have_parts(text, beside.city):
        return None

    parts = NameParts(without_entities(text[:LONGEST]))
    for _ in range(_MOST_PARTS):
        before = parts
        for split in _SPLITS:
            found = split(parts, beside)
            if found is not None and _WORD.search(to_ascii(found.name)):
                parts = found
        if parts.name == before.name:
            break
    return parts if parts.name != text else None
