"""Files of rows appear whole or not at all, in every format."""

import csv
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.sheets.part_files import PartOptions, open_parts
from leads.sheets.row_writer import Cell

COLUMNS = ("name", "phone", "employees")
#: What spreadsheets, terminals and browsers could run, and what CSV readers stumble on.
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+49 30 1234567",
    "-1+1",
    "<script>alert(1)</script>",
    "abc\u202egpj.exe",
    "\x1b[31mred\x1b[0m",
    'She said "no", then left; twice',
    "two\nlines",
    "O'Brannigan & Söhne 株式会社",
    "0049",
)


def options(path: Path, **more: object) -> PartOptions:
    return PartOptions(
        path=str(path),
        columns=COLUMNS,
        numbers=(False, False, True),
        **more,  # type: ignore[arg-type]
    )


def write(wanted: PartOptions, rows: list[list[Cell]]) -> list[str]:
    with open_parts(wanted) as files:
        for row in rows:
            files.row(row)
        return files.put()


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx", "parquet"])
def test_hostile_text_comes_back_as_it_was(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    write(options(path), [[text, "+4930123", 12] for text in HOSTILE])

    if ending == "csv":
        names = [row[0] for row in read_csv(path)[1:]]
    elif ending == "jsonl":
        names = list(pandas.read_json(path, lines=True, dtype=False)["name"])
    elif ending == "xlsx":
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        names = [str(row[0]) for row in sheet[1:]]
    else:
        names = list(pandas.read_parquet(path)["name"])
    assert names == list(HOSTILE)


def test_a_workbook_holds_texts_and_numbers_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write(options(path), [["=1+1", "0049", 12], ["x", None, None]])

    frame = pandas.read_excel(path, dtype=object, engine="calamine")
    assert frame["name"][0] == "=1+1"
    assert frame["phone"][0] == "0049"
    assert frame["employees"][0] == 12
    assert frame["phone"].isna()[1]


def test_formulas_are_escaped_for_people_only(tmp_path: Path) -> None:
    write(options(tmp_path / "people.csv", guard_formulas=True), [["=1+1", "+4930", 1]])
    write(options(tmp_path / "machine.csv"), [["=1+1", "+4930", 1]])
    assert read_csv(tmp_path / "people.csv")[1] == ["'=1+1", "'+4930", "1"]
    assert read_csv(tmp_path / "machine.csv")[1] == ["=1+1", "+4930", "1"]


def test_a_mark_and_a_delimiter_are_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(options(path, mark=True, delimiter=";"), [["a;b", "", 1]])
    assert path.read_bytes() == '\ufeffname;phone;employees\n"a;b";;1\n'.encode()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_a_full_file_is_continued_in_the_next(tmp_path: Path, ending: str) -> None:
    rows: list[list[Cell]] = [[f"n{number}", "", number] for number in range(5)]
    names = write(options(tmp_path / f"out.{ending}", most=2), rows)
    assert [Path(name).name for name in names] == [f"out-{part}.{ending}" for part in (1, 2, 3)]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(Path(one).name for one in names)


def test_no_rows_make_one_file_with_a_header(tmp_path: Path) -> None:
    assert write(options(tmp_path / "out.csv"), []) == [str(tmp_path / "out.csv")]
    assert read_csv(tmp_path / "out.csv") == [list(COLUMNS)]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_an_interrupted_export_leaves_nothing(tmp_path: Path, ending: str) -> None:
    with open_parts(options(tmp_path / f"o.{ending}")) as files:
        files.row(["a", "", 1])
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_exists_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out-2.csv").write_text("mine")
    rows: list[list[Cell]] = [["a", "", 1]] * 3
    with pytest.raises(NotAllowedError, match=r"out-2\.csv exists already"):
        write(options(tmp_path / "out.csv", most=2), rows)
    assert [one.name for one in tmp_path.iterdir()] == ["out-2.csv"]

    write(options(tmp_path / "out.csv", most=2, force=True), rows)
    assert len(read_csv(tmp_path / "out-2.csv")) == 2


@pytest.mark.parametrize(
    ("name", "error"),
    [("out.doc", UsageError), ("out", UsageError), ("no/out.csv", NotFoundError)],
)
def test_a_place_that_cannot_be_written_is_refused(
    tmp_path: Path, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        options(tmp_path / name).check()


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_any_text_survives_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("books") / "out.xlsx"
    printable = ["".join(one for one in text if one.isprintable()) for text in texts]
    write(options(path), [[text, "", 1] for text in printable])
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [str(row[0]) for row in sheet[1:]] == printable
