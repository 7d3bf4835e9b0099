"""What follows from each disposition that comes with the product, and from files of clients."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.durations import duration
from leads.errors import UsageError
from outreach.disposition_checks import remarks
from outreach.disposition_file import dispositions_of, read, standard, standard_text
from outreach.dispositions import Report, attempts, outcome_of

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
THEN = NOW + timedelta(days=30)
EVERY = standard()


def before(*kinds: str) -> list[tuple[str, str]]:
    return [(kind, "phone") for kind in kinds]


@pytest.mark.parametrize(
    ("name", "earlier", "at", "relationship", "again", "suppresses"),
    [
        pytest.param(
            "no_answer", 0, None, None, timedelta(hours=4), None, id="try again in four hours"
        ),
        pytest.param("no_answer", 4, None, "lost", None, None, id="five times is enough"),
        pytest.param(
            "no_answer", 4, THEN, None, timedelta(days=30), None, id="unless a time is named"
        ),
        pytest.param(
            "call_back", 0, None, "contacted", timedelta(days=1), None, id="tomorrow by default"
        ),
        pytest.param(
            "call_back", 9, THEN, "contacted", timedelta(days=30), None, id="when they said"
        ),
        pytest.param(
            "not_interested", 0, None, "lost", timedelta(days=180), "campaign", id="for a time"
        ),
        pytest.param(
            "not_interested", 0, THEN, "lost", timedelta(days=30), "campaign", id="or until a date"
        ),
        pytest.param("too_small", 0, None, "lost", None, None, id="a person reopens it"),
        pytest.param("too_small", 0, THEN, "lost", timedelta(days=30), None, id="or its date"),
        pytest.param("not_now", 0, THEN, "contacted", timedelta(days=30), None, id="their date"),
        pytest.param("interested", 0, None, "lead", None, None, id="a lead"),
        pytest.param("do_not_contact", 0, None, "lost", None, "agency", id="never again"),
        pytest.param("wrong_data", 0, None, "lost", None, None, id="somebody must look"),
    ],
)
def test_what_follows(
    name: str,
    earlier: int,
    at: datetime | None,
    relationship: str | None,
    again: timedelta | None,
    suppresses: str | None,
) -> None:
    report = Report(at=at, before=before(*[name] * earlier))
    found = outcome_of(EVERY, EVERY.rule(name), report, NOW)
    assert (found.relationship, found.suppresses) == (relationship, suppresses)
    assert found.again_at == (NOW + again if again else None)


@pytest.mark.parametrize(
    ("earlier", "channel", "count"),
    [
        ((), "phone", 1),
        (("no_answer", "no_answer"), "phone", 3),
        (("no_answer", "busy", "no_answer"), "phone", 3),
        (("no_answer", "call_back", "no_answer"), "phone", 2),
        (("no_answer", "no_answer"), "email", 1),
        (("no_answer", "an_older_word"), "phone", 2),
    ],
)
def test_attempts_count_by_channel_since_somebody_was_reached(
    earlier: Sequence[str], channel: str, count: int
) -> None:
    report = Report(channel=channel, before=before(*earlier))
    assert attempts(EVERY, EVERY.rule("no_answer"), report) == count


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("interested", Report(at=THEN)),
        ("do_not_contact", Report(at=THEN)),
        ("not_now", Report()),
        ("call_back", Report(at=NOW)),
        ("call_back", Report(at=NOW + timedelta(days=3_660))),
    ],
)
def test_what_cannot_be_is_refused(name: str, report: Report) -> None:
    with pytest.raises(UsageError):
        outcome_of(EVERY, EVERY.rule(name), report, NOW)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("no-answer", "no_answer"),
        ("Do Not Contact", "do_not_contact"),
        (" interested ", "interested"),
    ],
)
def test_spellings(said: str, found: str) -> None:
    assert EVERY.rule(said) is EVERY.rules[found]


@pytest.mark.parametrize("word", ["no_anwser", "unreachable", ""])
def test_what_nobody_reports_is_refused(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        EVERY.rule(word)
    assert "no_answer" in caught.value.hint


def test_the_product_s_own_file_has_no_mistakes() -> None:
    assert remarks(dispositions_of(read(standard_text(), "standard"))) == []


def file_of(outcomes: str) -> str:
    return f"dispositions: ours\nversion: 2\noutcomes:\n{outcomes}"


OUT = "  out: {meaning: x, relationship: lost"


@pytest.mark.parametrize(
    ("outcomes", "path", "said"),
    [
        (
            (
                "  a: {meaning: x, again: 1 day, attempts: {phone: 2}, then: b}\n"
                "  b: {meaning: x, again: 1 day, attempts: {phone: 2}, then: a}\n"
            ),
            "outcomes.a.then",
            "is a loop: a -> b -> a",
        ),
        (
            "  a: {meaning: x, again: 1 day, attempts: {phone: 2}, then: a}\n",
            "outcomes.a.then",
            "is a loop: a -> a",
        ),
        (
            "  a: {meaning: x, reached: no, again: 1 day}\n",
            "outcomes.a",
            "comes back without end",
        ),
        ("  a: {meaning: x}\n", "outcomes.a", "free again at once"),
        (
            f"{OUT}}}\n  a: {{meaning: x, again: 1 day, attempts: {{phone: 2}}, then: ot}}\n",
            "outcomes.a.then",
            "no outcome ot, did you mean out",
        ),
        (
            f"{OUT}}}\n  b: {{meaning: x, chosen: no, relationship: lost}}\n",
            "outcomes.b",
            "nothing",
        ),
        (f"{OUT}, key: u}}\n", "outcomes.out.key", "means undo"),
        (
            f"{OUT}, key: k}}\n  b: {{meaning: x, again: 1 day, key: k}}\n",
            "outcomes.b.key",
            "of out",
        ),
        (f"{OUT}, attempts: {{phone: 1}}}}\n", "outcomes.out", "belong together"),
        (f"{OUT}, chosen: no}}\n", "outcomes.out", "nothing leads here"),
        ("  a: {meaning: x, relationship: lead, suppress: client}\n", "outcomes.a", "suppressed"),
        ("  a: {meaning: x, relationship: lost, promises: yes}\n", "outcomes.a.promises", "time"),
    ],
)
def test_what_is_wrong_as_a_whole(outcomes: str, path: str, said: str) -> None:
    found = remarks(dispositions_of(read(file_of(outcomes), "ours.yaml")))
    assert any(one.path == path and said in one.message for one in found), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            file_of("  a: {meaning: x, again: soon}\n"),
            "ours.yaml:4: outcomes.a.again: must be a time",
        ),
        (file_of("  a: {meaning: x, again: 99 years}\n"), "must be a time"),
        (file_of("  a: {meaning: x, relationship: won}\n"), "must be one of contacted, lead, lost"),
        (
            file_of("  a: {meaning: x, wrong: [fone]}\n"),
            "outcomes.a.wrong[1]: must be an attribute",
        ),
        (file_of("  a: {meaning: x, atempts: {phone: 2}}\n"), "there is no `atempts` here"),
        (file_of("  a: {again: 1 day}\n"), "ours.yaml:4: outcomes.a: `meaning` is missing"),
        (file_of("  a: {meaning: x, attempts: {phone: 0}}\n"), "ours.yaml:4: outcomes.a.attempts"),
        (file_of("  a: {meaning: x, key: ab}\n"), "ours.yaml:4: outcomes.a.key"),
        ("dispositions: ours\nversion: x\noutcomes: {}\n", "ours.yaml:2: version"),
        ("dispositions: ours\nversion: 1\noutcomes: {}\n", "ours.yaml:3: outcomes"),
        ("", "ours.yaml: is empty"),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(text, "ours.yaml")
    assert said in caught.value.message


@given(st.integers(1, 260), st.sampled_from(["minute", "hour", "day", "week"]))
def test_a_duration_is_the_same_in_singular_and_plural(number: int, unit: str) -> None:
    assert duration(f"{number} {unit}") == duration(f"{number} {unit}s") > timedelta(0)
