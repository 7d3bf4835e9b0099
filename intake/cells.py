"""Clean the text of a cell and split it into its values."""

from __future__ import annotations

import json
import re

from intake.vocabulary import vocabulary
from leads.lexicon.transliterate import without_entities

_FORMULA = re.compile(r"'(?=[=+\-@\t\r＝＋－＠])")
#: What steers a terminal, such as a colour: it stands between the words of a name otherwise.
_STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~])?")
_BETWEEN = re.compile(r"[|;\n•·]+")
_BETWEEN_TOO = re.compile(r"[|;,\n•·]+")
_MOST_VALUES = 100


def cleaned(cell: str) -> str:
    """The cell without outer white space and formula guard; empty for words such as `n/a`."""
    # Each cell of a list comes here several times.
    if "&" in cell or "\x1b" in cell:
        cell = without_entities(_STEERING.sub("", cell))
    text = cell.strip(" \t\r\n\xa0\u200b\ufeff")
    if text.startswith("'"):
        text = unguarded(text)
    return "" if len(text) < 20 and text.lower() in vocabulary().nothing else text


def unguarded(cell: str) -> str:
    """The cell without the quote that guards a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def values(text: str, *, commas: bool = True) -> list[str]:
    """The distinct values of one cell: those of a JSON array, or the parts between `|`, `;`, line
    breaks and, with `commas`, commas.
    """
    if text.startswith("[") and text.endswith("]"):
        found = _array(text)
        if found is not None:
            return found[:_MOST_VALUES]
    between = _BETWEEN_TOO if commas and not ("|" in text or ";" in text) else _BETWEEN
    parts = between.split(text)
    if len(parts) == 1:
        only = text.strip()
        return [only] if only else []
    return list(dict.fromkeys(part for raw in parts if (part := raw.strip())))[:_MOST_VALUES]


def _array(text: str) -> list[str] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    texts = [str(value).strip() for value in found if isinstance(value, str | int | float)]
    return list(dict.fromkeys(text for text in texts if text))
