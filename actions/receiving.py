"""Take in what comes to an inbox: once each, bounded, with the rights of who added the inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from actions.actor import Right
from actions.session import Installation, Session
from actions.where import Where
from leads.errors import NotFoundError, SluiceError
from leads.inboxes import Inbox
from leads.masking import mask
from leads.store import inbox_messages, inboxes

#: Why something is turned away.
UNLIKE = "its headers are not those of a signed message"
STALE = "its time is more than 5 minutes off"
UNSIGNED = "its signature is wrong"
FULL = "too much came within an hour"
TRAPPED = "a program filled in the form"
FOREIGN = "it is from a site that is not named"
TOO_LARGE = "it is too large"
OFTEN = "too much came from one address"
BUSY = "it is being taken in"
UNANSWERED = "the user who added the inbox may not manage the client any more"
#: Characters of a reason that are kept.
_LONGEST = 200
#: Texts shorter than this are parts of other words.
_SHORTEST = 3


class TurnedAwayError(SluiceError):
    """What came in is turned away."""

    code = "turned_away"

    def __init__(self, reason: str, status: int, hint: str = "", *, wait: int = 0) -> None:
        """`status`: of the HTTP answer; `wait`: seconds until it may be sent again, 0: never."""
        super().__init__(reason, hint)
        self.status, self.wait = status, wait


@dataclass(frozen=True, slots=True)
class Addressed:
    """The inbox at an address, and whose it is."""

    inbox: Inbox
    where: Where


def inbox_at(installation: Installation, kind: str, name: str) -> Addressed:
    """The inbox of a kind with that name; NotFoundError when there is none."""
    with installation.store.read() as tx:
        found = inboxes.named(tx, name[:100])
    if found is None or found[0].kind != kind:
        raise NotFoundError("there is nothing at this address")
    inbox, client, campaign = found
    return Addressed(inbox, Where(client, campaign))


def session_of(installation: Installation, inbox: Inbox) -> Session:
    """The session of the user who answers for an inbox, at its client only."""
    return installation.session(inbox.by, only_client=inbox.client_id)


def once(
    session: Session,
    inbox: Inbox,
    message_id: str,
    said: Iterable[str],
    act: Callable[[], str],
) -> str:
    """Do what a message asks for, unless it was done; the state of the message.

    A message that is refused may come again. `said`: texts of the message, which are not kept.
    """
    _check_rights(session, inbox)
    with session.write(Right.MANAGE) as work:
        known = inbox_messages.state_of(work.tx, inbox.id, message_id)
        if known in ("accepted", "left"):
            return known
        if known is not None:
            raise TurnedAwayError(BUSY, 409, "send it again", wait=30)
        if inbox_messages.is_full(work.tx, inbox):
            raise TurnedAwayError(FULL, 429, "send it again later", wait=600)
        if not inbox_messages.take(work.tx, inbox, message_id):
            raise TurnedAwayError(BUSY, 409, "send it again", wait=30)

    state, reason = "refused", "it failed here; the server's log says why"
    try:
        state, reason = act(), ""
    except SluiceError as error:
        reason = _without(error.message, said)
        raise
    finally:
        with session.store.write() as tx:
            inbox_messages.settle(tx, inbox.id, message_id, state, reason)
    return state


def _check_rights(session: Session, inbox: Inbox) -> None:
    try:
        # A session without a name would be that of the server's own user.
        if inbox.by:
            with session.read(Right.MANAGE):
                return
    except SluiceError as error:
        if error.code != "not_allowed":
            raise
    raise TurnedAwayError(UNANSWERED, 403, "a manager adds the inbox again")


def _without(text: str, said: Iterable[str]) -> str:
    """A reason without the words of a message: they may be a person's."""
    for one in sorted({part.strip() for part in said}, key=len, reverse=True):
        if len(one) >= _SHORTEST:
            text = text.replace(one, "…").replace(one[:80], "…")
    return mask(text)[:_LONGEST]
