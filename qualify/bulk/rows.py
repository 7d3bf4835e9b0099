"""Which rows of a column count under a policy, for all companies at once: the same rules as
`leads/usable.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from leads.attributes import attribute
from leads.facts import Method, Scope
from leads.known import Policy
from leads.usable import PLACES
from qualify.bulk.frames import EPOCH, HIGHEST, LOWEST, METHODS, SCOPES, Column, Frames

Bools = NDArray[np.bool_]
SITE = SCOPES.index(Scope.SITE)
TOLD = METHODS.index(Method.TOLD)
GUESS = METHODS.index(Method.INFERRED)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a column that count, in its order."""

    column: Column
    #: Places in the column.
    at: NDArray[np.intp]
    company: NDArray[np.int32]
    #: The day each speaks of, as an ordinal.
    day: NDArray[np.int32]

    def where(self, wanted: Bools) -> Rows:
        """Those of the rows that `wanted` marks."""
        return Rows(self.column, self.at[wanted], self.company[wanted], self.day[wanted])

    @property
    def source(self) -> NDArray[np.int32]:
        """Who says each."""
        return self.column.source[self.at]

    @property
    def method(self) -> NDArray[np.int8]:
        """How each was read."""
        return self.column.method[self.at]

    @property
    def moment(self) -> NDArray[np.int64]:
        """When each was seen."""
        return self.column.moment[self.at]

    @property
    def code(self) -> NDArray[np.int32]:
        """The value of each."""
        return self.column.code[self.at]

    @property
    def of_sites(self) -> Bools:
        """Which of them describe a site."""
        return np.asarray(self.column.scope[self.at] == SITE)


def usable_rows(frames: Frames, name: str, policy: Policy) -> Rows | None:
    """The rows of an attribute that count, before a source's older words are dropped; None when
    there is no fact of it.
    """
    column = frames.columns.get(name)
    if column is None or not len(column.company):
        return None
    seen = column.seen
    stated = (column.as_of > 0) & (column.as_of < seen)
    day = np.where(stated, column.as_of, seen)
    kept = ~_future(column, seen, policy.today) & _plausible(column)
    limit = attribute(name).max_age_days if policy.max_age_days is None else policy.max_age_days
    if limit is not None:
        kept &= policy.today.toordinal() - day <= limit
    sure = frames.confidences >= policy.min_confidence
    if not sure.all():
        kept &= sure[column.confidence]
    kept &= _sure_guesses(frames, column, name, policy)
    kept &= _in_scope(frames.size, column, kept, name, policy)
    kept &= _not_outweighed(frames.size, column, kept, name)
    at = np.flatnonzero(kept)
    return Rows(column, at, column.company[at], day[at].astype(np.int32))


def _future(column: Column, seen: NDArray[np.int32], today: date) -> Bools:
    future = np.asarray(seen > today.toordinal() + 1)
    ahead = np.flatnonzero(column.as_of > seen)
    if len(ahead):
        days = np.stack([column.as_of[ahead], seen[ahead]]).astype(np.int64) - EPOCH
        years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
        future[ahead[years[0] > years[1]]] = True
    return future


def _plausible(column: Column) -> Bools:
    if len(column.low):
        low_odd = (column.low < 0) & (column.low != LOWEST)
        nothing = (column.low == LOWEST) & (column.high == HIGHEST)
        return np.asarray(~(low_odd | nothing | (column.high < 0)))
    filled = np.array(
        [not isinstance(value, str) or bool(value.strip()) for value in column.vocabulary],
        dtype=np.bool_,
    )
    return np.ones(len(column.code), dtype=np.bool_) if filled.all() else filled[column.code]


def _sure_guesses(frames: Frames, column: Column, name: str, policy: Policy) -> Bools:
    least = policy.min_confidence or attribute(name).sure_guess or 0.0
    guessed = np.asarray(column.method == GUESS)
    sure = np.asarray(frames.confidences >= least)
    return np.asarray(~guessed | sure[column.confidence]) if guessed.any() else ~guessed


def _not_outweighed(size: int, column: Column, kept: Bools, name: str) -> Bools:
    """Drop guesses about companies of which another source states the attribute."""
    guessed = np.asarray(column.method == GUESS)
    if attribute(name).sure_guess is None or not guessed.any():
        return np.ones(len(guessed), dtype=np.bool_)
    stated = np.zeros(size, dtype=np.bool_)
    stated[column.company[kept & ~guessed]] = True
    return np.asarray(~(guessed & stated[column.company]))


def _in_scope(size: int, column: Column, kept: Bools, name: str, policy: Policy) -> Bools:
    wanted = SCOPES.index(policy.scope or attribute(name).scope)
    own = np.asarray(column.scope == wanted)
    if policy.scope is not None or name not in PLACES or own.all():
        return own
    said = np.zeros(size, dtype=np.bool_)
    said[column.company[kept & own]] = True
    return np.asarray(own | (~said[column.company] & (column.scope == SITE)))
