"""What follows from a disposition besides the relationship: suppression, signal, doubts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from leads.changes import Change
from leads.errors import UsageError
from leads.facts import Fact
from leads.store import Tx, desk_actions, fact_doubts, suppressions
from leads.store.fact_doubts import NewDoubt
from leads.store.facts import facts
from outreach.dispositions import DispositionRule
from outreach.run import suppress, suppression_ends
from outreach.run.queue_user import QueueUser
from outreach.run.suppress import Added


def suppress_at(
    tx: Tx,
    user: QueueUser,
    company_id: UUID,
    level: str,
    reason: str,
    until: datetime | None = None,
) -> tuple[Added, str]:
    """Suppress a company at a level, and say at which: a company that other clients could not
    recognise is suppressed for this client.
    """
    try:
        return _suppress(tx, user, company_id, level, reason, until), level
    except UsageError:
        return _suppress(tx, user, company_id, "client", reason, until), "client"


def _suppress(
    tx: Tx, user: QueueUser, company_id: UUID, level: str, reason: str, until: datetime | None
) -> Added:
    return suppress.add_company(
        tx,
        user.client_id,
        company_id,
        user.user,
        reason,
        user.secret,
        level=level,
        campaign_id=user.campaign_id if level == "campaign" else None,
        until=until,
    )


def end_expiring(tx: Tx, user: QueueUser, company_id: UUID) -> list[Change]:
    """End what dispositions of this campaign suppressed for a time."""
    changes: list[Change] = []
    ids = desk_actions.with_merged(tx, company_id)
    for some in desk_actions.of_companies(tx, user.campaign_id, ids).values():
        for one in some:
            rows = suppressions.find(tx, one.suppression_id) if one.suppression_id else []
            if rows and rows[0].level == "campaign" and rows[0].until:
                changes += suppression_ends.end(
                    tx, rows[0].request_id, user.client_id, "campaign", user.user, user.secret
                )
    return changes


def doubt_facts(
    tx: Tx,
    user: QueueUser,
    company_id: UUID,
    rule: DispositionRule,
    about: str | None,
    disposition_id: UUID,
) -> int:
    """Store which facts the company's word speaks against; how many.

    `about` is the value that is wrong; without it the first value of the card is meant.
    """
    held = facts.of_companies(tx, user.client_id, [company_id])[company_id]
    known = fact_doubts.of_companies(tx, user.client_id, [company_id]).get(company_id, {})
    held = [one for one in held if known.get(one.id) != "wrong"]
    made = NewDoubt(user.client_id, company_id, disposition_id, "wrong", user.user)
    wrong = [fact for name in rule.wrong for fact in _with_value(held, name, about)]
    fact_doubts.add(tx, made, wrong)
    made = NewDoubt(user.client_id, company_id, disposition_id, "contradicted", user.user)
    against = [one for one in held if one.attribute in rule.contradicts and one not in wrong]
    fact_doubts.add(tx, made, against)
    return len(wrong) + len(against)


def _with_value(held: list[Fact], name: str, about: str | None) -> list[Fact]:
    of_name = [one for one in held if one.attribute == name]
    if about is None:
        return [one for one in of_name if str(one.value) == str(of_name[0].value)]
    wanted = _squeezed(about)
    found = [one for one in of_name if _squeezed(str(one.value)) == wanted]
    if not found:
        shown = ", ".join(dict.fromkeys(str(one.value) for one in of_name)) or "none"
        raise UsageError(f"the card has no {name} {about!r}", f"it has: {shown}")
    return found


def _squeezed(text: str) -> str:
    """A value without what people leave out: `+49 30 1234` as `+49301234`."""
    return "".join(character for character in text.casefold() if character.isalnum())
