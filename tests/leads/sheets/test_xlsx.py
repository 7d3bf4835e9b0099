"""A sheet is read as the text a person sees in it, and no workbook takes the process down."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from intake.raw_list import open_list
from leads.errors import UsageError
from leads.sheets.rows import SourceRow


def workbook(
    path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], errors: tuple[str, ...] = ()
) -> Path:
    """A workbook of these sheets; the cells named in `errors` hold #N/A."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cell in errors:
            sheet[cell] = "#N/A"
            sheet[cell].data_type = "e"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("remark", "value", "text"),
    [
        ("a whole number has no .0", 120, "120"),
        ("a fraction", 1.5, "1.5"),
        ("no noise of binary fractions", 0.1 + 0.2, "0.3"),
        ("fifteen digits are exact", 123456789012345, "123456789012345"),
        ("text keeps its nought", "02134", "02134"),
        ("and its twenty digits", "12345678901234567890", "12345678901234567890"),
        ("Namibia", "NA", "NA"),
        ("a day", date(2026, 5, 3), "2026-05-03"),
        (
            "a moment",
            datetime(2026, 5, 3, 4, 5, 6),  # noqa: DTZ001
            "2026-05-03 04:05:06",
        ),
        ("a time", time(4, 5), "04:05:00"),
        ("true", True, "TRUE"),
        ("false", False, "FALSE"),
        ("nothing", None, ""),
        ("negative", -3, "-3"),
        ("huge", 1e300, "1e+300"),
    ],
)
def test_values_as_written(tmp_path: Path, remark: str, value: object, text: str) -> None:
    path = workbook(tmp_path / "list.xlsx", {"Sheet": [["name", "x"], ["Acme", value]]})
    assert list(open_list(str(path))) == [SourceRow(1, 2, ("Acme", text))], remark


def test_more_than_fifteen_digits_are_noted(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "list.xlsx", {"Sheet": [["name", "id"], ["Acme", 12345678901234567890]]}
    )
    source = open_list(str(path))
    assert next(iter(source)).cells == ("Acme", "12345678901234570000")
    assert (
        "1 number of more than 15 digits: Excel had already lost the rest"
        in source.notes.lines()[0]
    )


def test_error_cells_are_empty_and_noted(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "list.xlsx", {"Sheet": [["name", "x", "y"], ["Acme", 1, 2]]}, errors=("B2", "C2")
    )
    source = open_list(str(path))
    assert [item.cells for item in source] == [("Acme", "", "")]
    assert (
        "2 cells of the workbook with an error such as #N/A: they count as empty"
        in source.notes.lines()
    )


class TestSheets:
    """Which sheet is read is the user's to say, and said when it is not."""

    SHEETS = {  # noqa: RUF012
        "Notes": [],
        "Fair": [["name"], ["Acme"]],
        "2": [["name"], ["Beta"]],
    }

    def test_the_first_that_is_not_empty_and_the_others_named(self, tmp_path: Path) -> None:
        source = open_list(str(workbook(tmp_path / "list.xlsx", self.SHEETS)))
        assert (source.sheet, [item.cells for item in source]) == ("Fair", [("Acme",)])
        assert source.notes.lines() == ("the sheet 'Fair' was read; --sheet reads another: '2'",)

    @pytest.mark.parametrize(
        ("said", "sheet"), [("Fair", "Fair"), ("fair ", "Fair"), ("3", "2"), ("2", "2")]
    )
    def test_by_name_before_number(self, tmp_path: Path, said: str, sheet: str) -> None:
        assert (
            open_list(str(workbook(tmp_path / "list.xlsx", self.SHEETS)), sheet=said).sheet == sheet
        )

    @pytest.mark.parametrize(
        ("said", "message"),
        [("4", "has no sheet '4'"), ("fare", "has no sheet"), ("Notes", "is empty")],
    )
    def test_what_is_not_there(self, tmp_path: Path, said: str, message: str) -> None:
        with pytest.raises(UsageError, match=message) as caught:
            open_list(str(workbook(tmp_path / "list.xlsx", self.SHEETS)), sheet=said)
        assert caught.value.hint

    def test_a_workbook_without_anything(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="has only empty sheets"):
            open_list(str(workbook(tmp_path / "list.xlsx", {"A": [], "B": []})))


def test_rows_and_lines_of_a_list_that_does_not_begin_in_the_corner(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["", "Exhibitors of 2026"],
        [],
        ["", "name", "city", "web"],
        ["", "Acme", "Rome", "a"],
        [],
        ["", "Beta", "Bonn", "b"],
    ]
    source = open_list(str(workbook(tmp_path / "list.xlsx", {"Sheet": rows})))
    assert source.header == ("name", "city", "web")
    assert [(item.row, item.line, item.cells[0]) for item in source] == [
        (1, 5, "Acme"),
        (2, 6, ""),
        (3, 7, "Beta"),
    ]


