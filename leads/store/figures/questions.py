"""What questions to sources cost a campaign, by company."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from leads.store.engine import Tx
from leads.store.figures.keys import Key, key
from leads.store.schema import source_question, spending_line
from leads.store.spending.lines import PAID
from leads.store.spending.questions import OPEN


class Paid(NamedTuple):
    """What questions about one company cost, in one currency."""

    #: None: the company was erased.
    company_id: Key | None
    currency: str
    #: Millionths.
    micros: int


def paid(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[Paid]:
    """What the questions of a campaign cost; those under way are left out, and unclear ones count."""
    line = spending_line.c
    wanted = (
        select(key(line.company_id), line.currency, func.sum(line.micros))
        .join(source_question, source_question.c.id == line.question_id)
        .where(
            line.client_id == client_id,
            line.campaign_id == campaign_id,
            PAID,
            source_question.c.state.not_in(OPEN),
        )
        .group_by(line.company_id, line.currency)
    )
    rows = (Paid(one, currency, int(micros)) for one, currency, micros in tx.execute(wanted))
    return [one for one in rows if one.micros]
