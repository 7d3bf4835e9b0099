"""A CSV is text end to end: every delimiter, quotes, line breaks, ragged rows, title lines, and
what a broken download leaves.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.column_names import is_column_name
from intake.raw_list import open_list
from leads.errors import UsageError
from leads.sheets.csv_dialect import NONE, sniff
from leads.sheets.rows import BadRow, SourceRow, Table


def opened(folder: Path, content: str | bytes) -> Table:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_list(str(path))


def cells(source: Table) -> list[tuple[str, ...] | str]:
    """The cells of each row, the reason of each rejected one."""
    return [item.reason if isinstance(item, BadRow) else item.cells for item in source]


@pytest.mark.parametrize(
    ("remark", "content", "delimiter", "header", "rows"),
    [
        ("Namibia", "name,country\nAcme,NA\n", ",", "name/country", [("Acme", "NA")]),
        (
            "no number is made of text",
            "name,zip,x\nAcme,02134,1E5\n",
            ",",
            "name/zip/x",
            [("Acme", "02134", "1E5")],
        ),
        (
            "20 digits",
            "name,id\nAcme,12345678901234567890\n",
            ",",
            "name/id",
            [("Acme", "12345678901234567890")],
        ),
        (
            "decimal commas",
            "name;turnover\nAcme;1,5\nBeta;2,25\n",
            ";",
            "name/turnover",
            [("Acme", "1,5"), ("Beta", "2,25")],
        ),
        ("tabs", "name\tcity\nAcme, Inc.\tRome\n", "\t", "name/city", [("Acme, Inc.", "Rome")]),
        (
            "pipes",
            "name|uses\nAcme|a,b\nBeta|c\n",
            "|",
            "name/uses",
            [("Acme", "a,b"), ("Beta", "c")],
        ),
        (
            "pipes inside",
            "name,uses\nAcme,a|b\nBeta,c|d|e\n",
            ",",
            "name/uses",
            [("Acme", "a|b"), ("Beta", "c|d|e")],
        ),
        (
            "one column",
            "name\nAcme, Inc.\nBeta\nGamma, Delta, Ltd\n",
            "",
            "name",
            [("Acme, Inc.",), ("Beta",), ("Gamma, Delta, Ltd",)],
        ),
        (
            "Excel names the delimiter",
            "sep=;\nname;city\nAcme;Rome\n",
            ";",
            "name/city",
            [("Acme", "Rome")],
        ),
        (
            "quotes and line breaks",
            'name,city\n"Acme ""A"" Ltd","Rome\nItaly"\n',
            ",",
            "name/city",
            [('Acme "A" Ltd', "Rome\nItaly")],
        ),
        (
            "backslash before a quote",
            'name,city\n"Acme \\"A\\" Ltd",Rome\n',
            ",",
            "name/city",
            [('Acme "A" Ltd', "Rome")],
        ),
        (
            "text after a closing quote",
            'name,city\n"Red" Band Ltd,Rome\n',
            ",",
            "name/city",
            [("Red Band Ltd", "Rome")],
        ),
        ("inches", 'name,city\n5" Pipes,Rome\n', ",", "name/city", [('5" Pipes', "Rome")]),
        ("CRLF", "name,city\r\nAcme,Rome\r\n", ",", "name/city", [("Acme", "Rome")]),
        ("CR alone", "name,city\rAcme,Rome\r", ",", "name/city", [("Acme", "Rome")]),
        (
            "blank rows are rows",
            "name,city\n\n ,\nAcme,Rome\n",
            ",",
            "name/city",
            [("", ""), (" ", ""), ("Acme", "Rome")],
        ),
        (
            "a short row",
            "name,city\nAcme\nBeta,Rome\n",
            ",",
            "name/city",
            [("Acme", ""), ("Beta", "Rome")],
        ),
        ("empty surplus cells", "name,city\nAcme,Rome,,\n", ",", "name/city", [("Acme", "Rome")]),
        (
            "a surplus cell",
            "name,city\nA,B\nAcme,Rome,x\n",
            ",",
            "name/city",
            [("A", "B"), "3 cells, but 2 columns"],
        ),
        (
            "names repeat",
            "name,name,,name (2)\nA,B,C,D\n",
            ",",
            "name/name (2)/column 3/name (2) (2)",
            [("A", "B", "C", "D")],
        ),
        (
            "rows wider than the header",
            "name,city\nA, Inc.,B\nD,E\n",
            ",",
            "name/city",
            ["3 cells, but 2 columns", ("D", "E")],
        ),
        (
            "all rows wider than the header",
            "name;city\nA;B;C\nD;E;F\n",
            ";",
            "name/city",
            ["3 cells, but 2 columns", "3 cells, but 2 columns"],
        ),
        (
            "a space before quotes",
            'name, city, staff\n"A, Inc.", "Ulm, Germany", 120\n"B, LLC", "Bonn, Germany", 80\n',
            ",",
            "name/city/staff",
            [("A, Inc.", "Ulm, Germany", "120"), ("B, LLC", "Bonn, Germany", "80")],
        ),
        (
            "a space before quotes, and semicolons",
            'name; city\nA; "Ulm; North"\nB; "Bonn; South"\n',
            ";",
            "name/city",
            [("A", "Ulm; North"), ("B", "Bonn; South")],
        ),
        (
            "an inch sign after a space is no quote",
            'name,size\nA,a 5" pipe\nB, 6" pipe\n',
            ",",
            "name/size",
            [("A", 'a 5" pipe'), ("B", ' 6" pipe')],
        ),
        (
            "a title that is a column's name",
            "Name,Jo,,,x\nDirectory,,,,\nName,Website,Address,Email,Phone\nA,a.example,1 St,,1\n",
            ",",
            "Name/Website/Address/Email/Phone",
            [("A", "a.example", "1 St", "", "1")],
        ),
        (
            "two exports in one",
            "name,city\nA,B\nname,city\n",
            ",",
            "name/city",
            [("A", "B"), "it repeats the header"],
        ),
        (
            "NUL",
            b"name,city\nA\0B,C\nD,E\n",
            ",",
            "name/city",
            ["a NUL byte in 'name'", ("D", "E")],
        ),
        (
            "a title",
            "Fair 2026\n\nname,city,hall\nA,B,1\nC,D,2\n",
            ",",
            "name/city/hall",
            [("A", "B", "1"), ("C", "D", "2")],
        ),
        (
            "padded titles",
            "Fair;;;\nDay:;1.5.;;\nname;city;hall;web\nA;B;1;w\n",
            ";",
            "name/city/hall/web",
            [("A", "B", "1", "w")],
        ),
        (
            "two rows of names",
            "Company,,,Us,\nname,city,web,mail,x\nA,B,w,m,c\n",
            ",",
            "name/city/web/mail/x",
            [("A", "B", "w", "m", "c")],
        ),
        (
            "few names",
            "name,,,\nA,B,C,D\n",
            ",",
            "name/column 2/column 3/column 4",
            [("A", "B", "C", "D")],
        ),
        (
            "few cells filled",
            "name,a,b,c\nAcme,,,\nBeta,,,\n",
            ",",
            "name/a/b/c",
            [("Acme", "", "", ""), ("Beta", "", "", "")],
        ),
        ("no rows", "name,city\n", ",", "name/city", []),
    ],
)
def test_what_a_file_holds(
    tmp_path: Path,
    remark: str,
    content: str | bytes,
    delimiter: str,
    header: str,
    rows: list[object],
) -> None:
    source = opened(tmp_path, content)
    assert (source.format, source.delimiter, source.header) == (
        "csv",
        delimiter,
        tuple(header.split("/")),
    ), remark
    assert cells(source) == rows, remark


def test_rows_count_from_one_and_lines_are_physical(tmp_path: Path) -> None:
    source = opened(tmp_path, 'Title\nname,city,web\n"A\nB",C,w\n\nD,E,v\n')
    assert [(item.row, item.line) for item in source] == [(1, 3), (2, 5), (3, 6)]


def test_a_list_can_be_read_again(tmp_path: Path) -> None:
    source = opened(tmp_path, "name,city\nA\nB,C\n")
    first = list(source)
    assert list(source) == first
    assert source.notes.lines() == (
        "1 row shorter than the header: missing cells count as empty (first: line 2)",
    )


def test_a_million_cells_are_not_read_before_they_are_asked_for(tmp_path: Path) -> None:
    source = opened(tmp_path, "name,city\n" + "Acme,Rome\n" * 200_000)
    assert next(iter(source)) == SourceRow(1, 2, ("Acme", "Rome"))


class TestUnclosedQuotes:
    """A quote that nothing closes costs its own row, and says in which line it opened."""

    def test_in_the_middle_of_a_file(self, tmp_path: Path) -> None:
        content = 'name,city\nA,Rome\n"B,Rome\nC,Rome\nD,"x, y"\nE,Rome\n'
        assert cells(opened(tmp_path, content)) == [
            ("A", "Rome"),
            "the quote that opens in line 3 is never closed",
            ("C", "Rome"),
            ("D", "x, y"),
            ("E", "Rome"),
        ]

    def test_at_the_end_of_a_half_downloaded_file(self, tmp_path: Path) -> None:
        content = 'name,city,text\nA,Rome,x\nB,Rome,"one\ntwo\nthree'
        source = opened(tmp_path, content)
        reason = "the quote that opens in line 3 is never closed"
        after = "it follows the quote that opens in line 3 and is never closed"
        assert cells(source) == [("A", "Rome", "x"), reason, after, after]
        assert [item.line for item in source] == [2, 3, 4, 5]

    def test_far_from_the_end(self, tmp_path: Path) -> None:
        content = 'name,city\n"A,Rome\n' + "B,Rome\n" * 5_000
        found = cells(opened(tmp_path, content))
        assert found[0] == "the quote that opens in line 2 is never closed"
        assert found[1:] == [("B", "Rome")] * 5_000


def test_a_file_cut_off_without_a_quote_is_found(tmp_path: Path) -> None:
    whole = "name,country,web\nA,DE,a\nB,DE,b\nC,DE,c\nSiem"
    assert (
        cells(opened(tmp_path, whole))[-1]
        == "the file seems to be cut off here: 1 of 3 cells and no line end"
    )
    # Where short rows are usual, or the file ends as files do, it is one more short row.
    assert cells(opened(tmp_path, whole + "\n"))[-1] == ("Siem", "", "")
    assert cells(opened(tmp_path, "name,country,web\nA,DE\nB,DE\nC,DE,c\nD"))[-1] == ("D", "", "")


def test_a_cell_of_ten_thousand_characters_is_kept(tmp_path: Path) -> None:
    assert cells(opened(tmp_path, f"name,text\nA,{'y' * 10_000}\n")) == [("A", "y" * 10_000)]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_over_the_limit_costs_its_row(tmp_path: Path, quote: str) -> None:
    content = f"name,text\nA,{quote}{'y' * 200_000}{quote}\nB,z\n"
    assert cells(opened(tmp_path, content)) == [
        "a cell is longer than 131,072 characters",
        ("B", "z"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("\n\n  \n", "has only blank lines"),
        (",".join(["x"] * 2_001) + "\n", "has 2,001 columns"),
        ("x" * (1 << 24), "has a line of more than"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        list(opened(tmp_path, content))
    assert said in caught.value.message
    assert caught.value.hint


def test_title_lines_are_named(tmp_path: Path) -> None:
    source = opened(tmp_path, "Exhibitors of the fair\n\nname,city,hall\nA,B,1\nC,D,2\n")
    assert source.notes.lines() == (
        "2 lines above the header skipped, beginning with 'Exhibitors of the fair'",
    )


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\r\t"), max_size=12
)


@settings(max_examples=150)
@given(
    rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], delimiter: str, end: str
) -> None:
    stream = io.StringIO()
    # The first line names the delimiter: three random rows may look like any.
    stream.write(f"sep={delimiter}{end}")
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        [("name", "city", "web"), *rows]
    )
    source = opened(tmp_path_factory.mktemp("csv"), stream.getvalue())
    assert source.header == ("name", "city", "web")
    assert [item.cells for item in source] == rows


@settings(max_examples=100)
@given(
    names=st.lists(
        st.text(st.sampled_from("abcXYZ .&-,;|'"), min_size=1, max_size=20).map(
            lambda name: f"n{name}"
        ),
        min_size=4,
        max_size=30,
    ),
    delimiter=st.sampled_from(",;\t|"),
)
def test_the_delimiter_is_found_whatever_the_names_hold(names: list[str], delimiter: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(
        [("name", "city", "country"), *((name, "Rome", "IT") for name in names)]
    )
    assert sniff(stream.getvalue(), is_column_name).delimiter == delimiter


def test_a_list_of_one_column_has_no_delimiter() -> None:
    assert (
        sniff(
            "company\nAcme, Inc.\nBeta GmbH\nGamma, Delta, Ltd\nEpsilon\n", is_column_name
        ).delimiter
        == NONE
    )


def test_every_file_of_csv_spectrum_reads_as_its_json(data: Path) -> None:
    different = []
    for path in sorted((data / "corpora" / "csv-spectrum-csvs").glob("*.csv")):
        truth = json.loads(
            (data / "corpora" / "csv-spectrum-json" / f"{path.stem}.json").read_text("utf-8")
        )
        source = open_list(str(path))
        read = [dict(zip(source.header, item.cells, strict=True)) for item in source]
        if read != (truth if isinstance(truth, list) else [truth]):
            different.append(path.stem)
    # The corpus itself gives another telephone number in the JSON of this one.
    assert different == ["location_coordinates"]
