"""A score is the sum of its ledger, whatever the order, the repeats and the clock."""

import math
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.score.results import results
from engage.signals.table import Signal
from tests.engage.made import DAY, START, result, scores, scoring, signal, usable

RULES = """{signal: email_replied, points: 12.5, per_day: 2}
{signal: quote_requested, points: 20}
{signal: demo_requested, points: 30, when: {channel: [landing_page]}}
{signal: not_interested, points: -30, half_life: 60 days}
{signal: call_answered, points: 3.35, half_life: 5 days}"""
KINDS = ("email_replied", "quote_requested", "demo_requested", "not_interested", "call_answered")
BY = usable(scoring(RULES, "half_life: 14 days"))

SIGNALS = st.lists(
    st.builds(
        lambda kind, hours, number, company: signal(
            kind,
            timedelta(hours=hours),
            id=str(number),
            company=f"{company}.example",
            channel="landing_page" if number % 2 else "email",
        ),
        st.sampled_from(KINDS),
        st.integers(-2_000, 0),
        st.integers(0, 10_000),
        st.sampled_from("abc"),
    ),
    max_size=40,
)


def shown(signals: list[Signal], after: timedelta = timedelta(0)) -> list[object]:
    return list(results(scores(signals, BY, START + after), BY))


@given(SIGNALS, st.randoms(use_true_random=False), st.integers(0, 90))
def test_neither_order_nor_repeats_change_a_score(
    signals: list[Signal], random: Random, days: int
) -> None:
    before = shown(signals, days * DAY)
    mixed = [*signals, *signals[: len(signals) // 2]]
    random.shuffle(mixed)
    assert shown(mixed, days * DAY) == before


@given(SIGNALS, SIGNALS, st.integers(0, 90))
def test_signals_of_one_company_change_no_other(
    some: list[Signal], others: list[Signal], days: int
) -> None:
    own = [replace(one, company="own.example", id=f"own {one.id}") for one in some]
    alone = shown(own, days * DAY)
    together = shown([*others, *own], days * DAY)
    assert [one for one in together if getattr(one, "company", "") == "own.example"] == alone


@given(SIGNALS, st.integers(0, 90))
def test_the_sum_is_that_of_the_ledger_and_close_to_exact_decay(
    signals: list[Signal], days: int
) -> None:
    found = scores(signals, BY, START + days * DAY)
    table, entries = found.counted.table, found.counted.entries
    for place in range(len(table.companies)):
        own = table.company[entries.signal] == place
        assert found.sums[place] == found.now[own].sum()
        exact = math.fsum(
            points * 2.0 ** (-(found.counted.at - at) / 1e6 / life)
            for points, at, life in zip(
                entries.points[own].tolist(),
                table.at[entries.signal][own].tolist(),
                [BY.rules[rule].half_life.total_seconds() for rule in entries.rule[own]],
                strict=True,
            )
        )
        assert abs(found.sums[place] - exact) <= own.sum() / 2 + 0.01


@pytest.mark.parametrize(
    ("rules", "signals", "total"),
    [
        # Two halves are rounded up, and a negative half too.
        ("{signal: email_replied, points: 0.5}", [signal("email_replied")], 0.5),
        (
            "{signal: email_replied, points: 10, per_day: 2}",
            [signal("email_replied", timedelta(minutes=-minute)) for minute in (0, 1, 2)],
            20,
        ),
        (
            "{signal: quote_requested, points: 10, when: {value_at_least: 1000}}",
            [
                signal("quote_requested", value_minor=100_000),
                signal("quote_requested", value_minor=99_999),
                signal("quote_requested"),
            ],
            10,
        ),
        (
            "{signal: quote_requested, points: 10, when: {source: [hubspot], channel: [email]}}",
            [
                signal("quote_requested", source="hubspot", channel="email"),
                signal("quote_requested", source="hubspot"),
                signal("quote_requested", channel="email"),
            ],
            10,
        ),
        # Another word for the kind counts; a kind without a rule and a signal to come do not.
        ("{signal: email_replied, points: 10}", [signal("replied"), signal("won")], 10),
        (
            "{signal: email_replied, points: 10}",
            [signal("replied"), signal("replied", timedelta(seconds=1))],
            10,
        ),
        (
            "{signal: email_replied, points: 10}\n{signal: email_replied, points: 2}",
            [signal("replied")],
            12,
        ),
    ],
)
def test_what_a_rule_counts(rules: str, signals: list[Signal], total: float) -> None:
    assert result(signals, scoring(rules)).sum == pytest.approx(total, abs=0.05)


@pytest.mark.parametrize(
    ("points", "engagement"),
    [("0.49", 0), ("0.5", 1), ("34.5", 35), ("34.49", 34), ("99.6", 100), ("250", 100), ("-3", 0)],
)
def test_a_sum_is_rounded_half_up_and_kept_within_0_and_100(points: str, engagement: int) -> None:
    by = scoring(f"{{signal: email_replied, points: {points}}}")
    assert result([signal("replied")], by).engagement == engagement


@pytest.mark.parametrize(
    ("contacts", "total"),
    [
        (("", "", ""), 3 * 15),
        (("ann",) * 3, 3 * 15),
        (("ann", "bob", "ann"), 15 + 2 * 15 * 1.25),
        (("ann", "bob", "cid"), 15 * (1 + 1.25 + 1.5)),
    ],
)
def test_purchase_intent_weighs_stage_and_people(contacts: tuple[str, ...], total: float) -> None:
    by = scoring(
        "{signal: content_downloaded, points: 10}\n{signal: unsubscribed, points: -10}",
        "model: purchase_intent",
    )
    signals = [
        signal("content_downloaded", timedelta(milliseconds=number - 5), contact=who)
        for number, who in enumerate(contacts)
    ]
    assert result(signals, by).sum == pytest.approx(total, abs=1e-4)
    # Points that are taken away are not multiplied.
    left = [signal("unsubscribed", contact="dan")]
    assert result([*signals, *left], by).sum == pytest.approx(total - 10, abs=1e-4)
