"""Set when a lead is contacted next, after something happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engage.handover.stages import LeadStage
from engage.nurture.file import NurtureFile
from engage.nurture.touches import Touch, touch
from engage.run.checklists import Checked
from engage.run.heard import Heard
from engage.score.scores import TEMPERATURES
from leads.clock import now
from leads.store import Tx, handovers, lead_rows
from leads.store.lead_rows import LeadRow
from leads.store.scores import ScoreRow

#: What to do with a lead that asked for something.
ANSWER = "answer what it asked for"
#: What to do with a lead that was handed over, until the client answers.
ASK_CLIENT = "ask the client for its answer"
#: The stages before the client has answered: what a lead asked for is still for the SDR.
_OURS = (LeadStage.UNQUALIFIED, LeadStage.MQL, LeadStage.SQL)
#: A request that is older than this when the lead enters its stage is history.
_STILL_WAITS = timedelta(days=30)
#: From the least warm to the warmest.
_WARMTH = ("unknown", *TEMPERATURES)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one company when its stage and next touch are decided."""

    score: ScoreRow | None
    temperature: str
    checklist: Mapping[str, Checked]
    heard: Heard
    is_customer: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A hand-over that waits for the client."""

    at: datetime
    answer_by: datetime


def entered(row: LeadRow, stage: LeadStage, following: Touch) -> LeadRow:
    """A lead that enters a stage now. What it asked for stays due until somebody speaks with it."""
    at = now()
    row = replace(row, stage=stage, since=at)
    if row.next_touch == ANSWER and stage in _OURS:
        return row
    return replace(row, next_touch_at=at + following.after, next_touch=following.do)


def handed_over(row: LeadRow, answer_by: datetime) -> LeadRow:
    """A lead that waits for the client."""
    return replace(row, next_touch_at=answer_by, next_touch=ASK_CLIENT)


def touch_again(
    tx: Tx, row: LeadRow, known: Known, plan: NurtureFile, before: str | None = None
) -> None:
    """Set the next touch of a lead that stays at its stage."""
    changed = next_touch(row, known, plan, before, _sent(tx, row))
    if changed != row:
        lead_rows.put(tx, changed)


def next_touch(
    row: LeadRow,
    known: Known,
    plan: NurtureFile,
    before: str | None = None,
    sent: Sent | None = None,
) -> LeadRow:
    """A lead with its next touch.

    One that asked for something is due at once until somebody speaks with it, and one that was
    handed over when the client's answer is. Otherwise the last contact counts, or the temperature
    when that was another one `before`.
    """
    following = touch(plan, LeadStage(row.stage), known.temperature)
    contact, asked = known.heard.contact, known.heard.asked
    spoke = _latest(contact, _told(known), sent.at if sent else None)
    if asked is not None and _waits(row, asked, spoke):
        return replace(row, next_touch_at=min(asked, row.next_touch_at), next_touch=ANSWER)
    if sent is not None:
        return handed_over(row, sent.answer_by)
    if row.next_touch == ANSWER:
        # It was answered, or the signal was taken back.
        at = (spoke or row.since) + following.after
    elif before is not None:
        at = _by_temperature(row, known, following, before)
    elif contact is not None and contact > row.since:
        at = max(row.next_touch_at, contact + following.after)
    else:
        return row
    return replace(row, next_touch_at=at, next_touch=following.do)


def _waits(row: LeadRow, asked: datetime, spoke: datetime | None) -> bool:
    """Whether what a lead asked for waits for an answer."""
    if spoke is not None and spoke >= asked:
        return False
    if row.next_touch == ANSWER:
        return True
    # A client that accepts or rejects a lead has seen what it asked for.
    history = _STILL_WAITS if row.stage in _OURS else timedelta(0)
    return asked > row.since - history


def _sent(tx: Tx, row: LeadRow) -> Sent | None:
    """The hand-over of a lead that the client has not answered."""
    if row.next_touch not in (ANSWER, ASK_CLIENT):
        return None
    waiting = handovers.open_of(tx, row.campaign_id, row.company_id)
    return Sent(waiting[-1].sent_at, waiting[0].answer_by) if waiting else None


def _by_temperature(row: LeadRow, known: Known, following: Touch, before: str) -> datetime:
    """When a lead is touched whose temperature was another one: earlier if it is warmer now. In
    nurture the date may be agreed with the client, and only more interest changes it.
    """
    at = now() + following.after
    is_warmer = _WARMTH.index(known.temperature) > _WARMTH.index(before)
    return min(at, row.next_touch_at) if is_warmer or row.stage == LeadStage.NURTURE else at


def _told(known: Known) -> datetime | None:
    """When it last answered a question of the checklist; others may say whether it fits."""
    return _latest(*(one.at for name, one in known.checklist.items() if name != "icp"))


def _latest(*times: datetime | None) -> datetime | None:
    return max((one for one in times if one is not None), default=None)
