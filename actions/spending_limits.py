"""What may be spent on sources: automatic budgets and caps, and questions that are unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.session import Session, Transaction
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.prices import Price
from leads.store import events, lists, seat
from leads.store.spending import budgets, caps, questions, turns, unsettled
from leads.store.spending.budgets import Budget
from leads.store.spending.caps import EVER, MONTH, Cap
from leads.store.spending.questions import StoredQuestion
from leads.store.spending.turns import Rest
from leads.yaml_mistakes import nearest
from sources.answers import ANSWERED, Outcome
from sources.currency import in_currency
from sources.run.catalog import every_source
from sources.run.giving_up import reconcile

#: Outcomes that are no answers.
_FAILURES = [one.value for one in Outcome if one not in ANSWERED]

__all__ = ["Cap", "Limits", "Rest", "StoredQuestion"]


@dataclass(frozen=True, slots=True)
class Spent:
    """A limit, and what of it is spent or set aside; several currencies are not added."""

    cap: Cap
    spent: Sequence[Price]


@dataclass(frozen=True, slots=True)
class Automatic:
    """What the background work of a campaign may spend in a month, and what it did."""

    campaign: str
    budget: Budget
    spent: Price


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of a client."""

    automatic: Sequence[Automatic]
    caps: Sequence[Spent]


def allow(
    session: Session, client: str, campaign: str | None, amount: Price, each: Price | None
) -> None:
    """Let the background work of a campaign ask sources, for at most an amount in each month."""
    check_currency(amount)
    if each is not None and each.currency != amount.currency:
        raise UsageError(
            f"the month is in {amount.currency}, the most for one company in {each.currency}",
            "give both in one currency",
        )
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(client, campaign)
        made = Budget(
            id=new_id(),
            client_id=client_id,
            campaign_id=campaign_id,
            automatic=True,
            amount=amount,
            for_company=each,
            by=work.actor.name,
            begun_at=now(),
        )
        budgets.add_budget(work.tx, made)
        _note(work, client_id, "automatic questions allowed", campaign_id, f"{amount} a month")


def forbid(session: Session, client: str, campaign: str | None) -> bool:
    """Let the background work of a campaign ask no sources; whether it might."""
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(client, campaign)
        was = budgets.end_automatic(work.tx, campaign_id)
        if was:
            _note(work, client_id, "automatic questions forbidden", campaign_id, "")
        return was


def put_cap(
    session: Session,
    client: str,
    amount: Price,
    *,
    monthly: bool,
    campaign: str | None = None,
    raw_list: str | None = None,
) -> None:
    """Put a cap on what may be spent for a client, or for one campaign or list of it."""
    check_currency(amount)
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id, list_id = _whose(work, client, campaign, raw_list)
        one = Cap(
            id=new_id(),
            client_id=client_id,
            campaign_id=campaign_id,
            list_id=list_id,
            period=MONTH if monthly else EVER,
            amount=amount,
            by=work.actor.name,
            at=now(),
        )
        caps.put_cap(work.tx, one)
        _note(work, client_id, "spending capped", campaign_id or list_id or client_id, str(amount))


def lift_cap(
    session: Session,
    client: str,
    *,
    monthly: bool,
    campaign: str | None = None,
    raw_list: str | None = None,
) -> None:
    """Lift a cap; NotFoundError if there is none."""
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id, list_id = _whose(work, client, campaign, raw_list)
        period = MONTH if monthly else EVER
        if not caps.drop_cap(work.tx, client_id, campaign_id, list_id, period):
            raise NotFoundError("there is no such cap", "see `sluice enrich limits`")
        _note(work, client_id, "spending cap lifted", campaign_id or list_id or client_id, "")


