"""Days with the year last: their order, and what does not show which part is the day."""

import pytest

from engage.predict.written_days import places_of_days
from leads.errors import UsageError


@pytest.mark.parametrize(
    "in_order",
    [
        ["31.12.2025", "1.1.2026", "02.01.2026", "01.02.2026"],
        ["01/01/2024", "02/01/2024", "13/01/2024", "01/02/2024"],
        ["01/02/2024", "01/13/2024", "02/01/2024"],
        ["12/31/2025 11:30 AM", "12/31/2025 12:05 PM", "12/31/2025 3:15 PM"],
        ["25-01-2024 00:10", "25-01-2024 9:00", "26-01-2024"],
    ],
)
def test_days_are_in_their_order(in_order: list[str]) -> None:
    found = places_of_days("day", in_order)
    assert found is not None
    assert sorted(found) == found
    assert len(set(found)) == len(in_order)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["01/02/2024", "03/04/2024"], "nothing shows which part is the day"),
        (["13/02/2024", "02/13/2024"], "days first in some rows and months first in others"),
        (["12.31.2025", "1.2.2026"], "with dots the day is first"),
        (["13.02.2024", "02.13.2024"], "days first in some rows"),
    ],
)
def test_days_that_may_be_two_are_refused(texts: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        places_of_days("day", texts)


@pytest.mark.parametrize(
    "texts", [["2024-01-31"], ["31.12.2025", ""], ["1.2"], ["7"], ["31.12.20255"], []]
)
def test_other_texts_are_not_read(texts: list[str]) -> None:
    assert places_of_days("day", texts) is None
