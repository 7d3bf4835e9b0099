"""The result of a search for one row, and what suppressed domains change about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enrich.finding.candidates import Candidate
from enrich.finding.judge import Band, Judgement, Reason, judge
from enrich.finding.shown import ShownPage

#: A suppressed domain with at least this weight may well be the row's.
_LIKELY = -2.0
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One candidate that was visited: what came of it."""

    domain: str
    because: str
    #: How the visit ended: `ok`, `http_error`, `robots_denied` …
    outcome: str
    reason: str
    judgement: Judgement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result for one row: the site (None: no site fits), and why."""

    domain: str | None
    band: Band
    odds: float
    reasons: tuple[Reason, ...]
    #: What was visited, in order.
    looked: tuple[Looked, ...] = ()
    #: Names looked up, those that answer, and requests answered.
    look_ups: int = 0
    answering: int = 0
    fetches: int = 0
    #: What would settle it.
    lacks: tuple[str, ...] = ()
    #: Of a site for review: its pages, as a person reads them.
    pages: tuple[ShownPage, ...] = ()
    #: Domains that are likely and suppressed: neither looked up nor visited.
    left_out: tuple[str, ...] = ()
    #: Names or sites did not answer this time, so the finding decides nothing.
    is_unheard: bool = False

    def has_judged(self, domain: str) -> bool:
        """Whether a page of the domain was seen, so that something speaks for it or against it."""
        return any(one.domain == domain and one.judgement is not None for one in self.looked)


def with_left_out(
    found: Finding, left_out: Sequence[Candidate], weight: float | None = None
) -> Finding:
    """A finding with the suppressed domains that may be the row's; `weight` is that of its site.

    They are never looked at, so a person must say whether one is the row's: if so, the company is
    suppressed.
    """
    likely = sorted(
        (one for one in left_out if one.weight >= _LIKELY),
        key=lambda one: (-one.weight, one.domain),
    )
    if not likely:
        return found
    first, names = likely[0], tuple(dict.fromkeys(one.domain for one in likely))
    asked = [f"a person's word: {one} is suppressed and not looked at" for one in names]
    found = replace(found, left_out=names, lacks=(*found.lacks, *asked[:_MOST_NAMED]))
    if found.band is Band.ABSTAIN:
        base = judge(())
        why = Reason("suppressed", 0.0, first.because)
        reasons = (*base.reasons[:1], why)
        return replace(
            found, domain=first.domain, band=Band.REVIEW, odds=base.odds, reasons=reasons
        )
    if found.band is Band.ACCEPT and (weight is None or first.weight >= weight):
        return replace(found, band=Band.REVIEW)
    return found
