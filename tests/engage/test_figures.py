"""Steps, stays, amounts and costs, by tables of cases."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.figures.amounts import Amounts, total
from engage.figures.companies import Company, ListCost, checked_group
from engage.figures.costs import bought, cost, rows_of
from engage.figures.overlaps import without_overlaps
from engage.figures.reports import by_group, whole
from engage.figures.spans import percentile, span
from engage.figures.steps import BEFORE, STEPS, WAY, Path, Period, funnel, path_of
from engage.figures.weeks import weekly
from leads.errors import UsageError

DAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
FAIR, VENDOR_LIST = "1", "2"


def on(day: float) -> datetime:
    return DAY + timedelta(days=day)


def company(
    *rows: tuple[str, int],
    hours: float = 0,
    won: Amounts | None = None,
    asked: Amounts | None = None,
    **at: float,
) -> Company:
    path = path_of({"name": on(0), **{step: on(day) for step, day in at.items()}})
    return Company(
        path=path,
        rows=rows,
        seconds=hours * 3600,
        asked=asked or Amounts(),
        won=won or Amounts(),
    )


def listing(list_id: str, rows: int, cost: Amounts | None, vendor: str | None = None) -> ListCost:
    return ListCost(id=list_id, name=f"list {list_id}", vendor=vendor, cost=cost, rows=rows)


def counts(paths: list[Path]) -> dict[str, int]:
    return {one.step: one.companies for one in funnel(paths)}


@pytest.mark.parametrize(
    ("at", "came_to"),
    [
        ({}, {"name"}),
        ({"suspect": on(1)}, {"name", "suspect"}),
        ({"lead": on(3)}, {"name", "suspect", "prospect", "reached", "lead"}),
        ({"handed_over": on(1)}, set(WAY) - {"customer"} | {"handed_over"}),
        ({"accepted": on(2), "handed_over": on(1)}, set(STEPS) - {"customer"}),
        # Bought without a hand-over.
        ({"customer": None}, set(WAY)),
    ],
)
def test_who_is_at_a_later_step_was_at_the_earlier_ones(
    at: dict[str, datetime | None], came_to: set[str]
) -> None:
    path = path_of({"name": on(0), **at})
    assert {step for step in STEPS if path.came_to(step)} == came_to


def test_steps_that_only_a_later_one_implies_are_told_apart() -> None:
    paths = [
        path_of({"name": on(0), "suspect": on(1), "prospect": on(1)}),
        path_of({"name": on(0), "lead": on(3)}),
        path_of({"name": on(0), "handed_over": on(3)}),
    ]
    implied = {one.step: one.implied for one in funnel(paths) if one.implied}
    assert implied == {"suspect": 2, "prospect": 2, "reached": 2, "lead": 1, "qualified_lead": 1}


def test_a_stay_ends_at_the_next_step_whose_time_is_known() -> None:
    paths = [
        path_of({"name": on(0), "suspect": on(2), "lead": on(12)}),
        # It signalled interest before it was listed: that says nothing of a stay.
        path_of({"name": on(0), "lead": on(-5)}),
        path_of({"name": on(0), "suspect": on(4)}),
    ]
    steps = {one.step: one for one in funnel(paths)}
    name, suspect = steps["name"].stay, steps["suspect"].stay
    assert name is not None
    assert suspect is not None
    assert (name.companies, name.median, name.p90) == (2, 3.0, None)
    assert (suspect.companies, suspect.median) == (1, 10.0)
    assert steps["prospect"].stay is None


times = st.integers(-50, 50).map(on)
paths_ = st.builds(
    path_of,
    st.dictionaries(st.sampled_from(STEPS), st.none() | times),
    is_out=st.booleans(),
)


@given(st.lists(paths_, max_size=40))
def test_every_company_is_at_one_step_or_beyond(paths: list[Path]) -> None:
    steps = {one.step: one for one in funnel(paths)}
    for place, step in enumerate(WAY):
        beyond = steps[WAY[place + 1]].companies if step != WAY[-1] else 0
        waiting, out = steps[step].waiting, steps[step].out
        assert waiting is not None
        assert out is not None
        assert steps[step].companies == waiting + out + beyond
    for step, before in BEFORE.items():
        share = steps[step].share
        assert share is not None
        if step != "accepted":
            assert 0 <= share.count <= share.of == steps[before].companies


def test_a_period_counts_the_companies_listed_in_it_and_what_happened_in_it() -> None:
    old = Company(path=path_of({"name": on(-30), "suspect": on(1)}))
    new = Company(path=path_of({"name": on(1), "suspect": on(9)}))
    period = Period(on(0), on(7))
    steps = {one.step: one for one in whole([old, new], {}, None, period).steps}
    assert (steps["name"].companies, steps["name"].in_period) == (1, 1)
    assert (steps["suspect"].companies, steps["suspect"].in_period) == (1, 1)
    assert all(one.in_period is None for one in whole([old, new], {}, None, Period()).steps)
    # A rejection is no step.
    back = Company(path=path_of({"name": on(1), "handed_over": on(2), "rejected": on(3)}))
    steps = {one.step: one for one in whole([back], {}, None, period).steps}
    assert steps["handed_over"].in_period == 1


def test_weeks_without_anything_are_counted_too() -> None:
    found = weekly([path_of({"name": on(0), "lead": on(15)})], Period())
    assert [one.name for one in found] == ["2026-W45", "2026-W46", "2026-W47"]
    assert [one.counts["lead"] for one in found] == [0, 0, 1]
    assert weekly([], Period()) == []
    rejected = weekly([path_of({"handed_over": on(0), "rejected": on(1)})], Period())
    assert [one.counts["handed_over"] for one in rejected] == [1]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([0, 7 * 27], 28),
        ([0, 7 * 28], 2),
        # A signal of a quarter of a century ago is one line, not a thousand.
        ([-9_000, 0, 14], 4),
    ],
)
def test_a_long_gap_between_weeks_is_left_out(days: list[int], expected: int) -> None:
    found = weekly([path_of({"reached": on(one)}) for one in days], Period())
    assert len(found) == expected
    assert sum(one.counts["reached"] for one in found) == len(days)
    assert [one.start for one in found] == sorted({one.start for one in found})


@pytest.mark.parametrize(
    ("ordered", "share", "value"),
    [
        ([5.0], 0.9, 5.0),
        ([1.0, 2.0], 0.5, 1.5),
        ([0.0, 10.0, 20.0], 0.9, 18.0),
        ([float(number) for number in range(101)], 0.9, 90.0),
    ],
)
def test_percentiles(ordered: list[float], share: float, value: float) -> None:
    assert percentile(ordered, share) == pytest.approx(value)


def test_a_90th_percentile_of_few_is_not_stated() -> None:
    few, many = span([timedelta(days=1)] * 19), span([timedelta(days=1)] * 20)
    assert few is not None
    assert many is not None
    assert (few.p90, many.p90) == (None, 1.0)
    assert span([]) is None


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        (Amounts.of(125_000, "EUR"), "1,250.00 EUR"),
        (Amounts.of(100, "USD") + Amounts.of(100, "EUR"), "1.00 EUR + 1.00 USD"),
        (Amounts.of(Fraction(1, 2), "EUR"), "0.01 EUR"),
        (Amounts.of(Fraction(-1, 2), "EUR"), "-0.01 EUR"),
        (Amounts.of_micros(3_200, "EUR"), "0.003200 EUR"),
        (Amounts.of_micros(0, "EUR"), "0.00 EUR"),
        (Amounts(), ""),
    ],
)
def test_amounts_are_exact_and_each_currency_stays_by_itself(amounts: Amounts, shown: str) -> None:
    assert str(amounts) == shown


@given(st.lists(st.tuples(st.integers(0, 10**12), st.sampled_from(["EUR", "GBP"])), max_size=20))
def test_sums_lose_nothing(some: list[tuple[int, str]]) -> None:
    added = total(Amounts.of(amount, currency).times(Fraction(1, 3)) for amount, currency in some)
    for currency, amount in added.times(Fraction(3)).rounded().items():
        assert amount == Decimal(sum(one for one, name in some if name == currency)) / 100


def test_a_list_is_spread_over_its_rows_and_an_hour_costs_what_is_set() -> None:
    lists = {
        FAIR: listing(FAIR, 4, Amounts.of(40_000, "EUR")),
        VENDOR_LIST: listing(VENDOR_LIST, 1, None),
    }
    some = [
        company((FAIR, 1), (VENDOR_LIST, 1), suspect=1, lead=2, hours=1.5),
        company((FAIR, 2), suspect=1),
    ]
    found = cost(some, bought(rows_of(some), lists), Amounts.of(4_000, "EUR"))
    assert str(found.lists) == "300.00 EUR"
    assert found.unstated == ["list 2"]
    assert (found.hours, str(found.time), str(found.sum)) == (1.5, "60.00 EUR", "360.00 EUR")
    assert str(found.per["suspect"]) == "180.00 EUR"
    assert str(found.per["lead"]) == "360.00 EUR"
    assert found.per["customer"] is None
    unset = cost(some, bought(rows_of(some), lists), None)
    assert (unset.time, str(unset.sum)) == (None, "300.00 EUR")


def test_questions_count_with_their_companies_and_currencies_stay_apart() -> None:
    euros, dollars = Amounts.of_micros(200_000, "EUR"), Amounts.of_micros(80_000, "USD")
    some = [company(suspect=1, asked=euros), company(lead=1, asked=dollars), company(lead=1)]
    found = cost(some, bought({}, {}), None, Amounts.of_micros(1, "EUR"))
    assert [str(one) for one in found.questions.prices] == ["0.200001 EUR", "0.08 USD"]
    assert str(found.sum) == "0.20 EUR + 0.08 USD"
    assert str(found.per["lead"]) == "0.10 EUR + 0.04 USD"
    assert found.per["customer"] is None


@pytest.mark.parametrize(
    ("sales", "currency", "spent", "profit", "why"),
    [
        (5, "EUR", Amounts.of(100_00, "EUR"), 4.0, ""),
        (
            4,
            "EUR",
            Amounts.of(100_00, "EUR"),
            None,
            "too few to say: 4 of at least 5 customers with a value",
        ),
        (5, "USD", Amounts.of(100_00, "EUR"), None, "several currencies, which are not added"),
        (5, "EUR", None, None, "no cost is stated"),
        (5, "EUR", Amounts.of(0, "EUR"), None, "no cost is stated"),
    ],
)
def test_a_return_is_stated_where_it_means_something(
    sales: int, currency: str, spent: Amounts | None, profit: float | None, why: str
) -> None:
    some = [company((FAIR, 1), customer=1, won=Amounts.of(100_00, currency)) for _ in range(sales)]
    found = cost(some, bought(rows_of(some), {FAIR: listing(FAIR, sales, spent)}), None)
    assert (found.profit, found.why_none) == (profit, why)


def test_a_value_counts_for_customers_alone() -> None:
    some = [
        company(customer=1, won=Amounts.of(100_00, "EUR") + Amounts.of(50_00, "EUR")),
        company(customer=2),
        # It never became a customer, so this value is none of a deal.
        company(lead=3, won=Amounts.of(5_000_00, "EUR")),
    ]
    found = cost(some, bought({}, {}), None)
    assert (str(found.won), found.sales, found.without_value) == ("150.00 EUR", 1, 1)


@pytest.mark.parametrize(
    ("spans", "alone"),
    [
        ([(0, 3), (0, 6), (0, 9)], [3, 3, 3]),
        # Taken later and reported earlier: the first one is worked before and after.
        ([(0, 10), (4, 6)], [8, 2]),
        ([(0, 2), (5, 6)], [2, 1]),
        ([(0, 2), (3, 4), (1, 9)], [2, 1, 6]),
        # It ended before it began, by two clocks.
        ([(0, 2), (3, 1)], [2, 0]),
        ([(0, 2), (0, 2)], [2, 0]),
        ([], []),
    ],
)
def test_a_moment_is_worked_on_one_prospect(spans: list[tuple[int, int]], alone: list[int]) -> None:
    found = without_overlaps([(on(start), on(end)) for start, end in spans])
    assert found == [timedelta(days=one) for one in alone]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12))
def test_hours_add_up_to_the_days_on_which_anything_was_held(spans: list[tuple[int, int]]) -> None:
    found = without_overlaps([(on(start), on(end)) for start, end in spans])
    days = {day for start, end in spans for day in range(start, end)}
    assert sum(found, timedelta()) == timedelta(days=len(days))
    assert all(one >= timedelta() for one in found)


def test_a_list_is_paid_for_by_its_group_even_when_all_its_companies_were_known() -> None:
    lists = {
        FAIR: listing(FAIR, 2, Amounts.of(200_00, "EUR"), "Messe"),
        VENDOR_LIST: listing(VENDOR_LIST, 1, Amounts.of(90_00, "EUR")),
    }
    some = [company((FAIR, 1), (VENDOR_LIST, 1)), company((FAIR, 1))]
    by_list = {one.group: one for one in by_group(some, lists, None, Period(), "list")}
    assert [by_list[name].steps[0].companies for name in ("list 1", "list 2")] == [2, 0]
    assert str(by_list["list 2"].cost.sum) == "90.00 EUR"
    by_vendor = {one.group: one for one in by_group(some, lists, None, Period(), "vendor")}
    assert str(by_vendor["Messe"].cost.sum) == "200.00 EUR"
    assert str(by_vendor["(not stated)"].cost.sum) == "90.00 EUR"
    by_week = by_group(some, lists, None, Period(), "week")
    assert [(one.group, str(one.cost.sum)) for one in by_week] == [("2026-W45", "290.00 EUR")]


def test_a_wrong_group_names_the_right_one() -> None:
    with pytest.raises(UsageError, match="did you mean vendor"):
        checked_group("vendors")
