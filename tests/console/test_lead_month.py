"""A month of a made-up campaign, day by day: stages, temperatures, next touches and hand-overs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from actions import handovers, lead_files, lead_stages
from actions.lead_list import list_leads
from actions.scoring import use_scoring
from actions.session import Session, open_session
from actions.signals import SignalToAdd, add_signal
from actions.where import Where
from leads.clock import now
from leads.store import scores
from leads.store.ledger.tasks import ask
from tests.console.made_leads import AGREEMENT, NURTURE, ROOT, RULE
from tests.made_clock import MadeClock
from workers.inline import work_off_own
from workers.later_tasks import cooled
from workers.pipeline import CHEAP

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
#: A Monday.
START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HERE = Where()
SEED = ROOT / "examples" / "scoring" / "seed.yaml"
#: What happens on a day, by the day's number from 0.
EVENTS: dict[int, tuple[tuple[str, ...], ...]] = {
    0: (("signal", "zeta.example", "welcome_email_clicked"),),
    1: (("signal", "zeta.example", "quote_requested"),),
    2: (
        ("signal", "mid.example", "welcome_email_clicked"),
        ("signal", "mid.example", "welcome_email_clicked"),
        ("signal", "mid.example", "price_page_visited"),
        ("signal", "mid.example", "price_page_visited"),
    ),
    3: (("qualify", "zeta.example"), ("send", "zeta.example")),
    4: tuple(("signal", "alpha.example", "quote_requested") for _ in range(2)),
    8: (("reject", "zeta.example"),),
    9: tuple(("signal", "alpha.example", "quote_requested") for _ in range(2)),
    10: (("qualify", "alpha.example"), ("send", "alpha.example")),
    11: (("accept", "alpha.example"),),
    12: (("signal", "zeta.example", "call_not_answered"),),
    15: (("signal", "zeta.example", "unsubscribed"),),
    20: (("signal", "mid.example", "demo_requested"),),
    22: (("signal", "mid.example", "call_answered"),),
}
#: A lead on a day: stage, temperature, what is next and on which day, why it must not be contacted.
State = tuple[str, str, str, int, str]
ANSWER = "answer what it asked for"
WAIT = "ask the client for its answer"
ASK_CLIENT = "ask the client how it goes"
#: What is different from the day before; on every other day all is as it was.
CHANGES: dict[int, dict[str, State]] = {
    # One click makes nobody a lead; a quote makes a warm one that fits sales-qualified, and that
    # waits for an answer.
    1: {"Zeta GmbH": ("sql", "warm", ANSWER, 1, "")},
    2: {"Mid KG": ("mql", "warm", "offer the next step", 9, "")},
    # It was spoken with and handed over: the client answers within two working days, on Monday.
    3: {"Zeta GmbH": ("sql", "warm", WAIT, 7, "")},
    4: {"Alpha AG": ("sql", "warm", ANSWER, 4, "")},
    # The client may be asked again after 14 days; until then it is only nurtured.
    8: {"Zeta GmbH": ("nurture", "warm", "offer the next step", 22, "")},
    # A lead that nobody answered asks again; a cold one keeps the day that was agreed, for a cheaper
    # touch.
    9: {
        "Alpha AG": ("sql", "hot", ANSWER, 4, ""),
        "Zeta GmbH": ("nurture", "cold", "look again", 22, ""),
    },
    10: {"Alpha AG": ("sql", "hot", WAIT, 14, "")},
    11: {
        "Alpha AG": ("opportunity", "hot", ASK_CLIENT, 25, ""),
        # It cooled down: weeks instead of days.
        "Mid KG": ("mql", "cold", "educate", 32, ""),
    },
    # A missed call on day 12 wakes nobody, and neither does an unsubscribe, which bars.
    15: {
        "Zeta GmbH": ("nurture", "cold", "look again", 22, "suppressed"),
        "Alpha AG": ("opportunity", "warm", ASK_CLIENT, 29, ""),
    },
    20: {"Mid KG": ("mql", "cold", ANSWER, 20, "")},
    22: {"Mid KG": ("mql", "cold", "educate", 43, "")},
}
#: The day on which the client's answer is overdue: two working days after day 3, a Thursday.
OVERDUE = {8: 1}


def tick(session: Session) -> None:
    """What the workers do when temperatures end by themselves."""
    with session.store.write() as tx:
        ask(tx, cooled(scores.due(tx, now(), 100)), session.trace_id)
    work_off_own(session.context(), CHEAP)


def do(session: Session, what: str, company: str, *more: str) -> None:
    if what == "signal":
        add_signal(session, HERE, SignalToAdd(company=company, kind=more[0]))
    elif what == "qualify":
        lead_stages.qualify_lead(session, HERE, company, RULE)
    elif what == "send":
        handovers.send(session, HERE, company, "-")
    elif what == "reject":
        handovers.reject(session, HERE, company, "wrong_person", "")
    else:
        handovers.accept(session, HERE, company, "")


def state(session: Session) -> dict[str, State]:
    found: dict[str, State] = {}
    for one in list_leads(session, HERE):
        day = round((one.next_touch_at - START) / timedelta(days=1))
        barred = (one.barred or "").split(":")[0]
        found[one.company] = (one.stage, one.temperature, one.next_touch, day, barred)
    return found


def overdue(session: Session) -> int:
    return sum(one.overdue for one in handovers.list_handovers(session, HERE))


def test_each_day_is_as_written(queued: Queued, clock: MadeClock) -> None:
    clock.at = START
    queued("Zeta GmbH", "Alpha AG", "Mid KG")
    expected: dict[str, State] = {}
    with open_session() as session:
        use_scoring(session, str(SEED), HERE)
        lead_files.use_agreement(session, str(AGREEMENT), HERE)
        lead_files.use_nurture(session, str(NURTURE), HERE)
        for day in range(31):
            clock.at = START + timedelta(days=day)
            tick(session)
            assert (day, overdue(session)) == (day, OVERDUE.get(day, 0))
            for event in EVENTS.get(day, ()):
                do(session, *event)
            expected |= CHANGES.get(day, {})
            assert (day, state(session)) == (day, expected)
        counted = handovers.report(session, HERE)
    assert (counted.sent, counted.accepted, counted.rejected) == (2, 1, 1)
    assert counted.reasons == {"wrong_person": 1}
