"""The usual practice: every field of the profile through all providers in order until it is filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.plan_list import PlanList, Seller
from bench.plan_world import Bought, Company, Judge
from leads.facts import Fact
from leads.stages import Verdict
from qualify.profile.criteria import Section

#: Whether a company is still worth a question.
Condition = Callable[[Verdict], bool]


def always(_: Verdict) -> bool:
    """No condition: every open company is filled."""
    return True


def still_open(verdict: Verdict) -> bool:
    """A run condition by hand: no more questions once the verdict is known."""
    return verdict is Verdict.UNKNOWN


def waterfall(judge: Judge, sellers: Sequence[Seller], condition: Condition) -> Bought:
    """Fill all companies whose verdict is open, in the order of the list."""
    bought = Bought()
    order = sorted(sellers, key=lambda one: (one.price, one.name))
    fields = wanted(judge.of)
    for company in range(judge.of.size):
        if judge.after(company, frozenset()).verdict is Verdict.UNKNOWN:
            _fill(judge, company, fields, order, condition, bought)
    return bought


def wanted(of: PlanList) -> list[str]:
    """The attributes of the profile's deciding criteria, in its order."""
    deciding = [one for section, one in of.icp.sections() if section is not Section.SCORE]
    return list(dict.fromkeys(name for one in deciding for name in one.attributes))


def _fill(
    judge: Judge,
    company: Company,
    fields: Sequence[str],
    order: Sequence[Seller],
    condition: Condition,
    bought: Bought,
) -> None:
    facts = list(judge.known(company))
    asked: set[str] = set()
    verdict = Verdict.UNKNOWN
    bought.verdicts[company] = verdict
    for name in fields:
        for seller in order:
            if _has(facts, name) or not condition(verdict):
                break
            if name not in seller.attributes or seller.name in asked:
                continue
            if not may_ask(judge.of, company, seller):
                continue
            asked.add(seller.name)
            _, told, cost = judge.told(company, seller)
            bought.pay(seller, cost)
            # A field that is filled is not filled again, so one answer never contradicts another.
            new = [one for one in told if not _has(facts, one.attribute)]
            facts += new
            if new:
                verdict = judge.decide(facts).verdict
                bought.say(company, verdict)


def may_ask(of: PlanList, company: Company, seller: Seller) -> bool:
    """Whether a source covers the country of a company, as its list has it, and can be asked."""
    country = str(of.countries[company]) if of.known_of["country"][company] else None
    covered = not seller.countries or country in seller.countries
    return covered and bool(seller.by & of.known_by(company))


def _has(facts: Sequence[Fact], name: str) -> bool:
    return any(one.attribute == name for one in facts)
