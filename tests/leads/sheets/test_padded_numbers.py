"""Numbers that a workbook shows with leading zeros are read as shown."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from leads.sheets.input_file import open_input
from leads.sheets.padded_numbers import padded_columns, with_zeros
from leads.sheets.workbook_check import inspect_zip
from tests.console.conftest import Sluice, sluice

__all__ = ["sluice"]


@pytest.mark.parametrize(
    ("number", "shapes", "text"),
    [
        (1069, ("00000",), "01069"),
        (1069.0, ("00000",), "01069"),
        (0, ("000",), "000"),
        (12345, ("00000",), "12345"),
        (123456, ("00000",), None),
        (21390001, ("00000", "00000-0000"), "02139-0001"),
        (2139, ("00000", "00000-0000"), "02139"),
        (11135, ("000 00",), "111 35"),
        (-5, ("00000",), None),
        (1.5, ("00000",), None),
        (float("inf"), ("00000",), None),
        (float("nan"), ("00000",), None),
        (1e20, ("00000",), None),
    ],
)
def test_shapes(number: float, shapes: tuple[str, ...], text: str | None) -> None:
    assert with_zeros(number, shapes) == text


def workbook(path: Path, code: str, numbers: list[int | float], column: int = 3) -> Path:
    book = Workbook()
    sheet = book.create_sheet("Halle & 4", 0)
    for row, number in enumerate([None, *numbers], start=1):
        sheet.cell(row, column - 2, "Company" if row == 1 else f"Alder{row} GmbH")
        sheet.cell(row, column - 1, "Country" if row == 1 else "DE")
        cell = sheet.cell(row, column, "ZIP" if row == 1 else number)
        cell.number_format = code
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("code", "numbers", "read"),
    [
        ("00000", [1069, 99001], ["01069", "99001"]),
        ('"D-"00000', [1069, 99001], ["1069", "99001"]),
        ("General", [1069, 99001], ["1069", "99001"]),
        ("0", [1069, 99001], ["1069", "99001"]),
        ("#,##0", [1069, 99001], ["1069", "99001"]),
        ("[$-407]00000", [1069, 99001], ["01069", "99001"]),
        ("000\\-00", [1069, 99001], ["010-69", "990-01"]),
        ("00000;@", [1069, 99001], ["01069", "99001"]),
    ],
)
@pytest.mark.parametrize("column", [3, 5])
def test_a_column_is_read_as_shown(
    sluice: Sluice,
    tmp_path: Path,
    code: str,
    numbers: list[int | float],
    read: list[str],
    column: int,
) -> None:
    file = workbook(tmp_path / "zip.xlsx", code, numbers, column)
    output = tmp_path / "out.csv"

    sluice("cluster", file, "-o", output)

    rows = output.read_text("utf-8").splitlines()[1:]
    assert [row.split(",")[2] for row in rows] == read


def test_the_postcode_counts_for_a_profile(sluice: Sluice, tmp_path: Path) -> None:
    file = workbook(tmp_path / "zip.xlsx", "00000", [1069, 1067])
    icp = tmp_path / "icp.yaml"
    icp.write_text(
        "icp: east\nversion: 1\nsuspect:\n  - postcode: {starts_with: ['01']}\n", "utf-8"
    )

    ran = sluice("qualify", file, "--icp", icp, "--json", code=None)

    assert '"no"' not in ran.out


_STYLES = """<styleSheet><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>
<cellXfs><xf numFmtId="164"/></cellXfs>{more}</styleSheet>"""


def made_by_hand(path: Path, styles: str, sheet: str) -> Path:
    members = {
        "xl/workbook.xml": '<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<x><Relationship Id="r1" Target="sheet.xml"/></x>',
        "xl/styles.xml": styles,
        "xl/sheet.xml": sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


# Patterns that take the square of the length need ten minutes and more for each of these.
@pytest.mark.parametrize(
    ("styles", "sheet"),
    [
        ("<cellXfs " * 200_000, ""),
        (_STYLES.format(code="0000", more=""), "<c " * 700_000),
        (_STYLES.format(code="0000", more=""), f"<c {'a' * 2_000_000}>"),
        (_STYLES.format(code="0000", more=""), "<row " * 500_000),
        (_STYLES.format(code="[" * 1_000_000, more=""), ""),
    ],
)
def test_repeated_openings_take_no_longer_than_their_length(
    tmp_path: Path, styles: str, sheet: str
) -> None:
    file = open_input(str(made_by_hand(tmp_path / "hostile.xlsx", styles, sheet)))

    assert inspect_zip(file).errors == 0
    assert padded_columns(file, "A") == {}


@pytest.mark.parametrize(("zeros", "found"), [(5, {0: ("00000",)}), (1_000_000, {})])
def test_a_shape_longer_than_codes_is_none(
    tmp_path: Path, zeros: int, found: dict[int, tuple[str, ...]]
) -> None:
    styles = _STYLES.format(code="0" * zeros, more="<dxfs/>")
    file = open_input(str(made_by_hand(tmp_path / "long.xlsx", styles, '<c r="A2" s="0">')))

    assert padded_columns(file, "A") == found
