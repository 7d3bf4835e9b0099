"""What a run of the simulated base has bought, and what the real engine makes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from math import ceil, inf

from bench.plan_list import PlanList, Seller
from leads.facts import Fact
from leads.prices import FREE, Price
from leads.stages import Verdict
from qualify.decide.decision import Decision
from qualify.decide.explainer import Explainer
from qualify.decide.fact_content import FactContent, by_attribute

Company = int


class Judge:
    """The verdicts of one list, by what each company's sources told; each is found once."""

    def __init__(self, of: PlanList) -> None:
        """Nothing was asked yet."""
        self.of = of
        self._explainer = Explainer(of.icp, of.today)
        self._contents: dict[tuple[str, str, str], FactContent] = {}
        self._known: dict[Company, list[Fact]] = {}
        self._told: dict[tuple[Company, str], tuple[bool, tuple[Fact, ...], Price]] = {}
        self._decided: dict[tuple[Company, frozenset[str]], Decision] = {}

    def known(self, company: Company) -> list[Fact]:
        """What was known before anything was asked."""
        if company not in self._known:
            self._known[company] = self.of.known(company)
        return self._known[company]

    def told(self, company: Company, seller: Seller) -> tuple[bool, tuple[Fact, ...], Price]:
        """Whether a source finds it, what it says, what it bills."""
        key = (company, seller.name)
        if key not in self._told:
            reply = self.of.ask(company, seller)
            self._told[key] = reply.found, reply.facts, reply.cost
        return self._told[key]

    def after(self, company: Company, asked: frozenset[str]) -> Decision:
        """The decision when these sources have answered, all of what they said counting."""
        key = (company, asked)
        if key not in self._decided:
            told = [one for name in sorted(asked) for one in self._told[company, name][1]]
            self._decided[key] = self.decide([*self.known(company), *told])
        return self._decided[key]

    def decide(self, facts: list[Fact]) -> Decision:
        """The decision from some facts."""
        return self._explainer.decide(
            by_attribute((str(one.id), self._content(one)) for one in facts)
        )

    def truth(self, company: Company) -> Verdict:
        """The verdict of somebody who knows everything."""
        return self.decide(self.of.truth(company)).verdict

    def _content(self, one: Fact) -> FactContent:
        key = (one.attribute, str(one.value), one.evidence.source)
        if key not in self._contents:
            self._contents[key] = FactContent.of(one.attribute, one.value, one.evidence)
        return self._contents[key]


@dataclass(slots=True)
class Bought:
    """What was bought in one run, in order."""

    spent: Price = FREE
    settled: int = 0
    #: Money spent and verdicts settled, after each question that settled one.
    curve: list[tuple[float, int]] = field(default_factory=list)
    questions: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    #: The last verdict of each company that was open.
    verdicts: dict[Company, Verdict] = field(default_factory=dict)
    #: Money spent when its verdict was settled.
    when: dict[Company, float] = field(default_factory=dict)

    def pay(self, seller: Seller, cost: Price) -> None:
        """Count one question."""
        self.spent += cost
        self.questions[seller.name] += 1

    def say(self, at: Company, verdict: Verdict) -> None:
        """Keep a verdict, and where on the curve it was settled."""
        before = self.verdicts.get(at, Verdict.UNKNOWN)
        self.verdicts[at] = verdict
        self.settled += (verdict is not Verdict.UNKNOWN) - (before is not Verdict.UNKNOWN)
        if before is not verdict:
            self.when[at] = float(self.spent.units)
        self.curve.append((float(self.spent.units), self.settled))

    def settled_by(self, money: float) -> int:
        """How many verdicts were settled when so much was spent."""
        return max((count for spent, count in self.curve if spent <= money), default=0)

    @property
    def known(self) -> dict[Company, Verdict]:
        """The verdicts that are settled."""
        return {
            one: verdict for one, verdict in self.verdicts.items() if verdict is not Verdict.UNKNOWN
        }

    def cost_of(self, settled: int) -> float:
        """What so many verdicts cost; infinite if so many were never settled."""
        return next((spent for spent, count in self.curve if count >= settled), inf)

    def cost_of_these(self, wanted: Collection[Company], share: float) -> float:
        """What it cost until this share of these companies was settled."""
        known = self.known
        paid = sorted(self.when[one] for one in wanted if one in known)
        count = ceil(len(wanted) * share)
        return paid[count - 1] if 0 < count <= len(paid) else inf
