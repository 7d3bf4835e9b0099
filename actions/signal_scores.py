"""Score the signals of a file, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from actions.scoring_files import usable_scoring
from engage.score.results import Result, results
from engage.score.scores import score
from engage.scoring.scoring import Scoring
from engage.signals.blocks import read_signals
from engage.signals.lines import Flaw, Moment
from engage.signals.table import TableBuilder
from leads.sheets.input_file import open_input

__all__ = ["Flaw", "Result", "ScoredSignals", "score_signals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredSignals:
    """The scores of the companies of a file, and what was not counted."""

    scoring: Scoring
    at: datetime
    results: Sequence[Result]
    signals: int
    flaws: Sequence[Flaw]
    #: Later than the moment of the scores.
    future: int
    #: With an id that another signal has.
    repeats: int
    machine: int
    #: Words that name no kind, with the number of signals and the nearest kind.
    unknown_kinds: Mapping[str, tuple[int, str]]


def score_signals(path: str, scoring_path: str, at: datetime, moment: Moment) -> ScoredSignals:
    """Score the signals of a file of JSON lines as of a moment.

    `moment` says when a time without a zone is.
    """
    scoring = usable_scoring(scoring_path).scoring
    builder = TableBuilder()
    with open_input(path).open() as lines:
        flaws = read_signals(lines, moment, builder)
    table = builder.table()
    scores = score(table, scoring, at)
    counted = scores.counted
    return ScoredSignals(
        scoring=scoring,
        at=at,
        results=list(results(scores, scoring)),
        signals=len(table),
        flaws=flaws,
        future=counted.future,
        repeats=counted.repeats,
        machine=int(np.count_nonzero(counted.machine)),
        unknown_kinds={
            word: (number, scoring.kinds.nearest(word))
            for word, number in counted.unknown_kinds.items()
        },
    )
