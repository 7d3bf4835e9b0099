"""The checklists of companies: what people answered, and the verdict on the fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engage.handover.checklist import QUESTIONS, Reply
from leads.store import Tx, lead_answers, verdicts

_BY_VERDICT = {"fit": Reply.YES, "no_fit": Reply.NO}
#: The source of the reply to `icp` that nobody gave.
VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Checked:
    """One question of the checklist as it stands."""

    question: str
    reply: str
    words: str = ""
    source: str = ""
    by: str = ""
    #: None: nobody answered.
    at: datetime | None = None
    recorded_at: datetime | None = None


def checklists(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, Mapping[str, Checked]]:
    """Every question with its reply, for each company; a person's reply goes before the verdict."""
    told = lead_answers.of_companies(tx, campaign_id, company_ids)
    decided = verdicts.brief(tx, campaign_id, company_ids)
    found = {}
    for one in company_ids:
        lines = {name: Checked(name, Reply.UNKNOWN) for name in QUESTIONS}
        if one in decided and decided[one].verdict in _BY_VERDICT:
            lines["icp"] = Checked("icp", _BY_VERDICT[decided[one].verdict], source=VERDICT)
        for name, row in told.get(one, {}).items():
            lines[name] = Checked(
                name, row.reply, row.words, row.source, row.by, row.at, row.recorded_at
            )
        found[one] = lines
    return dict(found)


def replies(lines: Mapping[str, Checked]) -> dict[str, str]:
    """The reply to each question."""
    return {name: str(one.reply) for name, one in lines.items()}
