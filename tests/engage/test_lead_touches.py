"""When a lead is contacted next: by what it asked for, contacts, hand-over and temperature."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from engage.handover.stages import LeadStage
from engage.nurture.file import NurtureFile
from engage.nurture.touches import Touch
from engage.run.checklists import Checked
from engage.run.heard import Heard
from engage.run.lead_touches import ANSWER, ASK_CLIENT, Known, Sent, entered, next_touch
from leads.store.lead_rows import LeadRow
from tests.made_clock import MadeClock

ZERO = UUID(int=0)
#: When the lead entered its stage.
ENTERED = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PLAN = NurtureFile.model_validate(
    {
        "nurture": "plan",
        "version": 1,
        "touches": [
            {"stage": ["sql"], "after": "1 day", "do": "hand over"},
            {"stage": ["nurture"], "after": "60 days", "do": "look again"},
        ],
        "otherwise": {"after": "7 days", "do": "educate"},
    }
)


def day(number: float) -> datetime:
    """So many days after the lead entered its stage."""
    return ENTERED + timedelta(days=number)


def lead(stage: LeadStage, touch: str, at: float) -> LeadRow:
    return LeadRow(
        campaign_id=ZERO,
        company_id=ZERO,
        client_id=ZERO,
        stage=stage,
        since=ENTERED,
        next_touch_at=day(at),
        next_touch=touch,
    )


@dataclass(frozen=True)
class Case:
    """A lead that is due to be educated on day 7 unless said otherwise, and its next touch."""

    what: str
    expected: tuple[str, float]
    signals: tuple[tuple[str, float], ...] = ()
    #: Answers to the checklist.
    told: tuple[tuple[str, float], ...] = ()
    stage: LeadStage = LeadStage.MQL
    touch: tuple[str, float] = ("educate", 7)
    before: str | None = None
    sent: Sent | None = None


QUOTE, CALL = "quote_requested", "call_answered"
WAITS = (ANSWER, -0.1)
HELD = Sent(day(2), day(4))
CASES = (
    Case("the quote that makes it a lead waits", WAITS, ((QUOTE, -0.1),)),
    Case("whatever its temperature does", WAITS, ((QUOTE, -0.1),), before="hot"),
    Case("and goes on waiting", WAITS, ((QUOTE, -0.1),), touch=WAITS, before="hot"),
    Case("a call ends that", ("educate", 8), ((QUOTE, -0.1), (CALL, 1)), touch=WAITS),
    Case(
        "also one that warms it",
        ("educate", 8),
        ((QUOTE, -0.1), (CALL, 1)),
        touch=WAITS,
        before="cold",
    ),
    Case("so does an answer", ("educate", 9), ((QUOTE, -0.1),), (("need", 2),), touch=WAITS),
    Case("not what we say of its fit", WAITS, ((QUOTE, -0.1),), (("icp", 2),), touch=WAITS),
    Case("one taken back asks nothing", ("educate", 7), touch=WAITS),
    Case("an old one is history", ("educate", 7), ((QUOTE, -40),)),
    Case("an older call answers nothing", WAITS, ((QUOTE, -0.1), (CALL, -3))),
    Case("a quote later is due at once", (ANSWER, 3), ((QUOTE, 3),)),
    Case("one that was due stays due", (ANSWER, 7), ((QUOTE, 9),)),
    Case(
        "a rejection dealt with what it asked",
        ("look again", 180),
        ((QUOTE, -1),),
        stage=LeadStage.NURTURE,
        touch=("look again", 180),
    ),
    Case("the client answers", (ASK_CLIENT, 4), touch=(ASK_CLIENT, 4), sent=HELD),
    Case("whatever cools", (ASK_CLIENT, 4), touch=(ASK_CLIENT, 4), sent=HELD, before="hot"),
    Case("it has the quote", (ASK_CLIENT, 4), ((QUOTE, 1),), touch=(ASK_CLIENT, 4), sent=HELD),
    Case("another is due", (ANSWER, 3), ((QUOTE, 3),), touch=(ASK_CLIENT, 4), sent=HELD),
    Case(
        "until somebody speaks with it",
        (ASK_CLIENT, 4),
        ((QUOTE, 3), (CALL, 3.5)),
        touch=(ANSWER, 3),
        sent=HELD,
    ),
)


def latest(case: Case, kind: str) -> datetime | None:
    return max((day(at) for name, at in case.signals if name == kind), default=None)


@pytest.mark.parametrize("case", CASES, ids=[case.what for case in CASES])
def test_what_a_lead_asked_for_is_due_until_somebody_speaks_with_it(case: Case) -> None:
    known = Known(
        score=None,
        temperature="warm",
        checklist={name: Checked(name, "yes", at=day(at)) for name, at in case.told},
        heard=Heard(asked=latest(case, QUOTE), contact=latest(case, CALL)),
        is_customer=False,
    )
    found = next_touch(lead(case.stage, *case.touch), known, PLAN, case.before, case.sent)
    what, at = case.expected
    assert (found.next_touch, found.next_touch_at) == (what, day(at))


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (LeadStage.SQL, (ANSWER, ENTERED)),
        (LeadStage.NURTURE, ("hand over", day(2))),
        (LeadStage.OPPORTUNITY, ("hand over", day(2))),
    ],
)
def test_a_move_of_ours_answers_nothing(
    stage: LeadStage, expected: tuple[str, datetime], clock: MadeClock
) -> None:
    clock.at = day(1)
    found = entered(lead(LeadStage.MQL, ANSWER, 0), stage, Touch(timedelta(days=1), "hand over"))
    next_at = found.next_touch_at.replace(microsecond=0)
    assert (found.stage, found.next_touch, next_at) == (stage, *expected)
    assert found.since > day(1)
