"""Strip legal forms and states (`in liquidation`) from the words of a company name."""

from __future__ import annotations

from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.names.legal_forms import (
    form_at_end,
    form_at_start,
    form_inside,
    glued_form,
    groups_of,
    is_form_in_front,
    share_country,
)


def without_forms(
    words: list[str], written: str
) -> tuple[list[str], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the words without legal forms and states at both ends, the forms, the state, and the
    forms that stand only before the name.
    """
    state: tuple[str, ...] = ()
    end = len(words)
    if end > 1 and words[-1] in tables().last_of_states and (length := _state_at_end(words)):
        state, end = (" ".join(words[end - length :]),), end - length

    start, end, forms, behind = strip_forms(words, end, written)
    front = tuple(form for form in forms[behind:] if form not in forms[:behind])
    kept = words[start:end]
    if len(kept) > 1 and kept[0] == "the":
        kept = kept[1:]
    if kept:
        kept = _cut_inner_forms(kept, forms)

    stated = tuple(forms) if len(forms) < 2 else tuple(dict.fromkeys(forms))
    return [] if kept == ["the"] else kept, stated, state, front


def strip_forms(words: list[str], end: int, written: str) -> tuple[int, int, list[str], int]:
    """Return where the words between the legal forms start and end, those forms, and how many of
    them stand behind the name.
    """
    forms: list[str] = []
    start = 0
    last_parts, first_parts = tables().last_parts, tables().first_parts
    while end > 0 and words[end - 1] in last_parts and (found := form_at_end(words, end, written)):
        if found[0] == end and forms and groups_of(found[1]):
            # `BT plc`: a form that is all that is left is the name.
            break
        end -= found[0]
        forms.append(found[1])
    while end > 0 and words[end - 1] == "and":
        end -= 1
    behind = len(forms)
    while start < end and words[start] in first_parts:
        in_front = _form_in_front(words, start, end, forms[:behind], written)
        if in_front is None:
            break
        start += in_front[0]
        forms.append(in_front[1])
    return start, end, forms, behind


def _form_in_front(
    words: list[str], start: int, end: int, behind: list[str], written: str
) -> tuple[int, str] | None:
    """Find a legal form at `start` that is no initials: its number of words and its name."""
    found = form_at_start(words, start, end, written)
    if found is None:
        # `pt acme tbk`: small letters tell no form, and another form of its country does.
        name = tables().at_start.get(words[start])
        return (1, name) if name and share_country(name, behind) else None
    rest = start + found[0]
    spelling = "".join(words[start:rest])
    return found if is_form_in_front(found[1], spelling, words[rest:end], behind, written) else None


def _cut_inner_forms(kept: list[str], forms: list[str]) -> list[str]:
    """Cut a form inside the name, and one glued to its last word; add them to `forms`."""
    if inside := form_inside(kept):
        forms.append(inside[2])
        kept = kept[: inside[0]] + kept[inside[1] :]
    if kept and len(kept[-1]) > 6 and (glued := glued_form(kept[-1])):
        forms.append(tables().at_end[glued])
        kept = [*kept[:-1], kept[-1].removesuffix(glued)]
    return kept


def _state_at_end(words: list[str]) -> int:
    """Count the words at the end that state the company's condition (`in liquidation`)."""
    for length in range(min(4, len(words) - 1), 1, -1):
        if "".join(words[-length:]) in tables().states:
            return length
    return 0
