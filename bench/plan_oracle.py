"""The limit: with every answer known beforehand, only what settles is asked, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from bench.plan_list import Seller
from bench.plan_run import open_companies
from bench.plan_waterfall import may_ask
from bench.plan_world import Bought, Company, Judge
from leads.prices import FREE, Price, sum_of
from leads.stages import Verdict


def oracle(judge: Judge, sellers: Sequence[Seller]) -> Bought:
    """Settle every company that can be settled by its cheapest set of sources; no source is asked
    in vain.
    """
    found = []
    for company in open_companies(judge):
        settled = next(_settling(judge, sellers, company), None)
        if settled is not None:
            found.append((*settled, company))
    bought = Bought()
    for cost, verdict, company in sorted(found, key=lambda one: (one[0], one[2])):
        bought.spent += cost
        bought.say(company, verdict)
    return bought


def _settling(
    judge: Judge, sellers: Sequence[Seller], company: Company
) -> Iterator[tuple[Price, Verdict]]:
    """The sets of sources that settle a company, cheapest first; all free ones are in each."""
    useful = list(_useful(judge, sellers, company))
    free = frozenset(name for name, cost in useful if not cost.micros)
    paid = [(name, cost) for name, cost in useful if cost.micros]
    sets = [
        (sum_of(cost for _, cost in some), free.union(name for name, _ in some))
        for some in _subsets(paid)
    ]
    for cost, names in sorted(sets, key=lambda one: (one[0], sorted(one[1]))):
        verdict = judge.after(company, names).verdict
        if verdict is not Verdict.UNKNOWN:
            yield cost[0] if cost else FREE, verdict


def _useful(
    judge: Judge, sellers: Sequence[Seller], company: Company
) -> Iterator[tuple[str, Price]]:
    """The sources that say anything of a company, and what they bill."""
    for one in sellers:
        if may_ask(judge.of, company, one):
            _, facts, cost = judge.told(company, one)
            if facts:
                yield one.name, cost


def _subsets(paid: Sequence[tuple[str, Price]]) -> Iterator[tuple[tuple[str, Price], ...]]:
    for size in range(len(paid) + 1):
        yield from combinations(paid, size)
