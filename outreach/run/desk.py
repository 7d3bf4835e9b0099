"""What an SDR does: take the next prospect, give it back, say what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leads.changes import Change, VerdictsChanged
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError
from leads.facts import Fact
from leads.store import Tx, companies, events, queue, verdicts
from leads.store.facts import facts
from leads.verdicts import VerdictRow
from outreach.card import card
from outreach.dispositions import rule, settle
from outreach.place import WELCOME, belongs
from outreach.run import refresh, suppress

#: How many rows are looked at again before one is handed out; more only when all of them turn out
#: suppressed.
LOOK_AT = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one campaign's queue."""

    client_id: UUID
    campaign_id: UUID
    user: str
    secret: bytes
    lease: timedelta


def take_next(tx: Tx, desk: Desk) -> dict[str, Any] | None:
    """The card of the best prospect that is free, leased to the user from now on; None when there
    is none.

    What the user holds already comes first: asking twice never hoards.
    """
    queue.one_at_a_time(tx, desk.campaign_id)
    return_expired(tx, desk)
    mine = queue.held_by(tx, desk.campaign_id, desk.user)
    if mine:
        return card_of(tx, desk, mine[0])
    while rows := queue.due(tx, desk.campaign_id, LOOK_AT):
        held = _first_free(tx, desk, rows)
        if held:
            line = f"until {held.until:%Y-%m-%d %H:%M} UTC"
            _log(tx, desk, "leased", held.company_id, line)
            return card_of(tx, desk, held)
    return None


def _first_free(tx: Tx, desk: Desk, rows: Sequence[dict[str, Any]]) -> queue.Held | None:
    # A suppression or a customers list may be newer than the row: ask again at the last moment.
    ids = [row["company_id"] for row in rows]
    refresh.refresh(tx, desk.client_id, desk.campaign_id, ids, desk.secret)
    still = queue.entries(tx, desk.campaign_id, ids)
    for row in rows:
        if still[row["company_id"]]["state"] == "ready" and (
            held := queue.take(tx, row, desk.user, desk.lease)
        ):
            return held
    return None


