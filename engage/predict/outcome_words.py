"""Read the column of outcomes: which rows are won, lost, or still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from engage.predict.table import Column, Flags
from engage.signals.kinds import DATA
from leads.errors import UsageError
from leads.lexicon.reference import read_yaml

#: Texts that a message names.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ReadOutcomes:
    """Which rows are closed, and which of all rows are won."""

    is_closed: Flags
    is_won: Flags


def read_outcomes(column: Column, won_words: Sequence[str] = ()) -> ReadOutcomes:
    """Read the outcomes of all rows.

    `won_words` are the texts of won rows; all other texts except open ones are then lost. UsageError
    when a text is neither won, lost nor open, or when no row has a word of `won_words`.
    """
    words = _words()
    wanted = {word.strip().casefold() for word in won_words}
    low = [text.casefold() for text in column.texts]
    if missing := sorted(wanted.difference(low)):
        raise UsageError(
            f"no row says {missing[0]!r} in {column.name!r}", f"it says {_some(column)}"
        )
    is_open = np.array(
        [text in words["open"] and text not in wanted for text in low], dtype=np.bool_
    )
    is_won = np.array([text in (wanted or words["won"]) for text in low], dtype=np.bool_)
    known = words["won"] | words["lost"] | words["open"]
    unread = [] if wanted else [text for text in low if text not in known]
    if unread:
        raise UsageError(
            f"{column.name!r} says {unread[0]!r}, which is neither won nor lost",
            f"name the words of won rows: --won WORD; it says {_some(column)}",
        )
    return ReadOutcomes(~is_open[column.code], is_won[column.code])


@cache
def _words() -> dict[str, frozenset[str]]:
    found = read_yaml((DATA / "outcome_words.yaml").read_text("utf-8"))
    words = {outcome: frozenset(some) for outcome, some in found.items()}
    return words | {"open": words["open"] | {""}}


def _some(column: Column) -> str:
    filled = [repr(text) for text in column.texts if text]
    return ", ".join(filled[:_SHOWN]) + (" …" if len(filled) > _SHOWN else "")
