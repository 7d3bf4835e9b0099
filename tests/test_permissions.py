"""What each role may do: the table in docs/architecture.md, cell by cell."""

from pathlib import Path

import pytest

from actions.actor import Actor, Right, Role, roles_with

TEXT = (Path(__file__).parent.parent / "docs" / "architecture.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.partition("| right | ")[2].splitlines()
    if line.startswith("|")
]
ROLES = [cell.strip() for cell in TEXT.partition("| right |")[2].partition("\n")[0].split("|")][:-1]
CELLS = [
    (role, row[0], cell)
    for row in ROWS
    if row[0] in list(Right)
    for role, cell in zip(ROLES, row[1:], strict=True)
]


def test_the_table_is_whole() -> None:
    assert list(Role) == ROLES
    assert {right for _, right, _ in CELLS} == set(Right)
    assert len(CELLS) == len(Role) * len(Right)


@pytest.mark.parametrize(("role", "right", "cell"), CELLS)
def test_a_cell(role: str, right: str, cell: str) -> None:
    assert cell in ("yes", "no")
    assert Actor("ann", Role(role)).may(Right(right)) == (cell == "yes")
    assert (role in roles_with(Right(right))) == (cell == "yes")
