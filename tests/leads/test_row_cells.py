"""Cells of rows: stored by the place of their column, and found by its name."""

from leads.store.row_cells import StoredCells, by_name, emptied, to_store

COLUMNS = {"columns": [{"header": "Company"}, {"header": "Hall"}, {"header": "Stand"}]}
HEADERS = ["Company", "Hall", "Stand"]


def test_cells_are_found_by_the_names_of_their_columns() -> None:
    for cells, stored in (
        ({"Company": "Acme", "Hall": "7", "Stand": "B2"}, ["Acme", "7", "B2"]),
        ({"Company": "Acme", "Stand": "B2"}, ["Acme", "", "B2"]),
        ({"Company": "Acme"}, ["Acme"]),
        ({}, []),
        # A cell of no column keeps its name.
        ({"Company": "Acme", "Row": "4"}, {"Company": "Acme", "Row": "4"}),
    ):
        assert to_store(cells, HEADERS) == stored
        assert by_name(to_store(cells, HEADERS), COLUMNS) == cells


def test_cells_of_both_kinds_are_emptied() -> None:
    kinds: tuple[tuple[StoredCells, StoredCells], ...] = (
        (["Acme", "ann@acme.example"], ["Acme", ""]),
        ({"Company": "Acme", "Mail": "ann@acme.example"}, {"Company": "Acme", "Mail": ""}),
    )
    for stored, kept in kinds:
        assert emptied(stored, lambda cell: "@" in cell) == kept
