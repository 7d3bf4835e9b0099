"""Cells of rows: stored by the place of their column, and found by its name."""

import json

from leads.store.row_cells import StoredCells, by_name, emptied, to_store

COLUMNS = {"columns": [{"header": "Company"}, {"header": "Hall"}, {"header": "Stand"}]}


def test_cells_are_found_by_the_names_of_their_columns() -> None:
    tables: tuple[tuple[list[str], dict[str, str]], ...] = (
        (["Acme", "7", "B2"], {"Company": "Acme", "Hall": "7", "Stand": "B2"}),
        (["Acme", "", "B2"], {"Company": "Acme", "Stand": "B2"}),
        (['"Äcme"\n\\'], {"Company": '"Äcme"\n\\'}),
        ([], {}),
    )
    for cells, named in tables:
        stored = to_store(cells)
        assert stored == json.dumps(cells, separators=(",", ":"))
        assert by_name(json.loads(stored), COLUMNS) == named
    # An earlier version stored them by name.
    assert by_name({"Company": "Acme", "Row": "4"}, COLUMNS) == {"Company": "Acme", "Row": "4"}


def test_cells_of_both_kinds_are_emptied() -> None:
    kinds: tuple[tuple[StoredCells, StoredCells], ...] = (
        (["Acme", "ann@acme.example"], ["Acme", ""]),
        ({"Company": "Acme", "Mail": "ann@acme.example"}, {"Company": "Acme", "Mail": ""}),
    )
    for stored, kept in kinds:
        assert emptied(stored, lambda cell: "@" in cell) == kept
