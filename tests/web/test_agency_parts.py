"""What the pages of agencies rest on: saved pages around a quote, and pages of suppressions."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from actions import uploads
from actions.session import open_session
from actions.snapshots import split_at_quote
from actions.suppression_table import show_page
from actions.suppressions import Scope, add
from actions.where import Where
from leads.errors import NotFoundError
from leads.ids import new_id

TEXT = "About us\nWe employ  30\tpeople in Bremen.\nWrite to info@alder.example (today)."


@pytest.mark.parametrize(
    ("quote", "marked"),
    [
        ("We employ 30 people", "We employ  30\tpeople"),
        ("we EMPLOY 30", "We employ  30"),
        ("us We employ", "us\nWe employ"),
        ("(today).", "(today)."),
        ("We employ 30 people in [left out] for good now", "We employ  30\tpeople in"),
        ("nothing of the kind", ""),
        # Several records of a name server are several lines.
        ("We employ 30 people in Bremen.; About us", "We employ  30\tpeople in Bremen."),
        ("left out; Write to info@alder.example (today).", "Write to info@alder.example (today)."),
        ("", ""),
    ],
)
def test_a_quote_is_found_in_the_text(quote: str, marked: str) -> None:
    before, found, after = split_at_quote(TEXT, quote)
    assert found == marked
    assert before + found + after == TEXT


def test_pages_hold_every_suppression_once_the_newest_first(database: str) -> None:
    levels = ("client", "law", "client", "agency", "client", "client", "law")
    seen: list[str | None] = []
    start: UUID | None = None
    with open_session("boss") as session:
        for number, level in enumerate(levels):
            add(session, Scope(Where(), level), f"firm{number}.example", kind="domain")
        while True:
            page = show_page(session, "default", before=start, limit=3)
            seen += [keys[0].subject for keys in page.rows]
            start = page.next
            if start is None:
                break
        law = show_page(session, "default", "law")
    assert seen == [f"firm{number}.example" for number in reversed(range(len(levels)))]
    assert [keys[0].subject for keys in law.rows] == ["firm6.example", "firm1.example"]


@pytest.mark.parametrize("about", ["{}", "not JSON", '{"client": "default", "plan": {"odd": 1}}'])
def test_an_upload_that_cannot_be_read_is_left_out(
    about: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_HOME", str(tmp_path))
    upload_id = new_id()
    folder = tmp_path / "uploads" / str(upload_id)
    folder.mkdir(parents=True)
    (folder / "about.json").write_text(about)
    with open_session("boss") as session:
        kept = uploads.keep(session, "default", "../fair.csv", BytesIO(b"name\nAlder\n"))
        assert [one.id for one in uploads.of_client(session, "default")] == [kept.id]
        assert kept.file_name == "fair.csv"
        with pytest.raises(NotFoundError):
            uploads.find(session, upload_id)
