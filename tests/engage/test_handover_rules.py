"""What a qualified lead is, where a lead goes next, and when: pure rules by cases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engage.handover.checklist import QUESTIONS, Reply, parse_replies, qualified
from engage.handover.figures import figures
from engage.handover.file import read, schema
from engage.handover.stages import Evidence, LeadStage, funnel, next_move
from engage.handover.working_days import after_working_days, working_days
from engage.nurture import file as nurture_file
from engage.nurture.touches import never_reached, touch
from engage.run.lead_files import standard_nurture
from leads.answers import Answer
from leads.errors import UsageError

EXAMPLES = Path(__file__).parents[2] / "examples" / "leads"
WAYS = [
    {"icp": ("yes",), "need": ("yes",), "budget": ("yes", "partly")},
    {"icp": ("yes",), "will": ("yes",), "authority": ("yes", "unknown")},
]
LEADING = {LeadStage.MQL: ("mql",), LeadStage.SQL: ("sql", "pql")}
FRIDAY = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
LEAST = (
    "handover: ours\nversion: 1\nagreed_by:\n  - {name: Ann, side: agency, on: 2026-11-20}\n"
    "qualified: [{need: [yes]}]\nreject_reasons: {late: {says: too late}}\n"
)


@pytest.mark.parametrize(
    ("replies", "answer", "is_open", "against"),
    [
        ({}, Answer.UNKNOWN, ["icp", "will"], []),
        ({"icp": "yes", "need": "yes"}, Answer.UNKNOWN, ["budget"], []),
        ({"icp": "yes", "need": "yes", "budget": "partly"}, Answer.YES, [], []),
        ({"icp": "yes", "will": "yes"}, Answer.YES, [], []),
        ({"icp": "no"}, Answer.NO, ["will"], ["icp"]),
        ({"icp": "yes", "need": "partly", "will": "no"}, Answer.NO, [], ["will"]),
        ({"icp": "yes", "need": "no", "budget": "no"}, Answer.UNKNOWN, ["will"], []),
    ],
)
def test_one_way_is_enough_and_unknown_is_not_no(
    replies: dict[str, str], answer: Answer, is_open: list[str], against: list[str]
) -> None:
    found = qualified(WAYS, replies)
    assert (found.answer, list(found.open), list(found.against)) == (answer, is_open, against)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["need"], "'need' is no answer"),
        (["ned=yes"], "did you mean 'need'"),
        (["need=maybe"], "'maybe' is no reply to need"),
        (["need=yes", "need=no"], "need is answered twice"),
    ],
)
def test_wrong_answers_are_named(texts: list[str], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_replies(texts)
    assert said.replace("'", "") in refused.value.message.replace("'", "")


def test_answers_are_read() -> None:
    assert parse_replies(["need=yes", "budget=unknown"]) == {
        "need": Reply.YES,
        "budget": Reply.UNKNOWN,
    }


@given(
    st.sampled_from(LeadStage),
    st.booleans(),
    st.sampled_from(Answer),
    st.sets(st.sampled_from(["mql", "sql", "pql", "other"])),
    st.booleans(),
)
def test_a_machine_only_moves_forward(
    stage: LeadStage, is_customer: bool, met: Answer, qualifications: set[str], is_new: bool
) -> None:
    evidence = Evidence(is_customer, met, qualifications, is_new)
    move = next_move(stage, evidence, LEADING)
    order = list(LeadStage)
    if move is not None:
        assert order.index(move.stage) > order.index(stage)
        assert move.cause
        assert next_move(move.stage, evidence, LEADING) is None
    if stage is LeadStage.NURTURE and not is_new and not is_customer:
        assert move is None


@pytest.mark.parametrize(
    ("evidence", "stage"),
    [
        (Evidence(False, Answer.YES, [], is_answered=False), None),
        (Evidence(False, Answer.YES, ["mql"], is_answered=False), LeadStage.MQL),
        (Evidence(False, Answer.YES, ["mql"], is_new=False, is_answered=False), None),
        (Evidence(False, Answer.YES, ["mql"]), LeadStage.SQL),
    ],
)
def test_what_the_client_rejected_brings_no_lead_back(
    evidence: Evidence, stage: LeadStage | None
) -> None:
    move = next_move(LeadStage.NURTURE, evidence, LEADING)
    assert (move and move.stage) == stage


@pytest.mark.parametrize(
    ("evidence", "stage"),
    [
        (Evidence(False, Answer.UNKNOWN, ["mql"]), LeadStage.MQL),
        (Evidence(False, Answer.NO, ["mql", "pql"]), LeadStage.SQL),
        (Evidence(False, Answer.YES, []), LeadStage.SQL),
        (Evidence(True, Answer.NO, []), LeadStage.CUSTOMER),
        (Evidence(False, Answer.UNKNOWN, ["other"]), None),
    ],
)
def test_what_leads_to_which_stage(evidence: Evidence, stage: LeadStage | None) -> None:
    move = next_move(LeadStage.UNQUALIFIED, evidence, LEADING)
    assert (move.stage if move else None) == stage


def test_the_funnel_follows_from_the_stage() -> None:
    assert funnel(None) == "TOFU"
    assert {funnel(one) for one in (LeadStage.UNQUALIFIED, LeadStage.MQL)} == {"MOFU"}
    assert {funnel(one) for one in (LeadStage.SQL, LeadStage.OPPORTUNITY)} == {"BOFU"}


@pytest.mark.parametrize(
    ("days", "due"),
    [(1, "2026-11-30"), (2, "2026-12-01"), (5, "2026-12-04"), (6, "2026-12-07")],
)
def test_weekends_are_no_working_days(days: int, due: str) -> None:
    at = after_working_days(FRIDAY, days)
    assert (f"{at:%Y-%m-%d}", at.time()) == (due, FRIDAY.time())


@given(st.integers(0, 400), st.integers(1, 99))
def test_the_answer_is_due_on_a_working_day_after_so_many(offset: int, days: int) -> None:
    start = FRIDAY + timedelta(days=offset)
    due = after_working_days(start, days)
    between = [start + timedelta(days=one) for one in range(1, (due - start).days + 1)]
    assert due.weekday() < 5
    assert sum(one.weekday() < 5 for one in between) == days


@pytest.mark.parametrize("text", ["", "0 working days", "2 days", "100 working days", "-1 working"])
def test_other_times_to_answer_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2 working days"):
        working_days(text)


def test_the_examples_meet_their_schemas() -> None:
    text = (EXAMPLES / "handover.yaml").read_text("utf-8")
    assert read(text, "handover.yaml").missing_sides() == []
    document = yaml.load(text, yaml.BaseLoader)
    jsonschema.validate(document | {"version": int(document["version"])}, schema())
    plan = (EXAMPLES / "nurture.yaml").read_text("utf-8")
    assert nurture_file.read(plan, "nurture.yaml").touches == standard_nurture().touches


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("version: 1", "version: 0", "ours.yaml:2: version"),
        ("side: agency", "side: both", "ours.yaml:4: agreed_by[1].side: must be one of"),
        ("2026-11-20", "soon", "ours.yaml:4: agreed_by[1].on: must be a day"),
        ("need: [yes]", "ned: [yes]", "ours.yaml:5: qualified[1]"),
        ("need: [yes]", "need: [maybe]", "ours.yaml:5: qualified[1].need[1]: must be one of"),
        ("qualified: [{need: [yes]}]\n", "", "`qualified` is missing"),
        ("{says: too late}", "{}", "ours.yaml:6: reject_reasons.late: `says` is missing"),
        ("version: 1", "version: 1\nanswer_within: 2 days", "ours.yaml:3: answer_within"),
    ],
)
def test_mistakes_name_their_line(before: str, after: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(LEAST.replace(before, after), "ours.yaml")
    assert said in refused.value.message


def test_a_file_of_one_side_names_the_other() -> None:
    assert read(LEAST, "ours.yaml").missing_sides() == ["client"]


def test_every_lead_has_a_next_touch_and_warm_ones_an_earlier_one() -> None:
    plan = standard_nurture()
    for stage in LeadStage:
        hot, warm, cold = (touch(plan, stage, one).after for one in ("hot", "warm", "cold"))
        assert timedelta(0) < hot <= warm <= cold


@pytest.mark.parametrize(
    ("lines", "never"),
    [
        (("temperature: [hot]", "stage: [mql]", "stage: [mql], temperature: [warm]"), [3]),
        (("stage: [mql, sql]", "stage: [sql]", "stage: [nurture]"), [2]),
        (("temperature: [hot, warm, cold]", "stage: [mql]"), []),
        (("stage: []", "stage: [mql]"), [2]),
    ],
)
def test_a_line_that_no_lead_reaches_is_found(lines: tuple[str, ...], never: list[int]) -> None:
    rows = "".join(f"  - {{{one}, after: 1 day, do: call}}\n" for one in lines)
    text = f"nurture: ours\nversion: 1\ntouches:\n{rows}otherwise: {{after: 1 day, do: call}}\n"
    assert never_reached(nurture_file.read(text, "ours.yaml")) == never
    assert never_reached(standard_nurture()) == []


@pytest.mark.parametrize(("answered", "share"), [(19, None), (20, 0.5)])
def test_few_answers_make_no_share(answered: int, share: float | None) -> None:
    states = ["accepted" if one % 2 else "rejected" for one in range(answered)]
    rows = [(one, "late" if one == "rejected" else "", {"need": "yes"}) for one in states]
    found = figures([*rows, ("open", "", {"need": "yes"})], overdue=1)
    assert (found.sent, found.open, found.overdue) == (answered + 1, 1, 1)
    assert found.reasons == {"late": states.count("rejected")}
    assert (found.share.value, found.by_reply[0].share.value) == (share, share)
    assert (found.share.low is None) == (share is None)


def test_every_question_has_words_to_ask_it() -> None:
    assert all(text.endswith("?") for text in QUESTIONS.values())
