"""What ask tasks are about, and which question each asks next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from leads.clock import now
from leads.prices import Price
from leads.store import Tx
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.spending import budgets, questions, turns
from leads.store.spending.budgets import Budget
from leads.store.spending.questions import StoredQuestion
from outreach.run.site_visits import companies_to_visit
from sources.planner.offer import OpenCompany
from sources.planner.plan import plan
from sources.question_keys import known_by
from sources.run.cases import Case, read_cases
from sources.run.purse import room
from sources.source import Source
from workers.ask_tasks import ask_task
from workers.context import Context
from workers.open_companies import OpenVerdict, experience_of, open_verdicts
from workers.source_offers import Offered, offers_of, sources_of

#: When a company is worth looking at again that is being decided, or asked about by another task.
AGAIN = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One company, and the question that is worth most now, or answers that are there."""

    task: Claimed
    case: Case
    campaign_id: UUID
    budget: Budget
    source: Source
    sources: Mapping[str, Source]
    #: Answers to use; then nothing is asked.
    unused: tuple[StoredQuestion, ...]

    def again(self, at: datetime) -> Wanted:
        """The task that goes on with this company, not before a time."""
        return ask_task(self.budget, self.case.company_id, at)

    def soon(self) -> Wanted:
        """The same, when another task that asks the same may have its answer."""
        return self.again(now() + AGAIN)


@dataclass(frozen=True, slots=True)
class PutOff:
    """A task that is worth asking for again a little later."""

    task: Claimed
    again: Wanted


@dataclass(slots=True)
class Jobs:
    """What becomes of the tasks of a batch."""

    asking: list[Job] = field(default_factory=list)
    put_off: list[PutOff] = field(default_factory=list)
    #: Tasks that have nothing to ask.
    idle: list[Claimed] = field(default_factory=list)


