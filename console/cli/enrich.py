"""`sluice enrich plan` and `run`: ask registers and paid providers what can settle a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions import enriching
from actions.enriching import Planned, RunReport
from actions.session import open_session
from console.cli.enrich_options import Budget, Each, amounts_of
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.progress import Progress
from console.cli.tables import table
from console.cli.who_crawls import ask_who_crawls
from console.cli.work import report_work
from leads.errors import SluiceError
from leads.prices import Price, sum_of

#: Companies that a plan shows.
SHOWN = 20
_PLANNED = {
    "company": "COMPANY",
    "source": "ASK FIRST",
    "for": "FOR",
    "price": "PRICE",
    "settles": "SETTLES",
}
_CAME = {
    "source": "SOURCE",
    "outcome": "OUTCOME",
    "count": "QUESTIONS",
    "cost": "COST",
    "why": "WHY",
}


def plan(
    budget: Budget = None,
    max_per_company: Each = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show what a run would ask, what it costs, what it settles.

    Nothing is asked and nothing is paid. Only companies whose verdict is open are asked about, and
    only what can still change it. Without --budget, free registers are asked alone.

    Example: sluice enrich plan --budget 50 EUR --max-per-company 0.12 EUR
    """
    amount, each = amounts_of(budget, max_per_company)
    with Progress() as progress, open_session(user, progress) as session:
        found = enriching.plan_run(session, client, campaign, amount, each)
    if as_json:
        emit_json(_plan_json(found))
        return
    _print_plan(found)


def run(
    budget: Budget = None,
    max_per_company: Each = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Ask sources until verdicts are settled or the budget ends.

    One fact is asked at a time, the cheapest that can settle the verdict first. A company is asked
    about no more once its verdict is certain. No answer is paid twice: not after a crash, not in
    another run, not for another client that may use it. Suppressed, excluded and disqualified
    companies are never asked about. A dry run is what `sluice enrich plan` shows. Exit code 1: no
    question got an answer.

    Example: sluice enrich run --budget 50 EUR --max-per-company 0.12 EUR
    """
    if dry_run:
        plan(budget, max_per_company, client, campaign, user, as_json)
        return
    ask_who_crawls(as_json=as_json)
    amount, each = amounts_of(budget, max_per_company)
    with Progress() as progress, open_session(user, progress) as session:
        done = enriching.run(session, client, campaign, amount, each)
    if as_json:
        emit_json(run_json(done))
    else:
        print_run(done)
    report_work(done.work)
    if done.got_nothing:
        raise SluiceError("no question got an answer", "see the reasons, and run it again later")


def _print_plan(found: Planned) -> None:
    look = found.outlook
    rows = [_planned_row(found, one) for one in look.companies[:SHOWN]]
    table(rows, _PLANNED, empty="nothing is worth asking")
    more = len(look.companies) - len(rows)
    if more > 0:
        note(f"and {counted(more, 'more company', 'more companies')}")
    emit("")
    emit(f"open verdicts: {look.open:,}, of which {look.barred:,} must not be contacted")
    if look.answered:
        emit(f"answered already, at no cost: {len(look.answered):,}")
    emit(f"worth asking: {len(look.companies):,}")
    emit(f"expected cost: {look.cost}")
    emit(f"expected verdicts: {look.verdicts:,.1f}")
    if look.capped is not None:
        emit(f"the caps leave {look.capped}: see `sluice enrich limits`")
    _print_left_out(look.not_asked, look.left_out)


def _print_left_out(not_asked: Mapping[str, int], left_out: Mapping[str, str]) -> None:
    for reason, count in not_asked.items():
        emit(f"not asked: {counted(count, 'company', 'companies')}: {reason}")
    for source, reason in left_out.items():
        emit(f"left out: {source}: {reason}")


def _planned_row(found: Planned, one: Any) -> Mapping[str, Any]:
    first = one.questions[0]
    names = {str(key): name for key, name in found.names.items()}
    return {
        "company": names.get(one.key, one.key),
        "source": first.source,
        "for": ", ".join(first.attributes),
        "price": str(first.price),
        "settles": f"{one.settles:.0%}",
    }


def _plan_json(found: Planned) -> Mapping[str, Any]:
    look = found.outlook
    names = {str(key): name for key, name in found.names.items()}
    return {
        "open": look.open,
        "barred": look.barred,
        "answered": [str(one) for one in look.answered],
        "cost": _price_json(look.cost),
        "verdicts": round(look.verdicts, 3),
        "caps_leave": None if look.capped is None else _price_json(look.capped),
        "companies": [
            {
                "company_id": one.key,
                "name": names.get(one.key, ""),
                "cost": _price_json(one.cost),
                "settles": round(one.settles, 4),
                "questions": [
                    {
                        "source": asked.source,
                        "attributes": list(asked.attributes),
                        "price": _price_json(asked.price),
                        "expected": _price_json(asked.expected),
                        "known": round(asked.known, 4),
                    }
                    for asked in one.questions
                ],
            }
            for one in look.companies
        ],
        "not_asked": dict(look.not_asked),
        "left_out": dict(look.left_out),
    }


def print_run(done: RunReport) -> None:
    """Print what a run asked, spent and settled."""
    rows = [
        {
            "source": one.source,
            "outcome": one.outcome,
            "count": one.count,
            "cost": str(one.charged) if one.charged.micros else "",
            "why": one.why,
        }
        for one in done.came
    ]
    table(rows, _CAME, empty="nothing was asked")
    settled = done.open_before - done.now.get("unknown", 0)
    emit("")
    emit(f"spent: {done.spent} of {done.budget}")
    emit(f"verdicts settled: {settled:,} of {done.open_before:,}")
    emit(f"fit: {done.now.get('fit', 0):,}, no fit: {done.now.get('no_fit', 0):,}")
    if not done.came:
        _print_left_out(done.not_asked, done.left_out)
    if any(one.outcome == "unclear" for one in done.came):
        note("answers were lost: see `sluice enrich unclear`")
    for rest in done.resting:
        note(
            f"{rest.source} is asked nothing until {rest.until:%Y-%m-%d %H:%M} UTC;"
            f" `sluice enrich wake {rest.source}` ends that when the reason is gone"
        )


def run_json(done: RunReport) -> Mapping[str, Any]:
    """The same as JSON."""
    return {
        "budget": _price_json(done.budget),
        "spent": _price_json(done.spent),
        "charged": _prices_json([one.charged for one in done.came]),
        "questions": [
            {
                "source": one.source,
                "outcome": one.outcome,
                "count": one.count,
                "charged": _price_json(one.charged),
                "why": one.why,
            }
            for one in done.came
        ],
        "resting": [
            {"source": one.source, "until": one.until.isoformat(), "reason": one.reason}
            for one in done.resting
        ],
        "not_asked": dict(done.not_asked),
        "left_out": dict(done.left_out),
        "open": done.open_before,
        "settled": done.open_before - done.now.get("unknown", 0),
        "fit": done.now.get("fit", 0),
        "no_fit": done.now.get("no_fit", 0),
    }


def _prices_json(prices: Sequence[Price]) -> list[Mapping[str, str]]:
    return [_price_json(one) for one in sum_of(prices) if one.micros]


def _price_json(one: Price) -> Mapping[str, str]:
    return {"amount": str(one.units), "currency": one.currency}