def release(tx: Tx, desk: Desk, company: str | None) -> UUID:
    """Give a prospect back to the queue; the company's id."""
    held = _held(tx, desk, company)
    _let_go(tx, desk, held, "released")
    _log(tx, desk, "released", held.company_id, "")
    return held.company_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an SDR reports."""

    kind: str
    note: str = ""
    at: datetime | None = None
    company: str | None = None


def done(tx: Tx, desk: Desk, said: Said) -> tuple[dict[str, Any], list[Change]]:
    """Close a lease with a disposition: what follows from it, and what changed.

    A lease that ran out still takes its holder's word as long as nobody else took the prospect;
    do_not_contact always.
    """
    given = rule(said.kind)
    held, ours = _held_or_lapsed(tx, desk, said.company, always=given.suppresses)
    company_id = companies.survivor(tx, desk.client_id, held.company_id)
    related = verdicts.relationships(tx, desk.campaign_id, [company_id]).get(company_id)
    outcome = settle(given, _attempts(tx, desk, company_id), said.note, now(), said.at)
    queue.dispose(tx, replace(held, company_id=company_id), given.name, said.note, outcome.again_at)
    state = outcome.relationship or (related.state if related else "untouched")
    reason = f"{outcome.reason}, said {desk.user}"
    verdicts.relate(
        tx, desk.client_id, desk.campaign_id, company_id, state, reason, outcome.again_at
    )
    changes: list[Change] = [VerdictsChanged(desk.client_id, desk.campaign_id, (company_id,))]
    if outcome.suppresses:
        changes += suppress.company(tx, desk.client_id, company_id, desk.user, reason, desk.secret)
    _close(tx, desk, held, ours=ours)
    _log(tx, desk, "disposed", company_id, reason)
    again = outcome.again_at.isoformat() if outcome.again_at else None
    name = companies.get(tx, desk.client_id, company_id)["name"]
    return {
        "company": name,
        "disposition": given.name,
        "relationship": state,
        "again_at": again,
        "suppressed": outcome.suppresses,
    }, changes


def _held_or_lapsed(
    tx: Tx, desk: Desk, company: str | None, *, always: bool
) -> tuple[queue.Held, bool | None]:
    """What the user speaks of; True while it is leased to them, False when it lapsed and is free,
    None when another has it now.
    """
    try:
        return _held(tx, desk, company), True
    except NotFoundError:
        wanted = companies.find(tx, desk.client_id, company)["id"] if company else None
        for held, untouched in queue.lapsed(tx, desk.campaign_id, desk.user):
            same = wanted in (None, companies.survivor(tx, desk.client_id, held.company_id))
            if same and (untouched or always):
                return held, False if untouched else None
        raise


def _attempts(tx: Tx, desk: Desk, company_id: UUID) -> int:
    """How often nobody answered, this time included: a prospect given back untouched is no attempt."""
    before = queue.dispositions(tx, desk.campaign_id, [company_id]).get(company_id, [])
    return 1 + sum(1 for one in before if one["kind"] == "no_answer")


def _close(tx: Tx, desk: Desk, held: queue.Held, *, ours: bool | None) -> None:
    if ours:
        _let_go(tx, desk, held, "done")
    else:
        queue.settle_lapsed(tx, held, None if ours is None else _place(tx, desk, held))


def reopen(tx: Tx, desk: Desk, company: str) -> list[Change]:
    """Open again what a disposition closed; NotAllowedError when a suppression stands against it."""
    found = companies.find(tx, desk.client_id, company)["id"]
    if why := refresh.suppressed_among(
        tx, desk.client_id, desk.campaign_id, [found], desk.secret
    ).get(found):
        raise NotAllowedError(f"it is suppressed: {why}", "only ending the suppression opens it")
    related = verdicts.relationships(tx, desk.campaign_id, [found]).get(found)
    state = related.state if related else "untouched"
    if state != "lost":
        raise NotAllowedError(
            f"no disposition closed it: it is {state.replace('_', ' ')}",
            "only what a disposition closed can be reopened",
        )
    verdicts.relate(
        tx, desk.client_id, desk.campaign_id, found, "untouched", f"reopened by {desk.user}"
    )
    _log(tx, desk, "reopened", found, "")
    return [VerdictsChanged(desk.client_id, desk.campaign_id, (found,))]


def return_expired(tx: Tx, desk: Desk) -> int:
    """Put back what was held too long; how many. One that somebody else puts back at the same
    moment is theirs.
    """
    back = [
        held
        for held in queue.expired(tx, desk.campaign_id)
        if queue.let_go(tx, held, "expired", _place(tx, desk, held))
    ]
    for held in back:
        _log(tx, desk, "lease expired", held.company_id, f"held by {held.user}")
    return len(back)


def card_of(tx: Tx, desk: Desk, held: queue.Held) -> dict[str, Any]:
    """The card of a prospect somebody holds."""
    lease = {"user": held.user, "since": held.since.isoformat(), "until": held.until.isoformat()}
    return show(tx, desk, companies.survivor(tx, desk.client_id, held.company_id), lease)


def show(tx: Tx, desk: Desk, company_id: UUID, lease: dict[str, Any]) -> dict[str, Any]:
    """The card of any company, with what came of it before."""
    held_facts = facts.of_companies(tx, desk.client_id, [company_id])[company_id]
    verdict = verdicts.in_force(tx, desk.campaign_id, [company_id]).get(company_id)
    row = queue.entries(tx, desk.campaign_id, [company_id]).get(company_id)
    before = queue.dispositions(tx, desk.campaign_id, [company_id]).get(company_id, [])
    of_members = facts.by_ids(tx, _elsewhere(verdict, held_facts)).values()
    made = card(
        companies.get(tx, desk.client_id, company_id), verdict, held_facts, lease, of_members
    )
    made["queue"] = (
        {"state": row["state"], "note": row["reason"]}
        if row
        else {"state": "out", "note": "not in the queue"}
    )
    made["queue"]["warns"] = made["queue"]["state"] == "leased" and made["queue"][
        "note"
    ] not in WELCOME | {""}
    made["history"] = [
        {
            "at": one["at"].isoformat(),
            "user": one["user"],
            "disposition": one["kind"],
            "note": one["note"],
        }
        for one in before
    ]
    return made


def _elsewhere(verdict: VerdictRow | None, held: Sequence[Fact]) -> list[UUID]:
    """The facts a verdict rests on that are not the company's own."""
    own = {fact.id for fact in held}
    return (
        [one for text in verdict.fact_ids if (one := UUID(text)) not in own]
        if verdict and verdict.rolled_up
        else []
    )


def _held(tx: Tx, desk: Desk, company: str | None) -> queue.Held:
    return_expired(tx, desk)
    mine = queue.held_by(tx, desk.campaign_id, desk.user)
    if company is not None:
        wanted = companies.find(tx, desk.client_id, company)["id"]
        mine = [
            held
            for held in mine
            if companies.survivor(tx, desk.client_id, held.company_id) == wanted
        ]
    if not mine:
        raise NotFoundError(
            f"{desk.user} holds no prospect{' of that name' if company else ''}",
            "take one with `sluice queue next --as NAME`",
        )
    return mine[0]


def _let_go(tx: Tx, desk: Desk, held: queue.Held, how: str) -> None:
    if not queue.let_go(tx, held, how, _place(tx, desk, held)):
        raise NotAllowedError(
            "the lease has ended meanwhile", "take the prospect again with `sluice queue next`"
        )


def _place(tx: Tx, desk: Desk, held: queue.Held) -> queue.Place:
    standing = refresh.standings(
        tx, desk.client_id, desk.campaign_id, [held.company_id], desk.secret
    )[held.company_id]
    verdict = verdicts.brief(tx, desk.campaign_id, [held.company_id]).get(held.company_id)
    return refresh.place(held.company_id, belongs(standing), verdict)


def _log(tx: Tx, desk: Desk, verb: str, company_id: UUID, reason: str) -> None:
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=company_id,
        client_id=desk.client_id,
        who=desk.user,
        reason=reason,
    )
    events.log(tx, [line])
