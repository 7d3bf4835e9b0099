"""A batch of ask tasks: one question about each company, reserved, sent and settled."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from leads.changes import Change, CompaniesChanged, EntryFactsChanged, RecordsChanged
from leads.clock import now
from leads.errors import ServiceDownError
from leads.store import Tx
from leads.store.engine import NoRoomError
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from sources.answers import Answer, Outcome
from sources.run.applying import Applied
from sources.run.asks import Ask, Refused, Reserved
from sources.run.giving_up import release_unsent
from sources.run.reserving import reserve
from sources.run.settling import Answered, Settled, settle, use
from sources.source import Source
from workers.asking_jobs import AGAIN, Job, read_jobs
from workers.context import Context
from workers.giving_up import give_up
from workers.lost import LostLeaseError, finish_or_lose
from workers.pipeline import follow
from workers.source_http import SourceClient
from workers.source_offers import key_of
from workers.source_reuse import KEPT, Reused
from workers.source_talk import Talk, Ways
from workers.source_turns import TurnsOf
from workers.visiting import user_agent_of

#: Questions under way at a time in one process.
TOGETHER = 16
#: Answers that one transaction stores.
AT_ONCE = 50
#: When a source is worth asking again that wants fewer questions.
SOON = timedelta(seconds=30)


def ask_batch(context: Context, claimed: Sequence[Claimed]) -> None:
    """Ask one question about each company; each result and finish is committed together.

    Nothing is sent before its price is set aside, so a killed process owes nothing twice.
    """
    with context.store.read() as tx:
        jobs = read_jobs(tx, context, claimed)
    with context.store.write() as tx:
        for one in jobs.put_off:
            ledger.ask(tx, [one.again], one.task.trace_id, one.task.watchers)
        release_unsent(tx, [one.id for one in jobs.idle])
        finish_or_lose(tx, [*jobs.idle, *(one.task for one in jobs.put_off)])

    _use(context, [one for one in jobs.asking if one.unused])
    asking = [one for one in jobs.asking if not one.unused]
    reserved = _reserve(context, asking)
    if reserved:
        asyncio.run(_talk(context, {one.ask.task_id: one for one in reserved}, asking))


def _use(context: Context, jobs: Sequence[Job]) -> None:
    """Use answers that are there already, before anything is asked."""
    for job in jobs:
        with _alone(context, job), context.store.write() as tx:
            applied = use(
                tx,
                [(job.case, job.sources[one.source].card, one) for one in job.unused],
                job.budget,
                now(),
            )
            _finish(tx, job, applied.get(job.case.company_id, Applied()))


@contextmanager
def _alone(context: Context, job: Job) -> Iterator[None]:
    """Let an error cost this company its turn, and no other."""
    try:
        yield
    except (ServiceDownError, NoRoomError):
        raise
    except LostLeaseError:
        context.log("lost_answer", company=str(job.case.company_id))
    except Exception as error:
        give_up(context, [job.task], error)


def _reserve(context: Context, jobs: Sequence[Job]) -> list[Reserved]:
    """Set the prices of questions aside; a task whose question is refused ends."""
    by_task = {one.task.id: one for one in jobs}
    with context.store.write() as tx:
        asks = [
            Ask(
                case=one.case,
                card=one.source.card,
                budget=one.budget,
                campaign_id=one.campaign_id,
                task_id=one.task.id,
                attempt=one.task.attempt,
            )
            for one in jobs
        ]
        made = reserve(tx, asks, now()) if asks else []
        for one in made:
            if isinstance(one, Refused):
                job = by_task[one.ask.task_id]
                again = [job.soon()] if one.is_busy else []
                ledger.ask(tx, again, job.task.trace_id, job.task.watchers)
                finish_or_lose(tx, [job.task])
                context.log("not_asked", company=str(job.case.company_id), why=one.reason)
    return [one for one in made if isinstance(one, Reserved)]


async def _talk(context: Context, reserved: dict[UUID, Reserved], jobs: Sequence[Job]) -> None:
    """Ask what is reserved, and store the answers as they come."""
    slots = asyncio.Semaphore(TOGETHER)
    waiting = [one for one in jobs if one.task.id in reserved]
    done: list[tuple[Job, Answered]] = []

    async def one_question(job: Job, ways: Ways) -> None:
        mine = reserved[job.task.id]
        async with slots:
            try:
                done.append((job, await _answered(context, mine, job.source, ways)))
            except LostLeaseError:
                context.log("lost_question", company=str(job.case.company_id))
        if len(done) >= AT_ONCE:
            _store(context, done)

    agent = user_agent_of(context.settings, context.allowed)
    turns = TurnsOf(context)
    try:
        async with SourceClient(agent, context.allowed) as client:
            ways = Ways(client, turns, Reused(context.settings.home / KEPT))
            await asyncio.gather(*(one_question(one, ways) for one in waiting))
    finally:
        turns.give_back()
        _store(context, done)


async def _answered(context: Context, mine: Reserved, source: Source, ways: Ways) -> Answered:
    talk = Talk(context, mine, ways)
    answer = await talk.hold(source, key_of(source), now().date())
    return Answered(mine, answer, talk.has_sent, talk.may_be_owed)


def _store(context: Context, done: list[tuple[Job, Answered]]) -> None:
    """Store answers and finish their tasks; one that cannot be stored costs no other."""
    some, done[:] = list(done), []
    try:
        _store_together(context, some)
    except (ServiceDownError, NoRoomError):
        raise
    except Exception:
        for one in some:
            with _alone(context, one[0]):
                _store_together(context, [one])


def _store_together(context: Context, some: Sequence[tuple[Job, Answered]]) -> None:
    with context.store.write() as tx:
        settled = settle(tx, [one for _, one in some], now())
        for (job, answered), one in zip(some, settled, strict=True):
            _say(context, job, one)
            _finish(tx, job, one.applied, _wait_after(answered.answer))


def _say(context: Context, job: Job, one: Settled) -> None:
    context.log(
        "asked",
        source=job.source.card.name,
        company=str(one.company_id),
        outcome=one.outcome.value,
        why=one.why,
    )


def _wait_after(answer: Answer) -> timedelta:
    """How long a company waits for its next question."""
    if answer.outcome is not Outcome.RATE_LIMITED:
        return timedelta(0)
    # Our own limits leave a turn soon; a source that complains wants to be left alone.
    is_soon = answer.not_before is not None and answer.not_before - now() < AGAIN
    return AGAIN if is_soon else SOON


def _finish(tx: Tx, job: Job, applied: Applied, wait: timedelta = timedelta(0)) -> None:
    """Finish a task with what follows: a decision where facts changed, and the next question."""
    task = job.task
    if applied.is_changed:
        # The decision is asked for first: what is decided meanwhile is put off.
        follow(tx, _changes(job, applied), task.trace_id, task.watchers)
    ledger.ask(tx, [job.again(now() + wait)], task.trace_id, task.watchers)
    finish_or_lose(tx, [task])


def _changes(job: Job, applied: Applied) -> list[Change]:
    client_id, company_id = job.case.client_id, job.case.company_id
    changes: list[Change] = [CompaniesChanged(client_id, (company_id,))]
    matched_again = [client_id] if applied.has_new_domain else []
    changes += map(RecordsChanged, dict.fromkeys([*matched_again, *applied.clients]))
    if applied.entries:
        changes.append(EntryFactsChanged(applied.entries))
    changes += [CompaniesChanged(client, (company,)) for client, company in applied.others]
    return changes
