"""What a column looked like when a model was learned, and whether it still looks like that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from engage.predict.drift import MARKED
from engage.predict.features import SIGNAL, YES
from engage.predict.kinds import Kind, numbers_of
from engage.predict.model import RAREST
from engage.predict.number_text import number_of
from engage.predict.table import Column, Floats

#: Fewer companies than this say nothing of a share.
FEWEST = 50
#: A share that is known of that many more or fewer companies is what is told of a column.
_TOLD = 0.2
_BINS = 10
_OTHER = "(another value)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One column of the companies that a model learned from."""

    column: str
    #: How many companies it learned from, and the share of which the column is known.
    companies: int
    known: float
    #: Of a column of groups: the share of each text, of those that are known.
    texts: Mapping[str, float] = field(default_factory=dict)
    #: Of a column of numbers: where its ranges are cut, the share of each, and the middle.
    cuts: Sequence[float] = ()
    ranges: Sequence[float] = ()
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A column that is another one now."""

    column: str
    #: The population stability index, less what chance alone gives so few companies.
    index: float
    #: What changed, in words.
    said: str


def shape_of(column: Column, kind: Kind) -> Shape:
    """Describe a column; texts of few companies are left out, as they may name a person."""
    size = len(column.code)
    known = int(column.is_filled.sum())
    shape = Shape(column=column.name, companies=size, known=known / size)
    if not known:
        return shape
    if kind is Kind.NUMBER:
        values = numbers_of(column)
        numbers = values[~np.isnan(values)]
        cuts = np.unique(np.quantile(numbers, np.linspace(0, 1, _BINS + 1)[1:-1])).tolist()
        return Shape(
            column=column.name,
            companies=size,
            known=known / size,
            cuts=cuts,
            ranges=_in_ranges(numbers, cuts),
            middle=float(np.median(numbers)),
        )
    counts = dict(zip(column.texts, column.counts.tolist(), strict=True))
    texts = {text: count / known for text, count in counts.items() if text and count >= RAREST}
    return Shape(column=column.name, companies=size, known=known / size, texts=texts)


def shifts(shapes: Sequence[Shape], rows: Sequence[Mapping[str, str]]) -> list[Shift]:
    """The columns that are others in these companies, the most changed first; none where the
    companies are too few to say.
    """
    if len(rows) < FEWEST:
        return []
    found = []
    for one in shapes:
        cells = [row.get(one.column, "") for row in rows]
        index = _index(one, cells)
        if index > MARKED:
            found.append(Shift(one.column, round(index, 2), _said(one, cells)))
    return sorted(found, key=lambda one: (-one.index, one.column))


def as_json(shapes: Sequence[Shape]) -> list[dict[str, Any]]:
    """The shapes as plain JSON values."""
    return [asdict(one) for one in shapes]


def from_json(rows: Sequence[Mapping[str, Any]]) -> list[Shape]:
    """The shapes that `as_json` wrote."""
    return [Shape(**row) for row in rows]


def _index(shape: Shape, cells: Sequence[str]) -> float:
    """The population stability index, less what chance gives on average: a group more or less."""
    before, after = _groups(shape, cells)
    old = _smooth(np.array(before) * shape.companies)
    new = _smooth(np.array(after) * len(cells))
    index = float(((new - old) * np.log(new / old)).sum())
    return index - (len(before) - 1) * (1 / shape.companies + 1 / len(cells))


def _groups(shape: Shape, cells: Sequence[str]) -> tuple[list[float], list[float]]:
    """The share of each group of companies then and now; the first is that of unknown ones."""
    filled = [cell for cell in cells if cell]
    known = len(filled) / len(cells)
    then, now_is = _numbers(shape, filled) if shape.cuts else _texts(shape, filled)
    return (
        [1 - shape.known, *(shape.known * one for one in then)],
        [1 - known, *(known * one for one in now_is)],
    )


def _numbers(shape: Shape, filled: Sequence[str]) -> tuple[list[float], list[float]]:
    numbers = [number for number in map(number_of, filled) if number is not None]
    nothing = [0.0] * len(shape.ranges)
    now_is = _in_ranges(np.array(numbers), shape.cuts) if numbers else nothing
    return list(shape.ranges), now_is


def _texts(shape: Shape, filled: Sequence[str]) -> tuple[list[float], list[float]]:
    counts = Counter(cell if cell in shape.texts else _OTHER for cell in filled)
    names = [*shape.texts, _OTHER]
    now_is = [counts[name] / max(len(filled), 1) for name in names]
    return [*shape.texts.values(), max(0.0, 1 - sum(shape.texts.values()))], now_is


def _in_ranges(numbers: Floats, cuts: Sequence[float]) -> list[float]:
    counts = np.bincount(np.searchsorted(cuts, numbers, side="right"), minlength=len(cuts) + 1)
    shares: list[float] = (counts / len(numbers)).tolist()
    return shares


def _smooth(counts: Floats) -> Floats:
    """Shares with half a company more in each group, so that none is zero."""
    found: Floats = (counts + 0.5) / (counts + 0.5).sum()
    return found


def _said(shape: Shape, cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell]
    known = len(filled) / len(cells)
    then = f"{shape.known:.0%} when it was trained"
    is_yes = set(shape.texts) <= {YES}
    if not filled:
        verb = "no company gives" if shape.column.startswith(SIGNAL) else "nothing states"
        return f"{verb} {shape.column!r} any more: it was known for {then}"
    if is_yes and not shape.cuts:
        return f"{shape.column!r} holds for {known:.0%} now, {then}"
    if abs(known - shape.known) >= _TOLD:
        return f"{shape.column!r} is known for {known:.0%} now, {then}"
    if shape.middle is not None:
        numbers = [number for number in map(number_of, filled) if number is not None]
        middle = float(np.median(numbers)) if numbers else float("nan")
        return (
            f"{shape.column!r} is {middle:,.4g} in the middle now, {shape.middle:,.4g} when it was"
            " trained"
        )
    return _moved_text(shape, filled)


def _moved_text(shape: Shape, filled: Sequence[str]) -> str:
    """Name the text whose share moved most."""
    counts = Counter(filled)
    now_is = {text: counts[text] / len(filled) for text in {*shape.texts, *counts}}
    text = max(sorted(now_is), key=lambda one: abs(now_is[one] - shape.texts.get(one, 0.0)))
    return (
        f"{shape.column!r} is {text!r} for {now_is[text]:.0%} now,"
        f" {shape.texts.get(text, 0.0):.0%} when it was trained"
    )
