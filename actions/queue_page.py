"""Everything that the page of the queue shows, seen at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from actions import queue
from actions.actor import Right
from actions.card_interest import with_interest
from actions.desk import RENEW_EVERY
from actions.own_day import OwnDay, day_of
from actions.queue_views import QueueRows, waiting_for
from actions.session import Session, check_actor
from actions.where import Where, queue_user
from leads.clock import now
from leads.store import Tx, company_search, leases, queue_lines
from leads.store.queue_lines import QueueLine
from outreach.card import Card
from outreach.dispositions import DispositionRule
from outreach.run import cards, rules
from outreach.run.queue_user import QueueUser

__all__ = ["Card", "QueuePage", "queue_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """What the actor holds, the first prospects that wait, the actor's day, and one card."""

    held: Sequence[QueueLine]
    #: None: not asked for.
    waiting: QueueRows | None
    today: OwnDay
    #: The dispositions that a person chooses from.
    rules: Sequence[DispositionRule]
    #: None: no company is named, and none is held.
    card: Card | None


def queue_page(session: Session, where: Where, company_id: UUID | None, waiting: int) -> QueuePage:
    """Show the queue with the card of a company; without one, that of the first one held.

    `waiting`: so many rows of what waits; 0: the caller has them.

    Who looks at a card that is held is at work: every lease of the actor lasts on.
    """
    with session.read() as work:
        check_actor(work.actor, Right.LOOK)
        user = queue_user(work, where)
        held = queue_lines.held(work.tx, user.seat)
        wanted = company_id or (held[0].company_id if held else None)
        mine = next((one for one in held if one.company_id == wanted), None)
        if mine:
            check_actor(work.actor, Right.WORK_QUEUE)
        found = QueuePage(
            held=held,
            waiting=_waiting(work.tx, user, waiting),
            today=day_of(work.tx, user),
            rules=[one for one in _rules(work.tx, user) if one.chosen],
            card=_card(work.tx, user, wanted, mine) if wanted else None,
        )
    if mine and mine.until and mine.until < now() + user.lease - RENEW_EVERY:
        # Only now: to renew at each look would let all who look wait for each other.
        return _renewed(session, where, found, mine.company_id)
    return found


def _waiting(tx: Tx, user: QueueUser, most: int) -> QueueRows | None:
    return waiting_for(tx, user, most) if most else None


def _rules(tx: Tx, user: QueueUser) -> Iterable[DispositionRule]:
    return rules.in_force(tx, user.client_id).rules.values()


def _card(tx: Tx, user: QueueUser, company_id: UUID, mine: QueueLine | None) -> Card:
    if mine is None:
        known = company_search.find(tx, user.client_id, str(company_id)).id
        card = cards.card_of(tx, user, known)
    else:
        live = leases.live(tx, user.campaign_id, user.user)
        lease = next(one for one in live if one.entry_id == mine.id)
        card = cards.card_of_lease(tx, user, lease)
    return with_interest(tx, user, [card])[0]


def _renewed(session: Session, where: Where, found: QueuePage, company_id: UUID) -> QueuePage:
    card = queue.held_card(session, where, str(company_id))
    until = card.lease.until if card.lease else None
    return replace(found, card=card, held=[replace(one, until=until) for one in found.held])
