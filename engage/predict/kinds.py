"""What a column holds: numbers, groups, dates, ids, free text, or one value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import numpy as np

from engage.predict.number_text import number_of
from engage.predict.table import Column, Floats, Ints

#: Shares of the filled rows.
_NUMBERS, _DATES = 0.98, 0.95
_NEARLY_ALL, _MANY = 0.9, 0.5
#: Texts of so many words on average are prose.
_WORDS = 4
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d{2}\S*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}.{0,12}"
)
_ID_NAME = re.compile(r"(?:^|[\W_])(?:id|ids|uuid|guid|key|hash|nr|no|number)$|[a-z]I[dD]$", re.I)


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    GROUP = "group"
    DATE = "date"
    ID = "id"
    TEXT = "text"
    CONSTANT = "constant"


def numbers_of(column: Column) -> Floats:
    """The number of each row; NaN where there is none."""
    found = [number_of(text) for text in column.texts]
    values = np.array([np.nan if one is None else one for one in found], dtype=np.float64)
    return values[column.code]


def ranges(values: Floats, known: Floats, bins: int) -> Ints:
    """The range of each value, cut at the quantiles of the known ones; NaN has one of its own."""
    cuts = np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1]) if len(known) else known
    edges = np.unique(cuts)
    found = np.searchsorted(edges, values, side="right")
    return np.where(np.isnan(values), len(edges) + 1, found).astype(np.int64)


def kind_of(column: Column) -> Kind:
    """What a column holds."""
    texts = [text for text in column.texts if text]
    filled = int(column.is_filled.sum())
    if len(column.texts) <= 1:
        return Kind.CONSTANT
    distinct = len(texts) / filled
    weights = dict(zip(column.texts, column.counts.tolist(), strict=True))
    if _share(weights, texts, _DATE.fullmatch, filled) >= _DATES:
        return Kind.DATE
    if _share(weights, texts, number_of, filled) >= _NUMBERS:
        return Kind.ID if _is_numbered(column, texts, distinct) else Kind.NUMBER
    return _kind_of_texts(column.name, texts, distinct)


def _kind_of_texts(name: str, texts: Sequence[str], distinct: float) -> Kind:
    if distinct < _MANY:
        return Kind.GROUP
    if sum(text.count(" ") + 1 for text in texts) / len(texts) >= _WORDS:
        return Kind.TEXT
    is_id = distinct >= _NEARLY_ALL or _ID_NAME.search(name)
    return Kind.ID if is_id else Kind.TEXT


def _share(
    weights: Mapping[str, int],
    texts: Sequence[str],
    reads: Callable[[str], object],
    filled: int,
) -> float:
    """The share of the filled rows whose text can be read so."""
    return sum(weights[text] for text in texts if reads(text) is not None) / filled


def _is_numbered(column: Column, texts: Sequence[str], distinct: float) -> bool:
    """Whether whole numbers only tell rows apart: nearly unique, and an id by their shape or name."""
    if distinct < _NEARLY_ALL or not all(text.isdecimal() for text in texts):
        return False
    lengths = sorted(len(text) for text in texts)
    values = np.array([float(text) for text in texts])
    is_running = len(values) > 20 and values.max() - values.min() < 2 * len(values)
    is_like_a_phone = lengths[0] >= 8 and lengths[-1] - lengths[0] <= 2
    return is_running or is_like_a_phone or bool(_ID_NAME.search(column.name))
