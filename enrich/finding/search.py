"""Search the site of one row: what to look up next, what to visit next, and when it is decided.

Nothing is fetched here: the driver of a search looks names up, visits sites and hands in the results.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from enrich.finding.candidates import Candidate, candidates
from enrich.finding.judge import Band, Judgement, Reason, judge
from enrich.finding.labels import is_only_form
from enrich.finding.marks import Mark, marks
from enrich.finding.shown import Shown, read_shown
from enrich.finding.wanted import Wanted
from enrich.reading import Received
from leads.lexicon.domains import host_kind
from leads.lexicon.names.company_names import parse_name

#: What a site gives as the company's address, or redirects to, is worth as much as its name.
_LED = 0.5
#: Of two sites whose odds are closer, neither is taken without a person.
_NEAR = 1.0
#: With at least these odds nothing else is visited.
_SURE = 5.0
_OUTCOMES_READ = "ok"
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much one row may cost."""

    #: Names that are looked up at a time, and in all.
    look_ups_at_once: int = 12
    look_ups: int = 48
    #: Sites that are visited.
    visits: int = 4
    #: Pages of one site, the home page included.
    pages: int = 2
    #: Endings that are tried besides those of the country.
    endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a look-up told: `found`, `missing`, `wildcard`, `denied` or `failed`, and the hosts."""

    known: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """How the visit to a site ended, and its pages."""

    outcome: str
    reason: str = ""
    final_domain: str | None = None
    pages: Sequence[Received] = ()
    requests: int = 0


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
    """The result for one row: the site (None: none is near enough), and why."""

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


@dataclass(slots=True)
class _Site:
    candidate: Candidate
    visited: Visited
    shown: Shown | None = None
    found: list[Mark] = field(default_factory=list)
    judgement: Judgement | None = None


class Search:
    """The search for one row; ask `to_look_up`, then `to_visit`, until both have nothing."""

    def __init__(
        self, wanted: Wanted, bounds: Bounds | None = None, denied: Sequence[str] = ()
    ) -> None:
        self.wanted = wanted
        self._bounds = bounds or Bounds()
        self._denied = frozenset(denied)
        self._waiting = [
            one
            for one in candidates(wanted, self._bounds.look_ups, self._bounds.endings)
            if one.domain not in self._denied
        ]
        self._answers: dict[str, Answered] = {}
        self._ready: list[Candidate] = []
        self._sites: dict[str, _Site] = {}
        self._has_place = bool(wanted.country or wanted.city or wanted.postcode)

    def to_look_up(self) -> list[str]:
        """The names to look up now; none while there is something to visit, or when decided."""
        if self._ready or self._is_done():
            return []
        left = min(self._bounds.look_ups_at_once, self._bounds.look_ups - len(self._answers))
        return [one.domain for one in self._waiting[: max(left, 0)]]

    def looked_up(self, answers: Mapping[str, Answered]) -> None:
        """Hand in what the look-ups told."""
        for one in [each for each in self._waiting if each.domain in answers]:
            self._waiting.remove(one)
            self._answers[one.domain] = answers[one.domain]
            if answers[one.domain].hosts:
                self._ready.append(one)
        self._ready.sort(key=lambda one: -one.weight)

    def to_visit(self) -> str | None:
        """The site to visit now; None when names must be looked up first, or when decided."""
        return self._ready[0].domain if self._ready and not self._is_done() else None

    def hosts(self, domain: str) -> tuple[str, ...]:
        """The hosts of a domain that have an address."""
        return self._answers[domain].hosts

    def visited(self, domain: str, visit: Visited) -> None:
        """Hand in the visit to a site."""
        candidate = next(one for one in self._ready if one.domain == domain)
        self._ready.remove(candidate)
        site = _Site(candidate, visit)
        self._sites[domain] = site
        if visit.final_domain and visit.final_domain != domain:
            self._lead(visit.final_domain, f"{domain} redirects there", candidate.weight)
        if visit.outcome == _OUTCOMES_READ and visit.pages:
            self._read(site)

    def _read(self, site: _Site) -> None:
        site.shown = read_shown(site.candidate.domain, site.visited.pages)
        site.found = marks(self.wanted, site.shown)
        site.judgement = self._judged(site)
        for domain, _ in site.shown.elsewhere[:1]:
            self._lead(domain, f"{site.candidate.domain} gives it as the address", _LED)
        for twin in self._sites.values():
            if twin is not site and _is_echo(twin, site):
                for one in (twin, site):
                    one.found = [*one.found, Mark("same_everywhere", twin.candidate.domain)]
                    one.judgement = self._judged(one)

    def _judged(self, site: _Site) -> Judgement:
        weight = site.candidate.weight
        return judge(site.found, spelling=weight, has_place=self._has_place)

    def _lead(self, domain: str, because: str, weight: float) -> None:
        """Look at another domain next."""
        known = {*self._sites, *(one.domain for one in self._ready), *self._denied}
        if domain in known or host_kind(domain) is not None:
            return
        self._waiting = [one for one in self._waiting if one.domain != domain]
        if domain not in self._answers:
            self._waiting.insert(0, Candidate(domain, max(weight, 0.0), because))

    def _is_done(self) -> bool:
        if len(self._sites) >= self._bounds.visits:
            return True
        taken = [one for one in self._judged_sites() if one.band is Band.ACCEPT]
        if not taken:
            return False
        # A name alone may be another company's: one more site is looked at.
        best = max(one.odds for one in taken)
        return self._has_place or best >= _SURE or len(self._sites) > 1

    def _judged_sites(self) -> list[Judgement]:
        return [one.judgement for one in self._sites.values() if one.judgement is not None]

    def finding(self) -> Finding:
        """The result, by what has been handed in so far."""
        best, judgement = self._best()
        looked = tuple(
            Looked(
                domain=one.candidate.domain,
                because=one.candidate.because,
                outcome=one.visited.outcome,
                reason=one.visited.reason,
                judgement=one.judgement,
            )
            for one in self._sites.values()
        )
        answering = sum(bool(one.hosts) for one in self._answers.values())
        nothing = Finding(
            domain=None,
            band=Band.ABSTAIN,
            odds=judge(()).odds,
            reasons=(*judge(()).reasons[:1], Reason("nothing_seen", 0.0, self._why_nothing())),
            looked=looked,
            look_ups=len(self._answers),
            answering=answering,
            fetches=sum(one.visited.requests for one in self._sites.values()),
            lacks=("the company's website, e-mail address or another name in the list",),
        )
        if best is None or judgement is None:
            return nothing
        return replace(
            nothing,
            domain=best.candidate.domain if judgement.band is not Band.ABSTAIN else None,
            band=judgement.band,
            odds=judgement.odds,
            reasons=judgement.reasons,
            lacks=judgement.lacks,
        )

    def _best(self) -> tuple[_Site | None, Judgement | None]:
        judged = [(one.judgement.odds, one) for one in self._sites.values() if one.judgement]
        if not judged:
            return None, None
        judged.sort(key=lambda pair: (-pair[0], pair[1].candidate.domain))
        (odds, best), others = judged[0], judged[1:]
        rivals = [one for near, one in others if near > odds - _NEAR and not _is_mirror(one, best)]
        judgement = best.judgement
        if rivals and judgement is not None and judgement.band is Band.ACCEPT:
            found = [*best.found, Mark("another_site", rivals[0].candidate.domain)]
            weight = best.candidate.weight
            judgement = judge(found, spelling=weight, has_place=self._has_place)
        return best, judgement

    def _why_nothing(self) -> str:
        if is_only_form(parse_name(self.wanted.name[:200])):
            return "the name says nothing but a legal form"
        if not self._answers:
            return "no domain can be made of the name"
        if not any(one.hosts for one in self._answers.values()):
            return f"none of {len(self._answers)} names made of it is a host"
        ends = [
            f"{one.candidate.domain}: {one.visited.reason or one.visited.outcome}"
            for one in self._sites.values()
        ]
        return "; ".join(ends)[:200]


def _is_mirror(one: _Site, other: _Site) -> bool:
    """Whether two sites are one company's: they state the same number, phone or mailbox."""
    if one.shown is None or other.shown is None:
        return False
    telling = ("vat_id", "register_number", "phone", "email")
    left = {str(fact.value) for fact in one.shown.of(*telling)}
    return not left.isdisjoint(str(fact.value) for fact in other.shown.of(*telling))


def _is_echo(one: _Site, other: _Site) -> bool:
    """Whether two sites show the same page but for their own name, and state no owner."""
    if one.shown is None or other.shown is None or _is_mirror(one, other):
        return False
    return _without_own(one.shown) == _without_own(other.shown)


def _without_own(shown: Shown) -> tuple[str, ...]:
    label = shown.domain.partition(".")[0].replace("-", "")
    ending = shown.domain.partition(".")[2].split(".")
    skipped = {label, *ending, *shown.domain.split("."), *shown.domain.partition(".")[0].split("-")}
    return tuple(
        " ".join(one for one in text.split() if one not in skipped) for text in shown.texts[:1]
    )
