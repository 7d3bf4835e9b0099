"""`sluice queue mine`: what a user holds, and the call-backs that the user promised."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions import queue_views
from actions.queue_views import Mine, QueueLine
from actions.session import open_session
from console.cli.moments import Zone, shown, user_zone
from console.cli.options import AsJson, UserName
from console.cli.output import emit_json
from console.cli.own_queue import QueueCampaign, QueueClient, own_queue, own_zone
from console.cli.tables import table


def mine(
    user: UserName = None,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """List the prospects you hold and your call-backs.

    Call-backs are listed by time. An asterisk marks those that are due.

    Example: sluice queue mine --as ann
    """
    with open_session(user) as session:
        found = queue_views.mine(session, own_queue(session, client, campaign))
        zone_name = own_zone(session, None)

    if as_json:
        emit_json(
            {
                "held": [_line(one, found) for one in found.held],
                "call_backs": [_line(one, found) for one in found.call_backs],
            }
        )
        return
    zone = user_zone(zone_name)
    held = [
        {
            "name": one.name,
            "until": one.until and shown(one.until, zone),
            "local": found.local_times[one.company_id].words,
        }
        for one in found.held
    ]
    columns = {"name": "YOU HOLD", "until": "UNTIL", "local": "LOCAL TIME"}
    table(held, columns, empty="you hold no prospect")
    back = [
        {"name": one.name, "when": _when(one, zone), "there": found.at_call_back[one.company_id]}
        for one in found.call_backs
    ]
    columns = {"name": "CALL BACK", "when": "AT", "there": "THERE"}
    table(back, columns, empty="you promised no call-back")


def _when(line: QueueLine, zone: Zone) -> str:
    if line.not_before is None:
        return ""
    return f"{'* ' if line.is_due else ''}{shown(line.not_before, zone)}"


def _line(line: QueueLine, found: Mine) -> dict[str, Any]:
    return {
        "company_id": line.company_id,
        "name": line.name,
        "until": line.until,
        "token": line.token,
        "at": line.not_before,
        "promised_by": line.promised_by,
        "shared_at": line.shared_at,
        "due": line.is_due,
        "local_time": asdict(found.local_times[line.company_id]),
    }
