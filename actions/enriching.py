"""Plan and run questions to registers and paid providers about a campaign's open companies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff
from actions.session import Session, Transaction
from actions.spending_limits import check_currency
from leads.changes import IcpChanged
from leads.clock import now
from leads.ids import new_id
from leads.prices import Price
from leads.store import companies, events, verdicts
from leads.store.ledger import tasks as ledger
from leads.store.spending import budgets, experience, turns
from leads.store.spending.budgets import Budget
from leads.store.spending.experience import Came
from leads.store.spending.turns import Rest
from sources.answers import ANSWERED
from spiders.limits import check_user_agent
from workers.ask_tasks import ask_task
from workers.asking_plan import Outlook, outlook_of
from workers.asking_run import work_off_asking
from workers.context import Context
from workers.inline import work_off_own
from workers.pipeline import CHEAP

#: Plans of one run.
_PLANS = 5
#: The reason when the setting `user_agent` is missing.
_UNSAID = "no source is asked before you say who asks"

__all__ = [
    "Came",
    "Outlook",
    "Planned",
    "RunReport",
    "Started",
    "plan_as_it_stands",
    "plan_run",
    "run",
    "run_within",
    "start_run",
]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a run would ask, and what it expects."""

    outlook: Outlook
    #: Names of the companies that are asked about, by id.
    names: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run asked, what it cost, and which verdicts it settled."""

    budget: Price
    spent: Price
    #: By source and outcome.
    came: Sequence[Came]
    #: Open companies before, and what they are now: `fit`, `no_fit`, `unknown`.
    open_before: int
    now: Mapping[str, int]
    work: WorkedOff
    #: Sources that are asked nothing for a while: of those it asked or wants to ask, or of all if it
    #: asked nothing.
    resting: Sequence[Rest]
    #: As the last plan says: companies that are asked nothing by reason, and sources with theirs.
    not_asked: Mapping[str, int]
    left_out: Mapping[str, str]

    @property
    def got_nothing(self) -> bool:
        """Whether questions were asked, and none of them was answered."""
        return bool(self.came) and not any(one.outcome in ANSWERED for one in self.came)


@dataclass(frozen=True, slots=True)
class Started:
    """A run that workers do: its budget, and how many companies it asks about first."""

    id: UUID
    budget: Price
    asked: int
    #: Companies for which answers are there already, at no cost.
    answered: int


def plan_run(
    session: Session, client: str, campaign: str | None, amount: Price, each: Price | None
) -> Planned:
    """Say what a run would ask, and what that is expected to cost and to settle; asks nothing."""
    check_currency(amount)
    _bring_up_to_date(session, session.context(), client, campaign)
    return plan_as_it_stands(session, client, campaign, amount, each)


def plan_as_it_stands(
    session: Session, client: str, campaign: str | None, amount: Price, each: Price | None
) -> Planned:
    """The same from the verdicts as they are, without deciding any again."""
    check_currency(amount)
    with session.read(Right.LOOK) as work:
        client_id, campaign_id = work.campaign(client, campaign)
        made = _budget(work, client_id, campaign_id, amount, each)
        some = verdicts.open_companies(work.tx, client_id, campaign_id)
        found = outlook_of(work.tx, session.context(), made, some)
        return Planned(found, companies.names_of(work.tx, found.asked))


def run(
    session: Session, client: str, campaign: str | None, amount: Price, each: Price | None
) -> RunReport:
    """Ask what is worth its price until the budget ends or nothing more can settle a verdict."""
    check_currency(amount)
    check_user_agent(session.settings["user_agent"], _UNSAID)
    return run_within(session, session.context(), client, campaign, amount, each)


def run_within(
    session: Session,
    context: Context,
    client: str,
    campaign: str | None,
    amount: Price,
    each: Price | None,
) -> RunReport:
    """The same with a context of its own: the demo reaches hosts of this machine alone."""
    _bring_up_to_date(session, context, client, campaign)
    budget, some = _begun(session, client, campaign, amount, each)
    try:
        ended, outlook = _asked(session, context, budget)
    finally:
        with session.write(Right.MANAGE) as work:
            budgets.end_budget(work.tx, budget.id)

    with session.read(Right.LOOK) as work:
        rows = verdicts.brief(work.tx, budget.campaign_id, some)
        came = experience.outcomes(work.tx, budget.id)
        rests = turns.rests(work.tx)
        wanted = {row.source for row in came}.union(outlook.sources) if came else set(rests)
        return RunReport(
            budget=amount,
            spent=budgets.spent_of_budget(work.tx, budget, now()),
            came=came,
            resting=[rests[one] for one in sorted(wanted & set(rests))],
            open_before=len(some),
            now=Counter(row.verdict for row in rows.values()),
            work=ended,
            not_asked=outlook.not_asked,
            left_out=outlook.left_out,
        )


def start_run(
    session: Session, client: str, campaign: str | None, amount: Price, each: Price | None
) -> Started:
    """Let workers ask what is worth its price; the run ends when they have nothing left to ask."""
    check_currency(amount)
    check_user_agent(session.settings["user_agent"], _UNSAID)
    budget, some = _begun(session, client, campaign, amount, each)
    outlook = _ask_about(session, session.context(), budget, some)
    return Started(budget.id, amount, len(outlook.asked), len(outlook.answered))


def _begun(
    session: Session, client: str, campaign: str | None, amount: Price, each: Price | None
) -> tuple[Budget, Sequence[UUID]]:
    """Store the budget in place of the campaign's last run; with it, the open companies."""
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(client, campaign)
        budget = _budget(work, client_id, campaign_id, amount, each)
        budgets.end_runs(work.tx, campaign_id)
        budgets.add_budget(work.tx, budget)
        _note(work, budget)
        return budget, verdicts.open_companies(work.tx, client_id, campaign_id)


