"""Load the signals of companies, and what is known of their fit, for scoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np

from engage.handover.checklist import QUESTIONS
from engage.score.qualifications import GRADES, Beside
from engage.scoring.scoring import Scoring
from engage.signals.table import SAID, Signal, SignalTable, TableBuilder
from leads.grid import grade
from leads.store import Tx, lead_answers, signal_texts, verdicts
from leads.store.lead_answers import AnswerRow
from leads.store.moment_texts import same_id
from leads.store.signal_texts import SignalTexts
from leads.store.signals import SignalRow
from leads.verdicts import VerdictBrief


def signal_table(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_ids: Sequence[UUID],
    *,
    all_companies: bool = False,
) -> SignalTable:
    """The signals of companies that count for a campaign: its own, and those of no campaign.

    Companies without such a signal are left out, unless all are wanted.
    """
    builder = TableBuilder()
    for company_id in company_ids if all_companies else ():
        builder.name(same_id(tx, company_id))
    for some in signal_texts.of_companies(tx, client_id, campaign_id, company_ids):
        add_texts(builder, some)
    return builder.table()


def add_texts(builder: TableBuilder, some: Sequence[SignalTexts]) -> None:
    """Add signals that were read as texts."""
    if not some:
        return
    company, kind, contact, channel, source, link, agent, ids, at, value, machine = zip(
        *some, strict=True
    )
    columns = {
        "company": list(company),
        "kind": list(kind),
        "contact": list(contact),
        "channel": list(channel),
        "source": list(source),
        "link": list(link),
        "agent": list(agent),
        "id": list(ids),
    }
    moments = np.array(at, dtype="datetime64[us]").astype(np.int64)
    values = np.array([-1 if one is None else one for one in value], dtype=np.int64)
    said = np.array([SAID[one] for one in machine], dtype=np.int64)
    builder.add_columns(columns, moments, values, said)


def fit_beside(tx: Tx, campaign_id: UUID, companies: Sequence[UUID], scoring: Scoring) -> Beside:
    """The grades of fit that are possible for each company."""
    found = verdicts.brief(tx, campaign_id, companies)
    grades = [_grades(found.get(one), scoring) for one in companies]
    both = np.array(grades, dtype=np.int64).reshape(-1, 2)
    told = lead_answers.of_companies(tx, campaign_id, companies)
    checklist = {
        name: [_reply(told.get(one), name) for one in companies] for name in QUESTIONS if told
    }
    return Beside(fit_worst=both[:, 0], fit_best=both[:, 1], checklist=checklist)


def _reply(told: Mapping[str, AnswerRow] | None, question: str) -> str:
    return told[question].reply if told and question in told else "unknown"


def _grades(verdict: VerdictBrief | None, scoring: Scoring) -> tuple[int, int]:
    """The lowest and the highest grade that is possible; -1 is below all."""
    if verdict is None:
        return -1, len(GRADES) - 1
    if verdict.verdict == "no_fit":
        return -1, -1
    return _grade(verdict.score_worst, scoring), _grade(verdict.score_best, scoring)


def _grade(score: int, scoring: Scoring) -> int:
    return GRADES.index(grade(score, scoring.grades))


def as_signal(company_id: UUID, row: SignalRow) -> Signal:
    """A stored signal as the score takes it."""
    return Signal(
        company=str(company_id),
        kind=row.kind,
        at=row.happened_at,
        id=str(row.id),
        contact=str(row.contact_id) if row.contact_id else "",
        channel=row.channel,
        source=row.source,
        link=row.link or "",
        agent=row.agent or "",
        value_minor=row.value_minor,
        machine=row.machine,
    )
