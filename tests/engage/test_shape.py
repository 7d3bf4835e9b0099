"""Columns that are others now than when a model was learned."""

import json
from collections.abc import Sequence

import pytest

from engage.predict.kinds import Kind
from engage.predict.shape import Shape, Shift, as_json, from_json, shape_of, shifts
from engage.predict.table import column_of


def shape(name: str, cells: Sequence[str], kind: Kind = Kind.GROUP) -> Shape:
    """As it comes back from the store."""
    made = as_json([shape_of(column_of(name, cells), kind)])
    (found,) = from_json(json.loads(json.dumps(made)))
    return found


def moved(name: str, then: Sequence[str], now: Sequence[str], kind: Kind) -> list[Shift]:
    return shifts([shape(name, then, kind)], [{name: cell} if cell else {} for cell in now])


NUMBERS = [str(n) for n in range(10, 410)]


@pytest.mark.parametrize(
    ("name", "then", "now", "kind", "said"),
    [
        (
            "employees",
            ["20", "30"] * 142 + [""] * 116,
            ["20", "30"] * 12 + [""] * 176,
            Kind.NUMBER,
            "'employees' is known for 12% now, 71% when it was trained",
        ),
        (
            "employees",
            NUMBERS,
            [str(n * 10) for n in range(10, 410)],
            Kind.NUMBER,
            "'employees' is 2,095 in the middle now, 209.5 when it was trained",
        ),
        (
            "industry",
            ["bakery", "dairy"] * 200,
            ["bakery"] * 190 + ["mill"] * 10,
            Kind.GROUP,
            "'industry' is 'dairy' for 0% now, 50% when it was trained",
        ),
        (
            "signal: hiring",
            ["yes", "yes", ""] * 100,
            [""] * 60,
            Kind.GROUP,
            "no company gives 'signal: hiring' any more: it was known for 67% when it was trained",
        ),
        (
            "has phone",
            ["yes", ""] * 100,
            ["yes"] * 80,
            Kind.GROUP,
            "'has phone' holds for 100% now, 50% when it was trained",
        ),
        ("region", ["", "at"] * 100, [""] * 60, Kind.GROUP, "nothing states 'region' any more"),
    ],
)
def test_a_column_that_changed_is_told_in_words(
    name: str, then: Sequence[str], now: Sequence[str], kind: Kind, said: str
) -> None:
    (found,) = moved(name, then, now, kind)
    assert found.said.startswith(said)
    assert found.index > 0.25


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        (NUMBERS, NUMBERS[::4], Kind.NUMBER),
        (NUMBERS, NUMBERS[::8], Kind.NUMBER),
        (["bakery", "dairy", ""] * 100, ["dairy", "", "bakery"] * 20, Kind.GROUP),
        # Too few to say.
        (["bakery"] * 200, ["mill"] * 49, Kind.GROUP),
    ],
)
def test_a_column_that_is_as_it_was_is_not_named(
    then: Sequence[str], now: Sequence[str], kind: Kind
) -> None:
    assert moved("column", then, now, kind) == []


def test_texts_of_few_companies_are_not_kept() -> None:
    found = shape("town", ["Kelmouth"] * 40 + ["Ann Example's house"] * 19 + [""] * 41)
    assert dict(found.texts) == {"Kelmouth": pytest.approx(40 / 59)}
    assert found.companies == 100
    assert found.known == pytest.approx(0.59)