def _asked(session: Session, context: Context, budget: Budget) -> tuple[WorkedOff, Outlook]:
    """Plan and ask until nothing is worth asking, or a plan asks nothing new: what the first
    questions taught makes others worth their price, or worth it no more. With the last plan.
    """
    done = 0
    for _ in range(_PLANS):
        with session.read(Right.LOOK) as work:
            some = verdicts.open_companies(work.tx, budget.client_id, budget.campaign_id)
            before = experience.outcomes(work.tx, budget.id)
        outlook = _ask_about(session, context, budget, some)
        ended = work_off_asking(context, budget)
        done += ended.done
        with session.read(Right.LOOK) as work:
            if experience.outcomes(work.tx, budget.id) == before:
                break
    return replace(ended, done=done), outlook


def _ask_about(
    session: Session, context: Context, budget: Budget, company_ids: Sequence[UUID]
) -> Outlook:
    """Ask for the tasks of the companies that are worth a question; planned before it writes."""
    with session.read(Right.LOOK) as work:
        outlook = outlook_of(work.tx, context, budget, company_ids)
    with session.write(Right.MANAGE) as work:
        wanted = [ask_task(budget, one) for one in outlook.worth_asking]
        ledger.ask(work.tx, wanted, session.trace_id)
    return outlook


def _bring_up_to_date(
    session: Session, context: Context, client: str, campaign: str | None
) -> None:
    """Update the verdicts first, so that no fact is bought that they no longer need."""
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(client, campaign)
        work.follow([IcpChanged(client_id, campaign_id)])
    work_off_own(context, CHEAP, client_id)


def _budget(
    work: Transaction, client_id: UUID, campaign_id: UUID, amount: Price, each: Price | None
) -> Budget:
    return Budget(
        id=new_id(),
        client_id=client_id,
        campaign_id=campaign_id,
        automatic=False,
        amount=amount,
        for_company=each,
        by=work.actor.name,
        begun_at=now(),
    )


def _note(work: Transaction, budget: Budget) -> None:
    line = events.Happened(
        verb="sources asked",
        thing="campaign",
        thing_id=budget.campaign_id,
        who=work.actor.name,
        client_id=budget.client_id,
        data={"budget": str(budget.amount)},
    )
    events.log(work.tx, [line])
