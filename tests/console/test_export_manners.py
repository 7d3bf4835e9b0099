"""What an export says about itself: no notes and names of users, and no time or stage that is empty
for a reason nobody tells.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

Queued = Callable[..., None]


def test_reasons_hold_neither_notes_nor_users(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH")
    for result in ("interested", "too_small"):
        sluice("queue", "next", "--as", "ann")
        sluice("queue", "done", result, "--as", "ann", "--note", "private words")
    rows = sluice("export", "--profile", "plain", "--stage", "all", "--json").json
    assert sorted(one["reason"] for one in rows) == ["a lead now: interested", "closed: too small"]

    hubspot = sluice("export", "--profile", "hubspot", "--stage", "all", "--json").out
    assert "private" not in hubspot
    assert "ann" not in hubspot


def test_a_day_to_come_and_a_stage_without_companies_are_said(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Alder GmbH")
    assert "still to come" in sluice("export", "--since", "2999-01-01", "--json", code=2).err
    empty = sluice("export", "--stage", "lead", "-o", tmp_path / "out.txt")
    assert "no company is at the stage lead" in empty.err
    assert "the file is CSV" in empty.err


@pytest.mark.usefixtures("database")
def test_a_wide_file_that_is_named_something_else_is_refused_with_its_encoding(
    sluice: Sluice, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("name,country\nAlder GmbH,DE\n".encode("utf-16"))
    said = sluice("import", file, "--encoding", "cp1252", code=2).err
    assert "the file is UTF-16, not cp1252" in said
    assert "leave --encoding out" in said
    sluice("import", file)


@pytest.mark.usefixtures("database")
def test_what_steers_a_terminal_hides_no_legal_form(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,country\nAlder \x1b[1mGmb\x1bH\x1b[0m,DE\n")
    sluice("import", file)
    found = sluice("source-of", "Alder GmbH", "--json").json["sources"][0]["said"]
    assert found["legal form"] == ["gmbh"]
