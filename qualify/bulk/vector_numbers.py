"""Answers to questions about counts and money, for all companies at once: the same as
`qualify/decide/answering.py` gives one by one.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from leads.lexicon.numbers.exchange import rate
from leads.values import Range
from qualify.bulk.frames import HIGHEST, LOWEST
from qualify.bulk.rows import TOLD, Bools, Rows
from qualify.profile.criteria import Within

#: Answers as numbers, so that all-of is the least and any-of the greatest.
NO, UNKNOWN, YES = 0, 1, 2
Answers = NDArray[np.int8]
Ints = NDArray[np.int64]


def answer_numbers(leaf: Within, rows: Rows, size: int) -> tuple[Answers, NDArray[np.intp]]:
    """One answer for each company, and the companies that must be asked one by one."""
    low, high = rows.column.low[rows.at], rows.column.high[rows.at]
    converted = np.zeros(len(low), dtype=np.bool_)
    if leaf.currency is not None:
        rows, low, high, converted = _in_currency(rows, low, high, leaf.currency)
    each = _inside(leaf.wanted, low, high)
    found, mixed = by_company(each, rows.company, size)
    again = mixed[rows.company] & ~rows.of_sites
    # Several sources may agree on less than each says alone.
    at = np.flatnonzero(again)
    if not len(at):
        return found, np.empty(0, dtype=np.intp)
    return _resolve(
        leaf.wanted, rows.where(again), low[at], high[at], each[at], found, converted[at]
    )


def by_company(each: Answers, company: NDArray[np.int32], size: int) -> tuple[Answers, Bools]:
    """The answer where all facts of a company give the same yes or no, else unknown; and which of
    those may be settled by meeting.
    """
    yes, no, open_ = (_any(company[each == wanted], size) for wanted in (YES, NO, UNKNOWN))
    found = np.full(size, UNKNOWN, dtype=np.int8)
    found[yes & ~no & ~open_] = YES
    found[no & ~yes & ~open_] = NO
    several = _any(company[1:][company[1:] == company[:-1]], size)
    return found, (yes & no) | (open_ & several)


def _any(company: NDArray[np.int32], size: int) -> Bools:
    marked = np.zeros(size, dtype=np.bool_)
    marked[company] = True
    return marked


def _inside(wanted: Range, low: Ints, high: Ints) -> Answers:
    least = LOWEST if wanted.low is None else wanted.low
    most = HIGHEST if wanted.high is None else wanted.high
    each = np.full(len(low), UNKNOWN, dtype=np.int8)
    each[(low >= least) & (high <= most)] = YES
    each[(low > most) | (high < least)] = NO
    return each


def _resolve(
    wanted: Range,
    rows: Rows,
    low: Ints,
    high: Ints,
    each: Answers,
    found: Answers,
    converted: Bools,
) -> tuple[Answers, NDArray[np.intp]]:
    """Where facts meet, the answer of what they share; of two that do not, the later word of one
    source, else none.
    """
    starts = np.flatnonzero(np.r_[True, rows.company[1:] != rows.company[:-1]])
    counts = np.diff(np.r_[starts, len(rows.company)])
    owner = rows.company[starts]
    least, most = np.maximum.reduceat(low, starts), np.minimum.reduceat(high, starts)
    meets = least <= most
    # Where a source speaks twice, its older word may be void; in another currency only the stated
    # amounts tell.
    once = ~np.logical_or.reduceat(says_more(rows), starts)
    plain = once | ~np.logical_or.reduceat(converted, starts)
    sure = meets & plain
    found[owner[sure]] = _inside(wanted, least[sure], most[sure])
    pair = ~meets & plain & (counts == 2)
    first, second = starts[pair], starts[pair] + 1
    replaced = replaced_by(rows, first, second)
    agreeing = each[first] == each[second]
    found[owner[pair]] = np.where(replaced | agreeing, each[second], UNKNOWN)
    # A side with a yes among its facts is a yes, one with a no is a no: both leave it open, however
    # the facts meet.
    both = np.logical_or.reduceat(each == YES, starts) & np.logical_or.reduceat(each == NO, starts)
    open_ = ~sure & ~pair & once & both
    found[owner[open_]] = UNKNOWN
    return found, owner[~sure & ~pair & ~open_].astype(np.intp)


def says_more(rows: Rows) -> Bools:
    """Which rows come from the source and in the way of the row before, about the same company."""
    source, method, company = rows.source, rows.method, rows.company
    same = (source[1:] == source[:-1]) & (method[1:] == method[:-1]) & (company[1:] == company[:-1])
    return np.asarray(np.r_[False, same])


def replaced_by(rows: Rows, first: NDArray[np.intp], second: NDArray[np.intp]) -> Bools:
    """Whether the second of two rows, in the order of columns, is what the source of the first says
    now.
    """
    source, method, day, moment = rows.source, rows.method, rows.day, rows.moment
    same = (source[first] == source[second]) & (method[first] == method[second])
    later = day[second] > day[first]
    corrected = (
        (method[second] == TOLD) & (day[second] == day[first]) & (moment[second] > moment[first])
    )
    return np.asarray(same & (later | corrected))


def _in_currency(
    rows: Rows, low: Ints, high: Ints, currency: str
) -> tuple[Rows, Ints, Ints, Bools]:
    """The rows that have a rate, their bounds in one currency rounded outward, and which were
    converted.
    """
    names = [str(name) for name in rows.column.vocabulary]
    foreign = np.array([name != currency for name in names], dtype=np.bool_)[rows.code]
    if not foreign.any():
        return rows, low, high, foreign
    low, high, known = low.copy(), high.copy(), ~foreign
    at = np.flatnonzero(foreign)
    keys = rows.code[at].astype(np.int64) << 32 | rows.day[at]
    order = np.argsort(keys, kind="stable")
    for group in np.split(at[order], np.flatnonzero(np.diff(keys[order])) + 1):
        fixing = rate(
            names[rows.code[group[0]]], currency, date.fromordinal(int(rows.day[group[0]]))
        )
        if fixing is not None:
            over, under = fixing.factor.numerator, fixing.factor.denominator
            low[group] = [
                value if value == LOWEST else value * over // under for value in low[group].tolist()
            ]
            high[group] = [
                value if value == HIGHEST else -(-value * over // under)
                for value in high[group].tolist()
            ]
            known[group] = True
    return rows.where(known), low[known], high[known], foreign[known]
