"""When a site is visited again, by what its visits came to."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leads.revisits import age_of, base_age
from leads.visits import DEAD, FRESH, GAPS, SiteState, Visited, after, rested_on, spread

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITE = "a.example"


def visited(
    outcome: str, at: datetime, before: SiteState | None = None, until: datetime | None = None
) -> SiteState:
    return after(before, Visited(site=SITE, at=at, outcome=outcome, not_before=until))


def failing(attempts: int) -> SiteState:
    """The state after so many failures, each at the moment it was due."""
    state = visited("unreachable", START)
    for _ in range(attempts - 1):
        state = visited("timeout", state.due_at, state)
    return state


@pytest.mark.parametrize("outcome", ["ok", "robots_denied", "redirected_away", "empty"])
def test_a_site_that_answers_is_due_at_its_base_age(outcome: str) -> None:
    state = visited(outcome, START)
    assert base_age() * 0.8 <= state.due_at - START <= base_age()
    assert (state.failed, state.dead_at, state.answered_at) == (0, None, START)


def test_gaps_grow_and_then_the_site_is_dead() -> None:
    for failures, gap in enumerate(GAPS, 1):
        state = failing(failures)
        assert (state.failed, state.dead_at) == (failures, None)
        assert gap * 0.8 <= state.due_at - state.last_at <= gap
    dead = failing(len(GAPS) + 1)
    assert dead.dead_at == dead.last_at
    assert dead.failing_since == START
    assert dead.due_at - dead.last_at == spread(SITE, DEAD)
    again = visited("unreachable", dead.due_at, dead)
    assert again.dead_at == dead.dead_at


def test_attempts_before_their_time_do_not_bring_death_nearer() -> None:
    state = failing(1)
    for minute in range(1, 40):
        state = visited("unreachable", START + timedelta(minutes=minute), state)
    assert (state.failed, state.dead_at, state.due_at) == (1, None, failing(1).due_at)


def test_a_dead_site_that_answers_lives() -> None:
    dead = failing(len(GAPS) + 1)
    state = visited("ok", dead.due_at, dead)
    assert (state.failed, state.failing_since, state.dead_at) == (0, None, None)


def refusing(visits: int, before: SiteState | None = None) -> SiteState:
    """The state after so many visits that were each put off by an hour, when they were due."""
    state = before
    for _ in range(visits):
        at = state.due_at if state else START
        state = visited("asked_to_wait", at, state, at + timedelta(hours=1))
    assert state is not None
    return state


def test_a_site_that_always_refuses_is_visited_ever_more_rarely() -> None:
    for refusals, gap in enumerate(GAPS, 1):
        state = refusing(refusals)
        assert gap * 0.8 <= state.due_at - state.last_at <= gap + timedelta(hours=1)
        assert (state.refused, state.failed, state.dead_at) == (refusals, 0, None)
    assert refusing(9).due_at - refusing(9).last_at >= GAPS[-1] * 0.8
    visits, state = 0, refusing(1)
    while state.due_at < START + timedelta(days=31):
        state, visits = refusing(1, state), visits + 1
    assert visits < 8


def test_a_refusal_neither_wakes_the_dead_nor_counts_as_a_failure() -> None:
    dead = failing(len(GAPS) + 1)
    state = refusing(1, dead)
    assert (state.failed, state.failing_since) == (dead.failed, dead.failing_since)
    assert state.dead_at == dead.dead_at


def test_refusals_before_their_time_do_not_count() -> None:
    state = refusing(1)
    for minute in range(1, 40):
        at = START + timedelta(minutes=minute)
        state = visited("asked_to_wait", at, state, at + timedelta(hours=1))
    assert state.refused == 1


def test_a_site_that_brings_pages_and_then_refuses_is_due_at_its_usual_age() -> None:
    for before in (None, refusing(3), failing(2)):
        at = before.due_at if before else START
        state = visited("ok", at, before, at + timedelta(hours=1))
        assert state.due_at == visited("ok", at).due_at
        assert (state.refused, state.failed) == (0, 0)


def test_what_a_site_asks_for_counts_though_verdicts_want_it_sooner() -> None:
    """It brought pages, of which a verdict says that they age in less time than it asked for."""
    aged = replace(visited("ok", START), age_days=7, age_at=START)
    at = START + timedelta(days=7)
    state = visited("ok", at, aged, at + timedelta(days=20))
    assert timedelta(days=20) <= state.due_at - at < timedelta(days=21)
    assert rested_on(state, timedelta(days=3), state.last_at).due_at == state.due_at
    assert not state.is_stale(state.due_at - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        (timedelta(days=-9), timedelta(hours=1), timedelta(hours=2)),
        (timedelta(days=9_000), timedelta(days=30), timedelta(days=31)),
    ],
)
def test_what_a_site_asks_for_is_granted_within_bounds(
    asked: timedelta, least: timedelta, most: timedelta
) -> None:
    assert least <= visited("http_error", START, None, START + asked).due_at - START <= most


def test_a_visit_that_ended_late_changes_nothing() -> None:
    state = visited("ok", START)
    assert visited("unreachable", START - timedelta(seconds=1), state) is state


def test_an_open_question_is_a_reason_after_a_month_but_not_at_a_site_that_fails() -> None:
    answered = visited("ok", START)
    assert not answered.is_stale(START + FRESH - timedelta(seconds=1))
    assert answered.is_stale(START + FRESH)
    dead = failing(len(GAPS) + 1)
    assert not dead.is_stale(dead.last_at + 2 * FRESH)


def test_sites_imported_in_one_minute_are_not_due_in_one_minute() -> None:
    due = [START + spread(f"site-{one}.example", base_age()) for one in range(100_000)]
    minutes = Counter(at.replace(second=0, microsecond=0) for at in due)
    hours = Counter(at.hour for at in due)
    # Eighteen days of minutes, four sites in each on average; every hour of the day alike.
    assert max(minutes.values()) < 25
    assert max(hours.values()) < 1.1 * min(hours.values())


def test_ages_are_by_kind_of_fact() -> None:
    assert age_of("job_opening") < age_of("technology") < age_of("email") < age_of("legal_name")
    assert age_of("legal_name") == base_age() == age_of("custom:budget")
