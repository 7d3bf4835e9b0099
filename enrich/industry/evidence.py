"""What the pages of a site say about its industry: kept of each page, and put together for a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Any

from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.industry.model import Evidence, Guess, model
from enrich.industry.passages import passages
from leads.values import IndustryCode

SCHEME = "nace2.0"
#: The most telling words that are kept of a page.
_MOST_WORDS = 80
#: A site that says fewer known words is not guessed about.
_FEWEST_WORDS = 4
#: Divisions less likely than this are left out, and so are those for which fewer words speak.
_LEAST_LIKELY, _FEWEST_DECIDING = 0.05, 2
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page that tell an industry: each with one form as written and how much it
    counts.
    """

    title: str
    words: tuple[tuple[str, str, float], ...]
    #: Words of those for whom something is made: they do not decide on any page of the site.
    customers: tuple[str, ...] = ()

    @property
    def amount(self) -> float:
        """How much the page says."""
        return sum(log1p(amount) for _, _, amount in self.words)

    def to_json(self) -> list[Any]:
        """The words as lists."""
        return [self.title, [list(one) for one in self.words], list(self.customers)]

    @classmethod
    def from_json(cls, kept: list[Any]) -> PageWords:
        """The words that `to_json` wrote."""
        title, words, *more = kept
        # Words kept by an earlier version have no customers.
        customers = tuple(more[0]) if more else ()
        return cls(title, tuple((one, form, amount) for one, form, amount in words), customers)


def page_words(document: Document) -> PageWords:
    """Collect the words of a page that tell an industry, the most telling first."""
    known = model()
    found = known.read(passages(document))
    ranked = sorted(
        found.said, key=lambda one: (-log1p(found.said[one]) * known.strength(one), one)
    )
    title = document.markup.title[:_LONGEST_TITLE]
    kept = (
        (one, found.forms[one][:40], int(found.said[one] * 100 + 0.5) / 100)
        for one in ranked[:_MOST_WORDS]
    )
    return PageWords(title, tuple(kept), tuple(sorted(found.customers)[:_MOST_WORDS]))


def guessed(pages: Sequence[PageWords]) -> Iterator[ExtractedFact]:
    """Yield up to three divisions of the company whose site has these pages, the likeliest first.

    The confidence is the probability that the division is right. The quote holds the words that
    decided, and the title of the page that says most.
    """
    found = Evidence({}, {})
    for page in pages:
        for feature, form, amount in page.words:
            found.add(feature, form, amount)
    served = {one for page in pages for one in page.customers}
    found.leave_out(served)
    # Who is served is known, too: `software for dentists` has three words.
    if len(found.said) + len(served) < _FEWEST_WORDS:
        return
    title = max(pages, key=lambda one: one.amount).title
    for guess in model().guesses(found):
        if guess.probability >= _LEAST_LIKELY and len(guess.words) >= _FEWEST_DECIDING:
            yield _fact(guess, title)


def _fact(guess: Guess, title: str) -> ExtractedFact:
    quote = f"words: {', '.join(guess.words)}; title: {title}"
    code = IndustryCode(SCHEME, guess.division)
    return ExtractedFact("industry", code, quote, "model", round(guess.probability, 2))
