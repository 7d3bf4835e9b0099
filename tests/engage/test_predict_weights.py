"""A model as plain weights says the same as the model that was learned, and its terms add up."""

import math
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.predict import model
from engage.predict.features import cells_of, columns_of, list_of
from engage.predict.kinds import Kind, kind_of
from engage.predict.table import column_of
from engage.predict.trial import try_chances
from engage.predict.weights import LAST, Term, Weights, chance_of, from_json
from engage.run.chances import lot
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value
from tests.engage.made_deals import deals

AT = datetime(2026, 3, 2, tzinfo=UTC)


def learned() -> tuple[Weights, list[dict[str, str]], np.ndarray]:
    made, won = deals()
    size = ["" if n % 7 == 0 else f"{n % 90:,}" for n in range(len(won))]
    amount = [str(1_000_000 if n % 50 == 0 else n % 9 * 10) for n in range(len(won))]
    made = made | {"size": size, "amount": amount}
    columns = {name: column_of(name, some) for name, some in made.items()}
    kinds = {name: kind_of(column) for name, column in columns.items()}
    tried = round(len(won) * 0.7)
    weights = model.learn(columns, kinds, won, tried)
    rows = [{name: some[n] for name, some in made.items()} for n in range(len(won))]
    return weights, rows, won


def test_the_average_chance_is_the_rate_and_terms_add_up() -> None:
    weights, rows, won = learned()
    stored = from_json(weights.as_json())
    assert [one.column for one in stored.terms if one.is_logged] == ["amount"]
    chances = [stored.chance(row) for row in rows]
    assert np.mean(chances) == pytest.approx(won.mean(), abs=0.05)
    for row in rows[:50]:
        added = math.fsum(one.by for one in stored.moved(row))
        assert stored.usual + added == pytest.approx(stored.log_odds(row))
    middle = math.fsum(stored.log_odds(row) for row in rows) / len(rows)
    assert middle == pytest.approx(stored.usual)


def test_texts_of_few_rows_are_not_kept() -> None:
    made, won = deals()
    texts = [*["frequent"] * 20, *["rare"] * 19, *(f"kim doe {n}" for n in range(len(won) - 39))]
    column, lone = column_of("owner", texts), column_of("lone", [*map(str, range(len(won)))])
    tried = round(len(won) * 0.7)
    columns = {"owner": column, "industry": column_of("industry", made["industry"])}
    kinds = dict.fromkeys((*columns, "lone"), Kind.GROUP)
    owner, industry = model.learn(columns, kinds, won, tried).terms
    assert set(owner.texts) == {"frequent"}
    assert set(industry.texts) == set(made["industry"])
    (alone,) = model.learn({"lone": lone}, kinds, won, tried).terms
    assert (alone.texts, alone.usual) == ({}, 0)


def test_places_are_in_the_order_of_chances() -> None:
    weights, rows, _ = learned()
    chances = sorted(weights.chance(row) for row in rows)
    places = [weights.place(chance) for chance in chances]
    assert places == sorted(places, reverse=True)
    assert 0 <= places[-1] < places[0] <= LAST


def test_cells_that_were_not_seen_weigh_nothing() -> None:
    weights = Weights(
        intercept=0.0,
        slope=1.0,
        shift=0.0,
        terms=[
            Term(column="town", texts={"Kelmouth": 1.0}),
            Term(column="size", is_number=True, middle=5, mean=3, spread=2, weight=1, missing=0.5),
        ],
        quantiles=[0.5],
    )
    assert weights.log_odds({"town": "Elsewhere", "size": "3"}) == 0
    assert weights.log_odds({"town": "Kelmouth", "size": "many"}) == 1 + 1 + 0.5
    assert weights.place(0.9) == 0
    assert weights.place(0.1) == LAST


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_chance_is_between_0_and_1(log_odds: float) -> None:
    assert 0 <= chance_of(log_odds) <= 1


def test_one_company_in_20_is_placed_by_lot_over_all_places() -> None:
    campaign = UUID(int=1)
    drawn = [lot(campaign, UUID(int=n)) for n in range(20_000)]
    lots = [one for one in drawn if one is not None]
    assert 900 < len(lots) < 1_100
    assert drawn == [lot(campaign, UUID(int=n)) for n in range(20_000)]
    assert 4_500 < np.mean(lots) < 5_500
    assert drawn != [lot(UUID(int=2), UUID(int=n)) for n in range(20_000)]


def fact(attribute: str, value: Value, days: int = 0, source: str = "site:acme.example") -> Fact:
    seen = Evidence(source=source, method=Method.PAGE, observed_at=AT + timedelta(days=days))
    return Fact(id=new_id(), attribute=attribute, value=value, evidence=seen)


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (fact("industry", IndustryCode("nace2.0", "10.71")), {"industry": "nace2.0:10"}),
        (fact("industry", IndustryCode("text", " Bakery ")), {"industry": "bakery"}),
        (fact("employees", Range(20, 30)), {"employees": "25.0"}),
        (fact("employees", Range(None, 30)), {"employees": "30.0"}),
        (fact("employees", Range(None, None)), {}),
        (fact("turnover", MoneyRange(Range(4, 6), "EUR")), {"turnover (EUR)": "5.0"}),
        (fact("technology", TechnologyUse("sap")), {"technology: sap": "yes"}),
        (fact("technology", TechnologyUse("sap", uses=False)), {"technology: sap": "no"}),
        (fact("phone", "+431234567"), {"has phone": "yes"}),
        (fact("name", "Acme GmbH"), {}),
        (fact("email", "office@acme.example"), {"has email": "yes"}),
        (fact("custom:Sector", "Food"), {"custom:Sector": "food"}),
        (fact("country", "AT", source="list:fair"), {"country": "at", "list: fair": "yes"}),
    ],
)
def test_a_fact_is_a_cell(one: Fact, wanted: dict[str, str]) -> None:
    named = list_of(one.evidence.source)
    found = dict(cells_of(one.attribute, one.value)) | ({named: "yes"} if named else {})
    assert found == wanted


def test_columns_of_few_rows_are_left_out() -> None:
    rows = [{"a": "1", "b": "1"}, {"a": "1", "c": "1"}, {"a": "1", "b": "1"}]
    assert columns_of(rows, 2, 10) == ["a", "b"]
    assert columns_of(rows, 1, 2) == ["a", "b"]


@pytest.mark.parametrize(
    ("chances", "advice"),
    [
        ([0.3] * 200 + [0.7] * 200, "keep"),
        ([0.7] * 200 + [0.3] * 200, "train again"),
        ([0.01] * 200 + [0.05] * 200, "train again"),
        ([0.3] * 199, "too few to say"),
    ],
)
def test_later_outcomes_say_whether_a_model_holds(chances: list[float], advice: str) -> None:
    won = np.array([(n % 10) < (3 if n < 200 else 7) for n in range(len(chances))])
    assert try_chances(np.array(chances), won).advice == advice
