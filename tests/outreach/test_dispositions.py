"""What follows from each disposition."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.errors import UsageError
from outreach.dispositions import RULES, outcome_of, rule

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
THEN = NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("name", "attempts", "at", "relationship", "again", "suppresses"),
    [
        pytest.param(
            "no_answer", 1, None, None, timedelta(hours=4), False, id="try again in four hours"
        ),
        pytest.param("no_answer", 5, None, "lost", None, False, id="five times is enough"),
        pytest.param(
            "no_answer", 5, THEN, None, timedelta(days=30), False, id="unless somebody names a time"
        ),
        pytest.param(
            "call_back", 1, None, "contacted", timedelta(days=1), False, id="tomorrow by default"
        ),
        pytest.param(
            "call_back", 9, THEN, "contacted", timedelta(days=30), False, id="when they said"
        ),
        pytest.param("not_interested", 1, None, "lost", None, False, id="a person reopens it"),
        pytest.param(
            "not_interested", 1, THEN, "lost", timedelta(days=30), False, id="or its date"
        ),
        pytest.param("interested", 1, None, "lead", None, False, id="a lead"),
        pytest.param("do_not_contact", 1, None, "lost", None, True, id="never again"),
        pytest.param("wrong_data", 1, None, "lost", None, False, id="somebody must look"),
    ],
)
def test_what_follows(
    name: str,
    attempts: int,
    at: datetime | None,
    relationship: str | None,
    again: timedelta | None,
    suppresses: bool,
) -> None:
    found = outcome_of(rule(name), attempts, "", NOW, at)
    assert (found.relationship, found.suppresses) == (relationship, suppresses)
    assert found.again_at == (NOW + again if again else None)


@pytest.mark.parametrize("name", ["interested", "do_not_contact"])
def test_what_ends_the_matter_takes_no_date(name: str) -> None:
    with pytest.raises(UsageError):
        outcome_of(rule(name), 1, "", NOW, THEN)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("no-answer", "no_answer"),
        ("Do Not Contact", "do_not_contact"),
        (" interested ", "interested"),
    ],
)
def test_spellings(said: str, found: str) -> None:
    assert rule(said) is RULES[found]


def test_a_typo_gets_the_nearest_word() -> None:
    with pytest.raises(UsageError) as caught:
        rule("no_anwser")
    assert "no_answer" in caught.value.hint
