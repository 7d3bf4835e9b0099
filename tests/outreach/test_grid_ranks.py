"""The rank of a row in the queue says in which cell of the grid its company is."""

import pytest

from leads.grid import cell, cell_of_rank
from outreach.place import rank


@pytest.mark.parametrize("worst", [0, 39, 40, 79, 80, 100])
@pytest.mark.parametrize("temperature", ["cold", "warm", "hot"])
def test_a_rank_names_its_cell(worst: int, temperature: str) -> None:
    here = cell(worst, temperature, {"A": 80, "B": 40})
    assert cell_of_rank(rank(worst, 100, here)) == here
