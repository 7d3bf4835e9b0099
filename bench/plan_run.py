"""Run the planner over a list of the simulated base: plan, ask the best, learn, plan again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from time import process_time

from bench.plan_lessons import Lessons
from bench.plan_list import Seller
from bench.plan_world import Bought, Company, Judge
from leads.answers import Answer
from leads.prices import Price
from leads.stages import Verdict
from qualify.decide.decision import Decision
from qualify.profile.criteria import Section
from sources.planner.offer import Offer, OpenCompany
from sources.planner.plan import Plan, plan
from sources.planner.why import Why

#: Questions between two plans: few while little is learned, then a share of the open companies.
FIRST, SHARE = 50, 0.04


@dataclass(slots=True)
class PlannedRun:
    """The planner at work on one list; its hit rates start empty."""

    judge: Judge
    sellers: Sequence[Seller]
    budget: Price | None = None
    cap: Price | None = None
    bought: Bought = field(default_factory=Bought)
    lessons: Lessons = field(default_factory=Lessons)
    plans: int = 0
    #: Seconds of one processor.
    planning: float = 0.0
    #: The plan before anything was asked.
    first: Plan | None = None

    def run(self) -> Bought:
        """Ask until nothing is left that is worth its money."""
        offers = [offer_of(one) for one in self.sellers]
        waiting = {one: self.opened(one) for one in open_companies(self.judge)}
        asked: dict[Company, frozenset[str]] = dict.fromkeys(waiting, frozenset())
        self.bought.verdicts = dict.fromkeys(waiting, Verdict.UNKNOWN)
        while waiting:
            batch = self._planned(waiting.values(), offers, max(FIRST, int(len(waiting) * SHARE)))
            if not batch:
                break
            for company, source in batch:
                asked[company] |= {source}
                self._ask(waiting, company, source, asked[company])
        return self.bought

    def _planned(
        self, waiting: Iterable[OpenCompany], offers: Sequence[Offer], most: int
    ) -> list[tuple[Company, str]]:
        budget = None if self.budget is None else self.budget - self.bought.spent
        began = process_time()
        made = plan(waiting, offers, self.lessons.experience, budget, self.cap)
        self.planning += process_time() - began
        self.plans += 1
        self.first = self.first or made
        batch: list[tuple[Company, str]] = []
        left = budget
        for key, question in islice(made.next, most):
            # The ledger reserves full prices, so no run exceeds its budget.
            if left is not None:
                if question.price > left:
                    break
                left -= question.price
            batch.append((int(key), question.source))
        return batch

    def _ask(
        self,
        waiting: dict[Company, OpenCompany],
        company: Company,
        source: str,
        asked: frozenset[str],
    ) -> None:
        before = waiting[company]
        seller = next(one for one in self.sellers if one.name == source)
        found, _, cost = self.judge.told(company, seller)
        self.bought.pay(seller, cost)
        decision = self.judge.after(company, asked)
        self.bought.say(company, decision.verdict)

        ended = _ended_by(decision)
        wanted = seller.attributes & (before.ends_by.union(*before.fits_by))
        self.lessons.learn(
            source,
            before.country,
            sorted(wanted),
            found=found,
            answered=sorted((wanted - _open(decision)) | (wanted & ended)),
            ended_by=sorted(wanted & ended),
        )
        if decision.verdict is Verdict.NO_FIT:
            del waiting[company]
            return
        waiting[company] = replace(
            before,
            fits_by=_fits_by(decision),
            ends_by=_open(decision),
            asked={
                **before.asked,
                **{(source, name): Why.ASKED for name in seller.attributes},
            },
            spent=before.spent + cost,
        )
        if not waiting[company].ends_by and not waiting[company].fits_by:
            del waiting[company]

    def opened(self, company: Company) -> OpenCompany:
        """A company before anything is asked."""
        of = self.judge.of
        decision = self.judge.after(company, frozenset())
        known = of.known_of["country"][company]
        return OpenCompany(
            key=f"{company:05d}",
            country=str(of.countries[company]) if known else None,
            known_by=of.known_by(company),
            fits_by=_fits_by(decision),
            ends_by=_open(decision),
        )


def open_companies(judge: Judge) -> list[Company]:
    """The companies of a list whose verdict is open before anything is asked."""
    return [
        one
        for one in range(judge.of.size)
        if judge.after(one, frozenset()).verdict is Verdict.UNKNOWN
    ]


def _fits_by(decision: Decision) -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, decision.decides[: decision.enough]))


def _open(decision: Decision) -> frozenset[str]:
    """The attributes of open criteria, those of must_not too."""
    held = [one for one in decision.answers if one.section is not Section.SCORE]
    return _attributes(one.attributes for one in held if one.answer is Answer.UNKNOWN)


def _ended_by(decision: Decision) -> frozenset[str]:
    """The attributes of criteria whose answer ends the company."""
    ends = {Section.SUSPECT: Answer.NO, Section.PROSPECT: Answer.NO, Section.MUST_NOT: Answer.YES}
    return _attributes(
        one.attributes for one in decision.answers if ends.get(one.section) is one.answer
    )


def _attributes(some: Iterable[Collection[str]]) -> frozenset[str]:
    return frozenset(name for names in some for name in names)


def offer_of(seller: Seller) -> Offer:
    """What a source offers, as the planner sees it."""
    return Offer(
        source=seller.name,
        attributes=seller.attributes,
        countries=seller.countries,
        asks_by=seller.by,
        price=seller.price,
        billing=seller.billing,
    )