def read_jobs(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> Jobs:
    """The questions to ask, and the tasks that ask none."""
    by_budget: dict[UUID, dict[UUID, Claimed]] = {}
    for one in claimed:
        budget_id, _, company_id = one.key.partition(":")
        by_budget.setdefault(UUID(budget_id), {})[UUID(company_id)] = one

    offered = sources_of(context.settings, turns.rests(tx), now())
    found = Jobs()
    for one_budget, tasks in by_budget.items():
        budget = budgets.budget(tx, one_budget)
        if budget is not None:
            _add_jobs(tx, context, found, budget, tasks, offered)
    busy = {one.task.id for some in (found.asking, found.put_off) for one in some}
    found.idle = [one for one in claimed if one.id not in busy]
    return found


def _add_jobs(
    tx: Tx,
    context: Context,
    found: Jobs,
    budget: Budget,
    tasks: Mapping[UUID, Claimed],
    offered: Offered,
) -> None:
    at, sources = now(), offered.sources
    # What was sent before is settled first, even if the budget has ended since.
    resumed = _resumed(tx, tasks, sources)
    left = _left(budget, tasks, resumed)
    outdated = _outdated(tx, budget, left)
    wanted = companies_to_visit(tx, budget.client_id, sorted(left - outdated))
    waiting = open_verdicts(tx, budget.campaign_id, sorted(wanted))
    every = sorted({*waiting, *resumed})
    own = {one: task.id for one, task in tasks.items()}
    cases = read_cases(tx, budget.client_id, every, sources, context.secret, at, own)
    fresh = [case for one, case in cases.items() if one in waiting]
    asking = {case.company_id: case for case in fresh if not case.unused}
    chosen = _chosen(tx, context, budget, asking, waiting, sources, at)

    later = dict.fromkeys(outdated, at + AGAIN) | _later(asking, chosen, offered, at)
    for one, when in sorted(later.items()):
        found.put_off.append(PutOff(tasks[one], ask_task(budget, one, when)))
    made = _Maker(tasks, budget, sources)
    found.asking += [made.job(case) for case in fresh if case.unused]
    asked = {one: source for one, source in chosen.items() if one not in later} | resumed
    found.asking += [made.job(cases[one], asked[one]) for one in sorted(set(asked) & set(cases))]


def _left(budget: Budget, tasks: Iterable[UUID], resumed: Collection[UUID]) -> set[UUID]:
    """The companies that a new question may be asked about: none, once the budget has ended."""
    return set(tasks) - set(resumed) if budget.ended_at is None else set()


def _later(
    asking: Mapping[UUID, Case], chosen: Mapping[UUID, str], offered: Offered, at: datetime
) -> dict[UUID, datetime]:
    """The companies that wait, and until when: for another task's answer, or for a source that
    rests for a moment. What that would answer is not bought elsewhere meanwhile.
    """
    found = {one: at + AGAIN for one, case in asking.items() if case.is_awaited}
    for one, source in chosen.items():
        found.pop(one, None)
        if source in offered.resting:
            found[one] = offered.resting[source]
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the jobs of one budget."""

    tasks: Mapping[UUID, Claimed]
    budget: Budget
    sources: Mapping[str, Source]

    def job(self, case: Case, source: str = "") -> Job:
        """The job to ask a source; without one, to use the answers that are there."""
        name = source or case.unused[0].source
        return Job(
            task=self.tasks[case.company_id],
            case=case,
            campaign_id=self.budget.campaign_id,
            budget=self.budget,
            source=self.sources[name],
            sources=self.sources,
            unused=() if source else case.unused,
        )


def _resumed(
    tx: Tx, tasks: Mapping[UUID, Claimed], sources: Mapping[str, Source]
) -> dict[UUID, str]:
    """The sources of questions that the tasks sent before, by company."""
    begun = questions.open_of_tasks(tx, [one.id for one in tasks.values()])
    sent = {id_: one.source for id_, one in begun.items() if one.state == questions.State.SENT}
    found = {one: sent[task.id] for one, task in tasks.items() if task.id in sent}
    return {one: source for one, source in found.items() if source in sources}


def _outdated(tx: Tx, budget: Budget, company_ids: Collection[UUID]) -> set[UUID]:
    """Companies that are about to be decided again: what is bought now may be needed no more."""
    if ledger.unfinished_keys(tx, "dedupe", [str(budget.client_id)]):
        return set(company_ids)
    keys = {f"{budget.campaign_id}:{one}": one for one in company_ids}
    return {keys[key] for key in ledger.unfinished_keys(tx, "qualify", keys)}


def _chosen(
    tx: Tx,
    context: Context,
    budget: Budget,
    cases: Mapping[UUID, Case],
    waiting: Mapping[UUID, OpenVerdict],
    sources: Mapping[str, Source],
    at: datetime,
) -> dict[UUID, str]:
    """The source to ask about each company, where any is worth it."""
    if not cases:
        return {}
    left = budget.amount - _least(budgets.spent_of_budget(tx, budget, at), budget.amount)
    capped = room(tx, budget.client_id, budget.campaign_id, budget.amount.currency, at)
    left = left if capped is None else _least(left, capped)
    offers, _ = offers_of(sources, budget.amount.currency, at.date())
    whose = (budget.client_id, budget.campaign_id, tuple(sorted(sources)))
    learned = context.learned.of(whose, lambda: experience_of(tx, *whose))
    spent = budgets.spent_on_companies(tx, budget, sorted(cases))
    nothing = Price(0, budget.amount.currency)
    companies = [
        open_company(case, waiting[one], spent.get(one, nothing)) for one, case in cases.items()
    ]
    made = plan(companies, offers, learned, left, budget.for_company)
    return {UUID(key): question.source for key, question in made.next}


def _least(one: Price, other: Price) -> Price:
    return min(one, other, key=lambda price: price.micros)


def open_company(case: Case, waiting: OpenVerdict, spent: Price) -> OpenCompany:
    """A company as the planner weighs it."""
    return OpenCompany(
        key=str(case.company_id),
        country=case.subject.country,
        known_by=known_by(case.subject),
        fits_by=waiting.fits_by,
        ends_by=waiting.ends_by,
        asked=case.asked,
        spent=spent,
    )
