"""What a register is asked for: the number of a company, or names without their legal forms."""

from __future__ import annotations

from collections.abc import Callable

from leads.lexicon.names.company_names import parse_name
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.transliterate import cleaned
from sources.answers import Answer, Entry, Outcome
from sources.identity_numbers import register_numbers
from sources.subject import Subject

_LONGEST = 120
#: Registers find too much by fewer letters, or refuse them.
SHORTEST = 3
_LONGEST_FORM = 5
_EDGES = " ,;:-–—\"'«»„“”"


def own_number(subject: Subject, country: str, valid: Callable[[str], bool]) -> str:
    """The number of a company in a register, its check digits right; empty if none is known."""
    return next((one for one in register_numbers(subject, country) if valid(one)), "")


def search_names(subject: Subject, most: int = 2) -> tuple[str, ...]:
    """Different names to search for, in their own spelling, without legal forms at their ends."""
    found: dict[str, str] = {}
    for text in subject.names:
        name = _without_forms(sendable(text))
        if len(name) >= SHORTEST:
            found.setdefault(parse_name(name).core, name)
    return tuple(found.values())[:most]


def no_question(title: str) -> Answer:
    """The answer where neither a number nor a name is known that a register can be asked for."""
    reason = f"{title} can be asked for a number, or a name of {SHORTEST} letters or more"
    return Answer(outcome=Outcome.NOT_COVERED, reason=reason)


def of_person(title: str) -> Answer:
    """The answer where a register holds a person in business."""
    reason = f"{title} holds a person in business, and nothing of people is read"
    return Answer(outcome=Outcome.NOT_COVERED, reason=reason)


def found(entries: tuple[Entry, ...], total: int | None) -> Answer:
    """The answer with entries, and of how many they are the first."""
    size = len(entries)
    reason = f"the first {size} of {total}" if total is not None and total > size else ""
    return Answer(outcome=Outcome.FOUND, reason=reason, entries=entries)


def sendable(text: str) -> str:
    """A text as a request may hold it: cleaned, and not too long."""
    # A lone half of a surrogate pair cannot be sent.
    return cleaned(text[:_LONGEST].encode("utf-8", "ignore").decode())


def _without_forms(name: str) -> str:
    words = name.split()
    while (size := _form_size(words, at_end=True)) > 0:
        words = words[:-size]
    while (size := _form_size(words, at_end=False)) > 0:
        words = words[size:]
    return " ".join(words).strip(_EDGES) or name


def _form_size(words: list[str], *, at_end: bool) -> int:
    """How many words at an end are a legal form: the most that are, and never all of them."""
    for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        part = words[-size:] if at_end else words[:size]
        rest = words[:-size] if at_end else words[size:]
        if legal_form(" ".join(part)) and len("".join(rest)) >= SHORTEST:
            return size
    return 0