def test_a_cell_in_the_last_corner_is_refused_before_it_takes_all_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "name"
    book.worksheets[0].cell(1_048_576, 16_384, "x")
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(UsageError, match="1,048,576 rows by 16,384 columns") as caught:
        open_list(str(tmp_path / "list.xlsx"))
    assert "CSV" in caught.value.hint


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", {"Sheet": [["name"], ["Acme"]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/x.bin", b"\0")
        archive.getinfo("xl/media/x.bin").file_size = 1 << 30
    with pytest.raises(UsageError, match="unpacks to 1,024 MiB"):
        open_list(str(path))


def test_a_bomb_that_says_it_is_small_is_read_no_further(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", {"Sheet": [["name"], ["Acme"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * (8 << 20))
        archive.getinfo("xl/media/x.bin").file_size = 10
    with pytest.raises(UsageError, match="is damaged"):
        open_list(str(path))


@pytest.mark.parametrize(
    ("place", "what"), [(0.3, "cut"), (0.6, "cut"), (0.3, "flipped"), (0.6, "flipped")]
)
def test_a_damaged_workbook_is_refused(tmp_path: Path, place: float, what: str) -> None:
    content = workbook(
        tmp_path / "list.xlsx",
        {"Sheet": [["name", "city"], *[[f"Acme {n}", "Rome"] for n in range(500)]]},
    ).read_bytes()
    at = int(len(content) * place)
    (tmp_path / "bad.xlsx").write_bytes(
        content[:at] if what == "cut" else content[:at] + b"\xaa" * 40 + content[at + 40 :]
    )
    with pytest.raises(UsageError, match="is damaged or incomplete"):
        list(open_list(str(tmp_path / "bad.xlsx")))


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("xl/workbook.bin", "a binary workbook"),
        ("content.xml", "an OpenDocument file"),
        ("word/document.xml", "a Word file"),
        ("a.csv", "an archive"),
    ],
)
def test_other_archives_are_named(tmp_path: Path, member: str, what: str) -> None:
    with zipfile.ZipFile(tmp_path / "list.xlsx", "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(UsageError, match=f"is {what}"):
        open_list(str(tmp_path / "list.xlsx"))


def test_a_workbook_whose_name_says_csv(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", {"Sheet": [["name"], ["Acme"]]}).rename(
        tmp_path / "list.csv"
    )
    assert open_list(str(path)).format == "xlsx"


@pytest.mark.parametrize(
    ("remark", "cover"),
    [
        ("a title", [["Invented Fair 2026"]]),
        ("a table of contents", [["Sheet", "Rows"], ["Exhibitors", 2], ["Sponsors", 1]]),
        ("a form with one name of a column", [["Firma", "Fair Ltd"], ["Datum", "1.3.2026"]]),
        ("notes", [["Please read"], ["These figures"], ["are invented"]]),
    ],
)
def test_a_cover_sheet_is_passed_over(
    tmp_path: Path, remark: str, cover: Sequence[Sequence[object]]
) -> None:
    table = [["Firma", "Land", "Web"], ["Acme", "DE", "acme.example"]]
    path = workbook(tmp_path / "list.xlsx", {"Cover": cover, "All": table, "More": table})
    source = open_list(str(path))
    assert (source.sheet, source.header) == ("All", ("Firma", "Land", "Web")), remark
    assert "'Cover', 'More'" in source.notes.lines()[0]


def test_the_first_sheet_stays_the_list_though_a_later_one_names_more(tmp_path: Path) -> None:
    names = [["Firma"], ["Acme"], ["Beta"], ["Gamma"]]
    table = [["Firma", "Land"], ["Delta", "DE"]]
    path = workbook(tmp_path / "list.xlsx", {"Names": names, "Others": table})
    assert open_list(str(path)).sheet == "Names"


def open_document(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A spreadsheet of LibreOffice with one sheet."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0"'
        f' xmlns:table="{names}:table:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Firmen">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<manifest xmlns="{names}:manifest:1.0"/>')
    return path


@pytest.mark.parametrize("name", ["list.ods", "list.csv"])
def test_a_spreadsheet_of_libreoffice_is_read(tmp_path: Path, name: str) -> None:
    path = open_document(tmp_path / name, [["Firma", "PLZ"], ["Acme", "01099"]])
    source = open_list(str(path))
    assert (source.sheet, source.header) == ("Firmen", ("Firma", "PLZ"))
    assert list(source) == [SourceRow(1, 2, ("Acme", "01099"))]


def test_a_damaged_spreadsheet_of_libreoffice_is_refused(tmp_path: Path) -> None:
    content = open_document(tmp_path / "list.ods", [["Firma"], ["Acme"]]).read_bytes()
    (tmp_path / "list.ods").write_bytes(content[: len(content) // 2])
    with pytest.raises(UsageError, match="cannot be read as a workbook"):
        open_list(str(tmp_path / "list.ods"))
