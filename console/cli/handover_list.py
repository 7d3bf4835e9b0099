"""`sluice handover list` and `report`: which answers are due, and what the client takes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions import handovers
from actions.handovers import Figures, Listed, Taken
from actions.session import open_session
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, plain
from console.cli.tables import table


def list_all(
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List hand-overs, overdue answers first.

    Example: sluice handover list
    """
    with open_session(user) as session:
        found = handovers.list_handovers(session, Where(client, campaign))
    rows = [_row(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "shown": "STATE",
        "company": "COMPANY",
        "sent_at": "SENT",
        "answer_by": "ANSWER BY",
        "answered_at": "ANSWERED",
        "reason": "REASON",
        "words": "WORDS",
    }
    shown = [one | {"shown": "overdue" if one["overdue"] else one["state"]} for one in rows]
    table(shown, columns, empty="no lead was handed over")


def report(
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Count what the client took and rejected, and why.

    Shares of fewer than 20 answers are left out.

    Example: sluice handover report
    """
    with open_session(user) as session:
        found = handovers.report(session, Where(client, campaign))
    if as_json:
        by_reply = [asdict(one) | _bounds(one) for one in found.by_reply]
        emit_json(asdict(found) | _bounds(found) | {"by_reply": by_reply})
    else:
        _show(found)


def _row(one: Listed) -> dict[str, Any]:
    row = asdict(one.row)
    return {"handover_id": row.pop("id")} | row | {"overdue": one.overdue}


def _show(found: Figures) -> None:
    emit(
        f"{found.sent:,} sent: {found.accepted:,} accepted, {found.rejected:,} rejected,"
        f" {found.open:,} open ({found.overdue:,} overdue)"
    )
    emit(f"accepted of those answered: {_share(found)}")
    for reason, count in found.reasons.items():
        emit(f"  rejected as {plain(reason)}: {count:,}")
    rows = [asdict(one) | {"share": _share(one)} for one in found.by_reply]
    columns = {
        "question": "QUESTION",
        "reply": "REPLY",
        "answered": "ANSWERED",
        "accepted": "ACCEPTED",
        "share": "SHARE",
    }
    if rows:
        table(rows, columns, empty="")


def _bounds(one: Figures | Taken) -> dict[str, float | None]:
    """The share with its 95 % interval; null where there are too few."""
    return {"share": one.share.value, "low": one.share.low, "high": one.share.high}


def _share(one: Figures | Taken) -> str:
    share = one.share
    return f"{share} ({share.range})" if share.range else str(share)