def limits(session: Session, client: str) -> Limits:
    """The limits of a client and what of each is spent."""
    at = now()
    with session.read(Right.LOOK) as work:
        client_id = work.client(client)
        automatic = [
            Automatic(name, one, budgets.spent_of_budget(work.tx, one, at))
            for name, one in budgets.automatic_of(work.tx, client_id)
        ]
        capped = [
            Spent(one, caps.spent_under(work.tx, one, at)) for one in caps.caps(work.tx, client_id)
        ]
    return Limits(automatic, capped)


def unclear(session: Session) -> Sequence[StoredQuestion]:
    """Questions that were sent and whose answer was lost: a person knows whether they are owed."""
    with session.read(Right.ADMINISTER) as work:
        work.check_every_client()
        return unsettled.unclear(work.tx)


def settle_unclear(session: Session, question: str, *, owed: bool) -> None:
    """Note whether the source charged an unclear question; NotFoundError if it is none."""
    with session.write(Right.ADMINISTER) as work:
        work.check_every_client()
        seat.lock_spending(work.tx)
        found = questions.question(work.tx, _id(question))
        if found is None or found.state != questions.State.UNCLEAR:
            raise NotFoundError(
                f"there is no unclear question {question[:40]!r}", "see `sluice enrich unclear`"
            )
        reconcile(work.tx, found, owed=owed)


def resting(session: Session) -> Sequence[Rest]:
    """The sources that are asked nothing for now, and why."""
    with session.read(Right.LOOK) as work:
        return [*turns.rests(work.tx).values()]


def wake(session: Session, source: str) -> None:
    """Let a source be asked again, also what it failed to answer.

    NotFoundError for an unknown source, and for one that has nothing to wake: no rest, no failed
    question that waits.
    """
    with session.write(Right.OPERATE) as work:
        names = [source] if ":" in source else [f"provider:{source}", f"register:{source}"]
        # A provider whose file is gone may still rest.
        rested = [one for one in names if turns.wake(work.tx, one)]
        waited = [one for one in names if unsettled.ask_failed_again(work.tx, one, _FAILURES)]
        if not rested and not waited:
            raise _not_resting(session, source, names)


def _not_resting(session: Session, source: str, names: Sequence[str]) -> NotFoundError:
    sources, broken = every_source(session.settings.home)
    known = sorted({*(one.card.name for one in sources), *broken})
    if set(names) & set(known):
        return NotFoundError(f"{source[:40]!r} does not rest", "see `sluice enrich limits`")
    by_word = {one.partition(":")[2]: one for one in known}
    word = nearest(source[:40].rpartition(":")[2], by_word)
    near = f"did you mean {by_word[word]}? " if word else ""
    return NotFoundError(
        f"there is no source {source[:40]!r}", f"{near}sources: {', '.join(known)}"
    )


def check_currency(amount: Price) -> None:
    """UsageError for a currency that no price could be converted to."""
    if in_currency(Price(1, "EUR"), amount.currency, now().date()) is None:
        raise UsageError(
            f"{amount.currency} is no currency that there are rates for", "such as EUR or USD"
        )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UsageError(
            f"{text[:40]!r} is no id of a question", "see `sluice enrich unclear`"
        ) from None


def _whose(
    work: Transaction, client: str, campaign: str | None, raw_list: str | None
) -> tuple[UUID, UUID | None, UUID | None]:
    if campaign is not None and raw_list is not None:
        raise UsageError("a cap is for a campaign or for a list", "give one of the two")
    if campaign is not None:
        client_id, campaign_id = work.campaign(client, campaign)
        return client_id, campaign_id, None
    client_id = work.client(client)
    if raw_list is None:
        return client_id, None, None
    return client_id, None, lists.find_list(work.tx, client_id, raw_list).id


def _note(work: Transaction, client_id: UUID, verb: str, thing_id: UUID, reason: str) -> None:
    line = events.Happened(
        verb=verb,
        thing="client" if thing_id == client_id else "campaign",
        thing_id=thing_id,
        who=work.actor.name,
        client_id=client_id,
        reason=reason,
    )
    events.log(work.tx, [line])
