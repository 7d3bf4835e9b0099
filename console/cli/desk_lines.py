"""What a line at the desk says behind its key: a time or a wrong value, and a note."""

from __future__ import annotations

from dataclasses import dataclass

from actions.dispositions import DispositionRule

#: Between the time and the note of a line: `c tue 9 -- ask for Kim`.
BREAK = " -- "


@dataclass(frozen=True, slots=True)
class Said:
    """What a user says with a result; empty where nothing was said."""

    when: str = ""
    note: str = ""
    #: The value that is wrong, such as a number.
    about: str = ""


def said_in(rule: DispositionRule, text: str) -> Said:
    """Read the text behind a key: before the dashes stands a time, or the value that is wrong.

    Without dashes it is a time where one is usual, else a note.
    """
    first, mark, rest = f" {text} ".partition(BREAK)
    first, rest = first.strip(), rest.strip()
    if not mark:
        has_time = rule.promises or "when" in rule.needs
        return Said(when=first) if has_time else Said(note=first)
    return Said(note=rest, about=first) if rule.wrong else Said(when=first, note=rest)
