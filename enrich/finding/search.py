"""Search the site of one row: what to look up next, what to visit next, and when it is decided.

Nothing is fetched here: the driver of a search looks names up, visits sites and hands in the results.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from enrich.finding.candidates import Candidate, candidates
from enrich.finding.echoes import is_echo, is_mirror
from enrich.finding.judge import Band, Judgement, Reason, judge
from enrich.finding.lacks import lacks_of_name, lacks_of_sites, why_no_candidate, why_unread
from enrich.finding.marks import Mark, marks
from enrich.finding.result import Finding, Looked, with_left_out
from enrich.finding.shown import Shown
from enrich.finding.wanted import Wanted
from leads.lexicon.domains import host_kind
from leads.visit_outcomes import ANOTHER_TIME, Known, Outcome

#: What a site gives as the company's address, or redirects to, is worth as much as its name.
_LED = 0.5
#: Of two sites whose odds are closer, neither is taken without a person.
_NEAR = 1.0
#: With at least these odds nothing else is visited.
_SURE = 5.0
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
    """How the visit to a site ended, and what its pages show; None: no page was received."""

    outcome: str
    reason: str = ""
    final_domain: str | None = None
    shown: Shown | None = None
    requests: int = 0


@dataclass(slots=True)
class _Site:
    candidate: Candidate
    visited: Visited
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
        self._left_out: list[Candidate] = []
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
        if visit.outcome == Outcome.OK and visit.shown is not None:
            self._read(site, visit.shown)

    def deny(self, barred: Mapping[str, bool]) -> None:
        """Leave these domains out; False for one that the finding must not name."""
        every = [*self._waiting, *self._ready]
        self._left_out += [one for one in every if barred.get(one.domain)]
        self._denied |= barred.keys()
        self._waiting = [one for one in self._waiting if one.domain not in self._denied]
        self._ready = [one for one in self._ready if one.domain not in self._denied]

    def _read(self, site: _Site, shown: Shown) -> None:
        site.found = marks(self.wanted, shown)
        site.judgement = self._judged(site)
        for domain, _ in shown.elsewhere[:1]:
            self._lead(domain, f"{site.candidate.domain} gives it as the address", _LED)
        for twin in self._sites.values():
            if twin is not site and is_echo(twin.visited.shown, site.visited.shown):
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
        unseen = lacks_of_sites((one.domain, one.outcome, one.reason) for one in looked)
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
            lacks=(*unseen, lacks_of_name(self.wanted)),
            is_unheard=self._is_unheard(),
        )
        if best is None or judgement is None:
            return with_left_out(nothing, self._left_out)
        found = replace(
            nothing,
            domain=best.candidate.domain if judgement.band is not Band.ABSTAIN else None,
            band=judgement.band,
            odds=judgement.odds,
            reasons=judgement.reasons,
            lacks=() if judgement.band is Band.ACCEPT else (*judgement.lacks, *unseen),
            pages=best.visited.shown.pages if best.visited.shown else (),
        )
        return with_left_out(found, self._left_out, best.candidate.weight)

    def _best(self) -> tuple[_Site | None, Judgement | None]:
        judged = [(one.judgement.odds, one) for one in self._sites.values() if one.judgement]
        if not judged:
            return None, None
        judged.sort(key=lambda pair: (-pair[0], pair[1].candidate.domain))
        (odds, best), others = judged[0], judged[1:]
        rivals = [
            one
            for near, one in others
            if near > odds - _NEAR and not is_mirror(one.visited.shown, best.visited.shown)
        ]
        judgement = best.judgement
        if rivals and judgement is not None and judgement.band is Band.ACCEPT:
            found = [*best.found, Mark("another_site", rivals[0].candidate.domain)]
            weight = best.candidate.weight
            judgement = judge(found, spelling=weight, has_place=self._has_place)
        return best, judgement

    def _is_unheard(self) -> bool:
        if self._judged_sites():
            return False
        failed = sum(one.known == Known.FAILED for one in self._answers.values())
        passed = any(one.visited.outcome in ANOTHER_TIME for one in self._sites.values())
        return passed or 2 * failed > len(self._answers)

    def _why_nothing(self) -> str:
        if not self._answers:
            return why_no_candidate(self.wanted) or "no domain made of the name may be looked up"
        if not any(one.hosts for one in self._answers.values()):
            if self._is_unheard():
                return f"of {len(self._answers)} names made of it most could not be looked up"
            unread = why_unread(self.wanted)
            none = f"none of {len(self._answers)} names made of it is a host"
            return f"{none}; {unread}" if unread else none
        ends = [
            f"{one.candidate.domain}: {one.visited.reason or one.visited.outcome}"
            for one in self._sites.values()
        ]
        return "; ".join(ends)[:200]
