"""Take in the forms of the client's web sites."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence

from actions.consents import Given, give
from actions.inbox_forms import TRAP
from actions.inbox_rules import origin_of
from actions.receiving import FOREIGN, TRAPPED, Addressed, TurnedAwayError, once, session_of
from actions.session import Installation, Session
from actions.signals import SignalToAdd, add_signal
from engage.signals.raised_hands import OPT_IN
from intake.inbound import Arrival, arrival
from intake.messages import read_form
from leads.clock import now
from leads.errors import UsageError
from leads.inboxes import Inbox
from leads.lexicon.emails import parse_email

__all__ = ["TRAPPED", "check_origin", "receive_form"]

_CHANNEL = "landing_page"
#: What browsers and programs send for a box that is not ticked.
_NO = frozenset({"", "0", "no", "off", "false"})


def check_origin(inbox: Inbox, origin: str, referer: str) -> str:
    """The site that a form was sent from; TurnedAwayError unless the inbox names it."""
    found = origin_of(origin or referer)
    if found is None or found not in inbox.rules.origins:
        raise TurnedAwayError(FOREIGN, 403, "add the site with --origin")
    return found


def receive_form(
    installation: Installation, at: Addressed, origin: str, pairs: Sequence[tuple[str, str]]
) -> str:
    """Record that somebody filled in a form, and what they agreed to; the state of the form.

    UsageError only for what the form itself lacks.
    """
    if any(name == TRAP and value for name, value in pairs):
        raise TurnedAwayError(TRAPPED, 200)
    fields = read_form(pairs, at.inbox.rules.fields)
    _check_email(fields)
    company = _company(fields)
    session = session_of(installation, at.inbox)
    message_id = _id_of(session, fields)
    source = f"inbox {at.inbox.name}"
    agreed = bool(at.inbox.rules.consent) and fields.get("consent", "").casefold() not in _NO

    def record(kind: str, external_id: str) -> None:
        signal = SignalToAdd(
            company=company,
            kind=kind,
            name=fields.get("company", ""),
            channel=_CHANNEL,
            external_id=external_id,
            link=origin,
            inbound=True,
            source=source,
        )
        add_signal(session, at.where, signal)

    def act() -> str:
        # First, as it refuses a company that was erased: nothing of its people is stored.
        record(at.inbox.rules.signal_kind, message_id)
        if agreed and _consent(session, at, fields, origin):
            record(OPT_IN, f"{message_id} consent")
        return "accepted"

    try:
        return once(session, at.inbox, message_id, fields.values(), act)
    except UsageError:
        # The reason is kept for the manager. It would tell a visitor whom the client knows, or who
        # asked to be erased.
        return "refused"


def _consent(session: Session, at: Addressed, fields: Mapping[str, str], origin: str) -> bool:
    """Record the consent for the address and the number of a form; False: it has neither."""
    is_stored = False
    for name in ("email", "phone"):
        if name not in fields:
            continue
        given = Given(
            whom=fields[name],
            words=at.inbox.rules.consent,
            source=f"form {at.inbox.name} at {origin}",
            who=fields.get("name", ""),
        )
        try:
            give(session, at.where.client, given, dry_run=False)
        except UsageError:
            # A number that nobody could call is no reason to lose a lead.
            if name == "email":
                raise
            continue
        is_stored = True
    return is_stored


def _check_email(fields: Mapping[str, str]) -> None:
    if "email" in fields and parse_email(fields["email"]) is None:
        raise UsageError(
            "The e-mail address is not complete.", "Correct it and send the form again."
        )


def _company(fields: Mapping[str, str]) -> str:
    """The company that a form names: by its site, the address of who filled it in, or its name."""
    some = [fields[one] for one in ("website", "email", "company") if one in fields]
    for text in some:
        if isinstance(arrival(text), Arrival):
            return text
    raise UsageError(
        "The form names no company.", "Fill in its name, its web site or your address there."
    )


def _id_of(session: Session, fields: Mapping[str, str]) -> str:
    """The same form on the same day is one form; nobody reads from its id what it says."""
    said = json.dumps([f"{now():%Y-%m-%d}", sorted(fields.items())])
    made = hmac.digest(session.secret, f"sluice form {said}".encode(), hashlib.sha256)
    return made.hex()[:40]
