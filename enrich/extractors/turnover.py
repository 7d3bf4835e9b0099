"""Yearly turnover: `we turn over 12 million euros`, but not `our customers have revenues of …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.other_sections import is_of_others
from enrich.sentences import sentence
from enrich.tables import either, words
from leads.facts import Scope
from leads.lexicon.numbers.money import parse_money
from leads.values import Dated, MoneyRange

_MOST = 40
#: Maximum characters between the word and the amount, after it and before it.
_AFTER, _BEFORE = 70, 50
_SHORT_LINE = 70
_YEAR = re.compile(r"(?<![\d:.,])(?:19|20)\d{2}(?![\d.,]\d|\d)")
_OLDEST = 10
#: Smaller amounts are prices (in units of the currency).
_LEAST = 100_000
_SHORTENED = ("mio", "mrd", "mill", "mld", "bio", "ca")
_OWN_PAGES = frozenset({"home", "about", "team", "imprint", "contact"})


def find_turnover(document: Document) -> Iterator[ExtractedFact]:
    """Find turnover with its year, the newest surest statement of the company and of its group."""
    found = sorted(_stated(document), key=_rank)
    for scope in (Scope.COMPANY, Scope.GROUP):
        of_scope = [one for one in found if one.scope is scope]
        yield from of_scope[:1]


def _rank(found: ExtractedFact) -> tuple[float, int]:
    return -found.confidence, -(found.as_of.year if found.as_of else 0)


def _stated(document: Document) -> Iterator[ExtractedFact]:
    for head in filter(document.has, words("turnover")["heads"]):
        for at in document.places(head, _MOST):
            found = _read(document, at, at + len(head))
            if found is not None:
                yield found


def _read(document: Document, start: int, end: int) -> ExtractedFact | None:
    """Read the amount next to a word of turnover; None if it is another's or no amount."""
    begin, stop = _bounds(document, start, end)
    amount = _amount_near(document, begin, start, end, stop)
    if amount is None:
        return None
    before, after = document.folded[begin : amount.start()], document.folded[amount.end() : stop]
    is_others = _patterns()["others"].search(f"{before} {after[:40]}") is not None
    sure = _belief(document, begin, stop)
    if sure is None or is_others or is_of_others(document, start):
        return None
    stated = _amount_of(amount[0], before)
    if stated is None or not isinstance(stated.value, MoneyRange):
        return None
    as_of = stated.as_of or _year_of(document, begin, stop)
    if as_of is not None and as_of.year < document.page.fetched_at.year - _OLDEST:
        return None

    scope = Scope.GROUP if _patterns()["group"].search(before) else Scope.COMPANY
    quote = document.quote(begin, min(stop, begin + 250), 0)
    method = "imprint_text" if document.is_imprint else "text"
    return ExtractedFact("turnover", stated.value, quote, method, sure, scope, as_of)


def _bounds(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the statement: a sentence, or a label with the cell after it."""
    begin, stop = sentence(document.text, start, end)
    # The full stop of `12 Mio. EUR` ends no sentence.
    if document.folded.endswith(_SHORTENED, begin, stop):
        stop = sentence(document.text, stop + 1, stop + 1)[1]
    cell = document.text[stop : stop + 1]
    if cell in ("\n", "\t") and stop - end <= 25:
        # A label in a cell or line of its own.
        stop = sentence(document.text, stop + 1, stop + 1)[1]
    return begin, stop


def _amount_of(written: str, before: str) -> Dated | None:
    """Parse an amount with the bound before it; None if it is as small as a price."""
    bound = _patterns()["bound"].search(before[-25:])
    stated = parse_money(f"{bound[0] if bound else ''}{_cleaned(written)}")
    if stated is None or not isinstance(stated.value, MoneyRange):
        return None
    most = stated.value.amount.high or stated.value.amount.low or 0
    return stated if most >= _LEAST * 100 else None


def _amount_near(
    document: Document, begin: int, start: int, end: int, stop: int
) -> re.Match[str] | None:
    """Return the first amount after the word, else the last one before it."""
    folded, amount = document.folded, _patterns()["amount"]
    behind = amount.search(folded, end, min(stop, end + _AFTER))
    if behind is not None:
        return behind
    before = list(amount.finditer(folded, max(begin, start - _BEFORE), start))
    return before[-1] if before else None


def _cleaned(amount: str) -> str:
    return re.sub(r"\b(?:d['’]|de |di |of )(?=\w)", "", amount)


def _belief(document: Document, begin: int, stop: int) -> float | None:
    """Score whether a sentence is about the site's owner; None if it may be about others."""
    said = document.folded[begin:stop]
    is_own = _patterns()["own"].search(said) is not None or document.names_owner(said)
    if is_own:
        return 0.8 if document.page.kind in _OWN_PAGES else 0.65
    is_short = stop - begin <= _SHORT_LINE and document.page.kind in _OWN_PAGES
    return 0.7 if is_short else None


def _year_of(document: Document, begin: int, stop: int) -> date | None:
    """Return the end of the only year that the sentence names."""
    this = document.page.fetched_at.year
    years = {int(one[0]) for one in _YEAR.finditer(document.text, begin, stop)}
    possible = {year for year in years if year <= this}
    return date(possible.pop(), 12, 31) if len(years) == 1 and possible else None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table, people = words("turnover"), words("headcount")
    currency = rf"(?:{either(table['currencies'])})"
    unit = rf"(?:{either(table['units'])})"
    number = r"\d{1,3}(?:[.,’' ]\d{1,3}){0,4}(?: ?(?:-|–|to|bis|à) ?\d{1,3}(?:[.,]\d{1,3})?)?"
    edge = r"(?![^\W\d_])"
    return {
        "amount": re.compile(
            rf"(?<![\w.,])(?:{currency} ?{number}(?: ?{unit}{edge}\.?)?"
            rf"|{number} ?{unit}{edge}\.? ?(?:d['’]|de |di |of )?{currency}{edge}"
            rf"|{number} ?{currency}{edge})"
        ),
        "bound": re.compile(rf"(?<![^\W_])(?:{either(people['bounds'])})\s+\Z"),
        "own": re.compile(rf"(?<![^\W_])(?:{either(people['own'] + table['own'])})(?![^\W_])"),
        "others": re.compile(rf"(?<![^\W_])(?:{either(table['others'])})(?![^\W_])"),
        "group": re.compile(rf"(?<![^\W_])(?:{either(people['group'])})(?![^\W_])"),
    }
