"""What the columns of a do-not-contact list say, wherever in the list they say it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.read_options import ReadOptions
from intake.sample import SAMPLE
from intake.suppression_file import SuppressionFile, read_suppressions


def read(path: Path, header: str, first: str, last: str) -> SuppressionFile:
    rows = [header, *[first] * (SAMPLE + 1), last]
    path.write_text("\n".join(rows) + "\n")
    return read_suppressions(str(path), ReadOptions())


def test_an_end_that_only_a_late_row_of_our_own_list_has_is_read(tmp_path: Path) -> None:
    header = "domain,suppressed at,suppressed until"
    at = "2026-01-31T10:00:00Z"
    found = read(
        tmp_path / "dnc.csv",
        header,
        f"zeta.example,{at},",
        f"omega.example,{at},2099-05-01T00:00:00Z",
    )

    *_, last = found.entries()
    assert last.terms.until == datetime(2099, 5, 1, tzinfo=UTC)
    assert list(found.columns) == [
        ("domain", "domain"),
        ("suppressed at", "at"),
        ("suppressed until", "until"),
    ]
    assert found.unused == []


@pytest.mark.parametrize("cell", ["", "when he says so"])
def test_a_column_until_of_another_list_counts_where_it_holds_days(
    tmp_path: Path, cell: str
) -> None:
    found = read(
        tmp_path / "dnc.csv", "domain,until", f"zeta.example,{cell}", "omega.example,2099-05-01"
    )

    *_, last = found.entries()
    assert last.terms.until is None
    assert list(found.unused) == ["until"]
