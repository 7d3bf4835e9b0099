"""Whether past outcomes tell which companies convert: a figure for it, and a verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engage.predict import measures, model
from engage.predict.choice import Choice, Ignored, choose
from engage.predict.drift import MARKED, stability
from engage.predict.order import Split, split
from engage.predict.repeats import repeats
from engage.predict.table import Column, Flags, Floats, Outcomes

#: Fewer closed or won rows than these teach nothing.
MIN_CLOSED, MIN_WON = 200, 30
#: What the lower end of the AUC's interval must exceed, and the most that chances may be off.
MIN_AUC_LOW, MAX_ERROR = 0.55, 0.05
#: A column without which less than this part of what was learned is left carries it all.
_LEFT = 0.5
#: A column with less AUC than this does not carry much.
_CARRIES = 0.7
Verdict = Literal["use", "refuse"]


@dataclass(frozen=True, slots=True)
class Drift:
    """A column whose values changed between the first rows and the last."""

    column: str
    #: Its population stability index; above 0.25 is a marked change.
    index: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What was learned from closed rows, and how it did on later ones."""

    n: int
    won: int
    #: None: too few rows to measure.
    auc: float | None = None
    auc_low: float | None = None
    ece: float | None = None
    lift10: float | None = None
    verdict: Verdict
    why: Sequence[str]
    used: Sequence[str] = ()
    ignored: Sequence[Ignored] = ()
    drift: Sequence[Drift] = ()
    #: What the user should look at.
    warnings: Sequence[str] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is known of the columns."""

    time: Column | None = None
    #: Known only after the outcome.
    after: frozenset[str] = frozenset()
    #: Known before the outcome, whatever they look like.
    keep: frozenset[str] = frozenset()


def predict(rows: Outcomes, question: Question) -> Prediction:
    """Learn from the first 70 % of closed rows, try it on the last 30 %, and judge."""
    n, won = len(rows), int(rows.won.sum())
    if few := _too_few(n, won):
        return Prediction(n=n, won=won, verdict="refuse", why=few)
    times = split(rows.won, question.time)
    ordered = rows.rows(times.order)
    time_name = question.time.name if question.time else None
    choice = choose(ordered, question.after, question.keep, time_name)
    notes = [times.note] if times.note else []
    notes += repeats(ordered, times.learned)
    return _judged(ordered, choice, times, notes)


def _judged(rows: Outcomes, choice: Choice, times: Split, notes: list[str]) -> Prediction:
    tried = rows.won[times.learned :]
    if min(tried.sum(), (~tried).sum()) < 2:
        why = ["the last 30 % of the rows are all won or all lost: nothing can be tried on them"]
        return Prediction(
            n=len(rows), won=int(rows.won.sum()), verdict="refuse", why=why, ignored=choice.ignored
        )
    chances = model.chances(choice.used, choice.kinds, rows.won, times.learned)
    reach, low = measures.auc(chances, tried), measures.auc_low(chances, tried)
    error = measures.calibration_error(chances, tried)
    drift = _drift(choice, times.learned)
    why = _reasons(reach, low, error, drift, choice)
    return Prediction(
        n=len(rows),
        won=int(rows.won.sum()),
        auc=round(reach, 4),
        auc_low=round(low, 4),
        ece=round(error, 4),
        lift10=round(measures.top_lift(chances, tried), 2),
        verdict="refuse" if why else "use",
        why=why or _good(reach, low, error),
        used=tuple(choice.used),
        ignored=choice.ignored,
        drift=drift,
        warnings=_warnings(rows, choice, times.learned, reach),
        notes=notes,
    )


def _too_few(n: int, won: int) -> list[str]:
    found = []
    if n < MIN_CLOSED:
        found.append(f"{n} closed rows; at least {MIN_CLOSED} are needed")
    for count, word in ((won, "won"), (n - won, "lost")):
        if count < MIN_WON:
            found.append(f"{count} {word} rows; at least {MIN_WON} are needed")
    return found


def _reasons(
    reach: float, low: float, error: float, drift: Sequence[Drift], choice: Choice
) -> list[str]:
    """Why the prediction must not be used."""
    if not choice.used:
        return ["no column is left to learn from"]
    found = []
    if low <= MIN_AUC_LOW:
        found.append(
            f"the AUC on later rows is {reach:.2f}, and may be as low as {low:.2f}: "
            f"more than {MIN_AUC_LOW} is needed"
        )
    if error > MAX_ERROR:
        found.append(
            f"the chances are off by {error:.4f} on average; at most {MAX_ERROR} is allowed"
        )
    if found and drift:
        names = ", ".join(repr(one.column) for one in drift)
        found.append(f"the later rows differ from the earlier ones in {names}")
    return found


def _good(reach: float, low: float, error: float) -> list[str]:
    return [
        f"the AUC on later rows is {reach:.2f}, at least {low:.2f}",
        f"the chances are off by {error:.4f} on average",
    ]


def _drift(choice: Choice, learned: int) -> list[Drift]:
    found = []
    for name, column in choice.used.items():
        index = stability(column, choice.kinds[name], learned)
        if index > MARKED:
            found.append(Drift(name, round(index, 2)))
    return sorted(found, key=lambda one: -one.index)


def _warnings(rows: Outcomes, choice: Choice, learned: int, reach: float) -> list[str]:
    """Whether one column carries nearly everything that was learned."""
    if reach < _CARRIES:
        return []
    alone = {
        name: _reach({name: column}, choice, rows.won, learned)
        for name, column in choice.used.items()
    }
    strongest = max(alone, key=alone.__getitem__)
    others = {name: column for name, column in choice.used.items() if name != strongest}
    without = _reach(others, choice, rows.won, learned)
    if without - 0.5 >= (reach - 0.5) * _LEFT:
        return []
    said = (
        f"{strongest!r} carries nearly everything, without it the AUC is {without:.2f}: "
        f"is it known before the outcome? If not: --after {strongest!r}"
    )
    return [said]


def _reach(columns: Mapping[str, Column], choice: Choice, won: Flags, learned: int) -> float:
    chances: Floats = model.chances(columns, choice.kinds, won, learned)
    found = measures.auc(chances, won[learned:])
    return 0.5 if math.isnan(found) else found
