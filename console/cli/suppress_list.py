"""`sluice suppress list`: a table of suppressions."""

from __future__ import annotations

from actions import suppressions
from actions.session import open_session
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import emit_json
from console.cli.suppress import row_json
from console.cli.tables import table


def list_all(
    client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """List a client's suppressions.

    Those of the agency and the law are included.

    Example: sluice suppress list --json
    """
    with open_session(user) as session:
        rows = [row_json(one) for one in suppressions.list_all(session, client)]

    if as_json:
        emit_json(rows)
        return
    columns = {
        "subject": "WHOM",
        "kind": "KIND",
        "level": "LEVEL",
        "channel": "CHANNEL",
        "by": "BY",
        "at": "SINCE",
        "until": "UNTIL",
        "request_id": "REQUEST",
    }
    # One line for each suppression, under however many forms it is recognised.
    by_request = {row["request_id"]: row for row in rows}
    for row in by_request.values():
        row["subject"] = row["subject"] or "(erased)"
        row["channel"] = row["channel"] or "all"
    table(list(by_request.values()), columns, empty="there are no suppressions")
