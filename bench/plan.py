"""Measure the planner on a simulated base, and write docs/bench/plan.md.

    python -m bench.plan

Two lists of 10,000 companies with known answers, and ten sources with prices, gaps and errors
(`bench/plan_base.yaml`, fixed before the planner was written). The verdicts come from `qualify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from statistics import median
from time import process_time

from bench.figures import ROOT, Figures
from bench.plan_base import Base
from bench.plan_oracle import oracle
from bench.plan_page import about, together
from bench.plan_picture import picture
from bench.plan_run import PlannedRun, offer_of, open_companies
from bench.plan_waterfall import always, still_open, waterfall
from bench.plan_world import Bought, Judge
from leads.prices import Price
from sources.planner.offer import Experience, Offer, OpenCompany
from sources.planner.plan import plan
from sources.planner.why import Why

PLANNED, SINGLE, POINTS = 20_000, 500, 60
CAP = Price(120_000, "EUR")
WATERFALL, PLANNER = "fixed waterfall", "planner"


@dataclass(frozen=True, slots=True)
class Result:
    """All runs over one list."""

    judge: Judge
    runs: dict[str, Bought]
    planner: PlannedRun
    #: What a plan with a budget promised, once hit rates were learned, and what came of it.
    promised: float
    delivered: int


def measured(judge: Judge, base: Base, budget: Price) -> Result:
    """Every way of buying, over one list."""
    planner = PlannedRun(judge, base.sellers)
    runs = {
        WATERFALL: waterfall(judge, base.sellers, always),
        "with conditions by hand": waterfall(judge, base.sellers, still_open),
        PLANNER: planner.run(),
        "planner, at most 0.12 EUR a company": PlannedRun(judge, base.sellers, cap=CAP).run(),
        "knowing every answer beforehand": oracle(judge, base.sellers),
    }
    again = PlannedRun(judge, base.sellers, budget, lessons=planner.lessons)
    delivered = again.run().settled
    assert again.first is not None
    return Result(judge, runs, planner, again.first.verdicts, delivered)


def say_buying(figures: Figures, results: Sequence[Result], budget: float) -> None:
    """The goals of buying."""
    runs = [one.runs for one in results]
    settled = together(runs, budget * len(runs))
    figures.at_least(
        f"verdicts for {budget * len(runs):,.0f} EUR, times those of the fixed waterfall",
        settled[PLANNER] / settled[WATERFALL],
        "",
        3,
    )
    free = together(runs, 0)[PLANNER]
    figures.at_least(
        "the same, without the verdicts that free registers settle for the planner",
        (settled[PLANNER] - free) / settled[WATERFALL],
        "",
        3,
    )
    full = sum(float(one[WATERFALL].spent.units) for one in runs)
    as_many = sum(one[PLANNER].cost_of(one[WATERFALL].settled) for one in runs)
    figures.at_most(
        "cost of as many verdicts as the waterfall settles, of its cost",
        100 * as_many / full,
        "%",
        40,
    )
    for share in (0.9, 0.95, 0.99):
        these = sum(one[PLANNER].cost_of_these(one[WATERFALL].known, share) for one in runs)
        figures.at_most(
            f"cost until {share:.0%} of the very same companies are settled",
            100 * these / full,
            "%",
        )


def say_verdicts(figures: Figures, results: Sequence[Result]) -> None:
    """Whether the verdicts are the same in the end, and what plans promise."""
    known = [(one.runs[WATERFALL].known, one.runs[PLANNER].known) for one in results]
    both = sum(len(ours.keys() & theirs.keys()) for theirs, ours in known)
    same = sum(ours.get(at) is verdict for theirs, ours in known for at, verdict in theirs.items())
    theirs = sum(len(one) for one, _ in known)
    figures.at_least(
        "companies of the waterfall that the planner settles", 100 * both / theirs, "%", 98
    )
    figures.at_least("of these, with the same verdict", 100 * same / both, "%", 98)
    promised = sum(one.promised for one in results)
    delivered = sum(one.delivered for one in results)
    figures.at_least(
        "verdicts that a plan promises for the budget, of those delivered",
        100 * promised / delivered,
        "%",
    )


def say_speed(figures: Figures, results: Sequence[Result], base: Base) -> None:
    """How long planning takes, in seconds of one processor."""
    offers = [offer_of(one) for one in base.sellers]
    learned = results[0].planner.lessons.experience
    opened = [
        replace(one.planner.opened(company), key=f"{number} {company}")
        for number, one in enumerate(results)
        for company in open_companies(one.judge)
    ]
    many = [replace(one, key=f"{at}") for at, one in enumerate(islice(cycle(opened), PLANNED))]
    # A mark that means nothing, so that no two can share an outlook.
    unlike = [replace(one, asked={(f"{at}", ""): Why.ASKED}) for at, one in enumerate(many)]
    whole, cap = Price(300_000_000, "EUR"), Price(500_000, "EUR")
    seconds = "s of one processor"
    figures.at_most(
        f"{PLANNED:,} companies planned", _took(many, offers, learned, whole, None), seconds, 2
    )
    figures.at_most(
        "the same, had each company been asked something else before",
        _took(unlike, offers, learned, whole, cap),
        seconds,
    )
    each = [_took([one], offers, learned, whole, cap) for one in many[:SINGLE]]
    figures.at_most("one company planned again", 1000 * median(each), "ms", 1)
    plans = sum(one.planner.plans for one in results)
    figures.at_most(
        f"all {plans} plans of the run", sum(one.planner.planning for one in results), seconds
    )


def _took(
    companies: Sequence[OpenCompany],
    offers: Sequence[Offer],
    experience: Experience,
    budget: Price,
    cap: Price | None,
) -> float:
    began = process_time()
    plan(companies, offers, experience, budget, cap)
    return process_time() - began


def main() -> None:
    """Run everything, print it and write the page and its picture."""
    base, figures = Base(), Figures()
    judges = [Judge(one) for one in base.lists]
    micros = int(float(base.table["budget"]) * judges[0].of.size * 1_000_000)
    budget = Price(micros, "EUR")
    results = [measured(one, base, budget) for one in judges]
    say_buying(figures, results, float(budget.units))
    say_verdicts(figures, results)
    say_speed(figures, results, base)

    runs = [one.runs for one in results]
    most = sum(float(one[WATERFALL].spent.units) for one in runs)
    points = [most * at / POINTS for at in range(POINTS + 1)]
    counts = [(money, together(runs, money)) for money in points]
    curves = {name: [(money, some[name]) for money, some in counts] for name in runs[0]}
    (ROOT / "docs" / "images" / "plan.svg").write_text(picture(curves, most), "utf-8")
    opened = sum(len(open_companies(one)) for one in judges)
    text = about([(one.judge, one.runs) for one in results], float(budget.units), most, opened)
    print(text)
    figures.write("plan", "Planner benchmark", text)
    print(figures.verdict)


if __name__ == "__main__":
    main()
