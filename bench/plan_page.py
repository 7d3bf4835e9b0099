"""The words and tables of the page that `bench/plan.py` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.plan_world import Bought, Judge

Runs = Mapping[str, Bought]

_HEAD = """\
Measured by `make bench-plan`. The base is simulated: two lists of 10,000 companies with true answers, of which {open:,} have an
open verdict, and ten sources (four free registers, six paid providers at 0.02 to 0.25 EUR, billed by hit or by question). Small
companies are missing everywhere at once, and 1 to 8 in 100 values are wrong. The constants are in `bench/plan_base.yaml`; they were fixed before
the planner was written. The verdicts come from `qualify`. Hit rates start empty and are learned from what was asked.

The *fixed waterfall* fills every field of the profile for every open company, from the cheapest source to the dearest, until it is filled; an
answer fills all empty fields that it can. *With conditions by hand* it skips companies whose verdict is known. *Knowing every answer beforehand*,
one would ask only what settles: no planner can reach that.

![Verdicts settled over euros spent](../images/plan.svg)

"""  # noqa: E501
_FOOT = """
Prices, gaps and error rates are assumed, so the ratios say how the ways of buying compare and not what a list will cost.
*Right* is the share of settled verdicts that agree with the true answers; the rest are wrong values of lists and sources.
The last companies that the waterfall settles cannot be told beforehand from those that nothing settles, so the very same companies
cost more than as many other ones. Where the verdicts differ, the waterfall mostly bought
a technology that the pages of the company do not show, or answers of two sources contradict each other."""  # noqa: E501


def about(lists: Sequence[tuple[Judge, Runs]], budget: float, most: float, opened: int) -> str:
    """Everything above the figures."""
    parts = [_HEAD.format(open=opened)]
    for judge, runs in lists:
        parts += [f"**{judge.of.profile}**\n", *_table(judge, runs, budget), ""]
    parts += [
        "**Both lists, the money divided equally**\n",
        *_curve([runs for _, runs in lists], most),
    ]
    return "\n".join([*parts, _FOOT])


def together(lists: Sequence[Runs], money: float) -> dict[str, int]:
    """Verdicts settled of all lists, each with an equal part of the money."""
    return {
        name: sum(runs[name].settled_by(money / len(lists)) for runs in lists) for name in lists[0]
    }


def _table(judge: Judge, runs: Runs, budget: float) -> Iterator[str]:
    yield f"| way | spent | verdicts | a euro | right | verdicts for {budget:,.0f} EUR |"
    yield "|---|---|---|---|---|---|"
    for name, one in runs.items():
        spent, known = float(one.spent.units), one.known
        right = sum(judge.truth(company) is verdict for company, verdict in known.items())
        yield (
            f"| {name} | {spent:,.0f} EUR | {one.settled:,} | {one.settled / spent:.1f}"
            f" | {right / len(known):.1%} | {one.settled_by(budget):,} |"
        )


def _curve(lists: Sequence[Runs], most: float) -> Iterator[str]:
    yield f"| euros | {' | '.join(lists[0])} |"
    yield f"|---|{'---|' * len(lists[0])}"
    for part in range(1, 11):
        counts = together(lists, most * part / 10).values()
        yield f"| {most * part / 10:,.0f} | {' | '.join(f'{count:,}' for count in counts)} |"
