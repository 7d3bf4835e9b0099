"""`sluice enrich unclear` and `settle`: questions whose answer was lost with their process."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import spending_limits
from actions.session import open_session
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json
from console.cli.tables import table
from leads.errors import UsageError

_COLUMNS = {"id": "QUESTION", "source": "SOURCE", "price": "PRICE", "sent": "SENT", "reason": "WHY"}


def unclear(user: UserName = None, as_json: AsJson = False) -> None:
    """List paid questions whose answer was lost.

    Their process ended between the question and its answer, and the source knows no repeated
    request. They count as paid and are not asked again, so that nothing is paid twice. Look at the
    provider's bill, then say with `sluice enrich settle` whether each was charged. Only an admin may.

    Example: sluice enrich unclear
    """
    with open_session(user) as session:
        found = spending_limits.unclear(session)
    rows = [
        {
            "id": str(one.id),
            "source": one.source,
            "price": str(one.price),
            "sent": one.sent_at.isoformat() if one.sent_at else "",
            "reason": one.reason,
        }
        for one in found
    ]
    if as_json:
        emit_json(rows)
        return
    table(rows, _COLUMNS, empty="no answer was lost")


def settle(
    question: Annotated[
        str, typer.Argument(help="Its id, as in `enrich unclear`.", metavar="QUESTION")
    ],
    charged: Annotated[bool, typer.Option("--charged", help="The source charged it.")] = False,
    not_charged: Annotated[
        bool, typer.Option("--not-charged", help="The source did not charge it.")
    ] = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a question whose answer was lost was charged.

    One that was not charged is given back, and may be asked again.

    Example: sluice enrich settle 0198c… --not-charged
    """
    if charged == not_charged:
        raise UsageError("say whether it was charged", "give --charged or --not-charged")
    with open_session(user) as session:
        spending_limits.settle_unclear(session, question, owed=charged)

    if as_json:
        emit_json({"question": question, "charged": charged})
    else:
        emit("it counts as paid" if charged else "it is given back")
