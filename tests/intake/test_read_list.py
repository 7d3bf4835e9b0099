"""A whole list: every row is accepted, rejected or blank, with its key, its digest and what it
states.
"""

import csv
import io
import json
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.read_list import Reading, open_reading
from intake.read_options import ReadOptions
from intake.rejects import write_rejects
from leads.sheets.row_writer import safe_cell
from leads.sheets.rows import BadRow


def opened(
    folder: Path, text: str, told: dict[str, str] | None = None, file: str = "list.csv"
) -> Reading:
    (folder / file).write_text(text, "utf-8")
    return open_reading(
        str(folder / file),
        ReadOptions(overrides=told or {}),
        source="list:fair",
        client_id=UUID(int=7),
    )


@pytest.mark.parametrize(
    ("remark", "name", "reason"),
    [
        ("no name", "", "no name in 'name'"),
        ("none worth it", "-", "no name in 'name'"),
        ("not known", "n/a", "no name in 'name'"),
        ("signs", "???", "no name in 'name'"),
        ("a formula", "=cmd|' /C calc'!A0", "'name' begins with '=': a formula, not a name"),
        ("a guarded formula", "'=1+1", "'name' begins with '=': a formula, not a name"),
        ("a novel", "x" * 10_000, "'name' has 10,000 characters; a name has at most 500"),
    ],
)
def test_rows_that_name_no_company(tmp_path: Path, remark: str, name: str, reason: str) -> None:
    reading = opened(tmp_path, f'name,city\nAcme,Rome\n"{name}",Bonn\n')
    assert [row.raw for row in reading] == [{"name": "Acme", "city": "Rome"}], remark
    assert dict(reading.reasons) == {reason: 1}
    assert [(bad.row, bad.line, bad.reason) for bad in reading.bad_rows()] == [(2, 3, reason)]


@pytest.mark.parametrize(
    "name",
    [
        "@home",
        "1&1",
        "3M",
        "42",
        "株式会社",
        "Ромашка",
        "NA",
        "None",
        "Null Island Ltd",
        "!",
        "+Plus",
    ],
)
def test_odd_names_of_companies(tmp_path: Path, name: str) -> None:
    rows = list(opened(tmp_path, f"name,city\n{name},Rome\nBeta,Bonn\n"))
    assert len(rows) == (1 if name == "!" else 2)


def test_rows_add_up(tmp_path: Path) -> None:
    reading = opened(tmp_path, 'name,city\nA,x\n\n,y\n" ",\nB,z,q\n,\nC,"u\n')
    accepted = list(reading)
    assert (len(accepted), reading.accepted, reading.rejected, reading.blank) == (1, 1, 3, 3)
    assert [row.row for row in accepted] == [1]
    assert sorted(bad.row for bad in reading.bad_rows()) == [3, 5, 7]


def test_counts_are_those_of_the_last_pass(tmp_path: Path) -> None:
    reading = opened(tmp_path, "name,size\nA,small\nB,5\n,\n")
    assert [len(list(reading)) for _ in range(3)] == [2, 2, 2]
    assert (reading.accepted, reading.blank) == (2, 1)
    assert "size: 1 cell not understood, e.g. 'small'" in reading.notes()


class TestKeysAndDigests:
    """By the key a row is known again, by the digest whether it changed."""

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("id,name,domain\n7,Acme GmbH,acme.example\n8,Beta,", "id:7"),
            (
                (
                    "id,name,domain\n,Acme"
                    " GmbH,acme.example\n8,Beta,\n9,C,\n10,D,\n11,E,\n12,F,\n13,G,\n14,H,\n15,I,\n16,J,\n17,K,"  # noqa: E501
                ),
                "acme|acme.example",
            ),
            ("name,website\nACME G.m.b.H.,https://www.acme.example/de", "acme|acme.example"),
            ("name\nAcme", "acme|"),
        ],
    )
    def test_the_key(self, tmp_path: Path, text: str, key: str) -> None:
        assert next(iter(opened(tmp_path, text))).row_key == key

    @pytest.mark.parametrize(
        ("remark", "left", "right", "same"),
        [
            ("the same", "name,city\nA,Rome", "name,city\nA,Rome", True),
            ("another order of columns", "name,city\nA,Rome", "city,name\nRome,A", True),
            ("another delimiter", "name,city\nA,Rome", "name;city\nA;Rome", True),
            ("an empty column more", "name,city\nA,Rome", "name,city,note\nA,Rome,", True),
            ("another person", "name,first name\nA,Jo", "name,first name\nA,Al", True),
            (
                "another person's address",
                "name,email\nA,jo@a.example\nB,info@b.example",
                "name,email\nA,al@a.example\nB,info@b.example",
                True,
            ),
            (
                "a guard against formulas",
                "name,phone\nA,+49 30 901820",
                "name,phone\nA,'+49 30 901820",
                True,
            ),
            ("another city", "name,city\nA,Rome", "name,city\nA,Bonn", False),
            ("an unknown column", "name,hall\nA,1", "name,hall\nA,2", False),
        ],
    )
    def test_the_digest(
        self, tmp_path: Path, remark: str, left: str, right: str, same: bool
    ) -> None:
        one, other = (next(iter(opened(tmp_path, text))).content_hash for text in (left, right))
        assert (one == other) == same, remark


def test_what_is_kept_of_a_row(tmp_path: Path) -> None:
    reading = opened(
        tmp_path,
        "name,first"
        " name,email,hall,note\nAcme,Jo,jo@acme.example,3A,\nBeta,Al,info@beta.example,,x\n",
    )
    first, second = reading
    assert first.raw == {"name": "Acme", "hall": "3A"}
    assert first.cells == ("Acme", "", "", "3A", "")
    assert second.raw == {"name": "Beta", "email": "info@beta.example", "note": "x"}
    assert reading.personal == {"first name": ("given_name", 2), "email": ("email", 1)}
    assert reading.unknown == ("hall", "note")


def test_a_cell_of_ten_thousand_characters_stays_on_the_record(tmp_path: Path) -> None:
    assert (
        next(iter(opened(tmp_path, f"name,note\nAcme,{'y' * 10_000}\n"))).raw["note"]
        == "y" * 10_000
    )


def test_the_rows_are_counted_with_the_reasons(tmp_path: Path) -> None:
    reading = opened(tmp_path, "name;city;hall\nAcme;Rome;1\n;Bonn;2\n;;\n")
    list(reading)
    assert (reading.source.format, reading.source.delimiter) == ("csv", ";")
    assert (reading.accepted, reading.rejected, reading.blank) == (1, 1, 1)
    assert reading.reasons == {"no name in 'name'": 1}
    assert reading.unknown == ("hall",)


class TestRemembered:
    """What the user once said of a header is taken as said again."""

    TEXT = "Foo,Bar\nAcme,Rome\nBeta,Bonn\n"

    def test_for_the_same_header(self, tmp_path: Path) -> None:
        first = (
            opened(tmp_path, self.TEXT, name="foo", city="bar")
            if False
            else opened(tmp_path, self.TEXT, {"name": "Foo", "city": "Bar"})
        )
        memory = {first.fingerprint: first.columns}
        again = open_reading(
            str(tmp_path / "list.csv"),
            ReadOptions(),
            source="list:x",
            client_id=None,
            remembered=memory.get,
        )
        assert [column.field for column in again.mapping.columns] == ["name", "city"]

    def test_but_what_is_said_now_goes_before(self, tmp_path: Path) -> None:
        first = opened(tmp_path, self.TEXT, {"name": "Foo", "city": "Bar"})
        again = open_reading(
            str(tmp_path / "list.csv"),
            ReadOptions(overrides={"name": "Bar"}),
            source="list:x",
            client_id=None,
            remembered=lambda _: first.columns,
        )
        assert [column.field for column in again.mapping.columns] == ["keep", "name"]


class TestRejects:
    """The rejected rows come back as a file that can be corrected and imported."""

    def test_it_has_the_lists_columns_and_reasons(self, tmp_path: Path) -> None:
        reading = opened(
            tmp_path, "name,phone\nAcme,+49 30 901820\n,+49 30 901820\nB,1,surplus\n=x,\n"
        )
        stream = io.StringIO()
        assert write_rejects(stream, reading.source.header, reading.bad_rows()) == 3
        assert list(csv.reader(io.StringIO(stream.getvalue()))) == [
            ["name", "phone", "_row", "_line", "_reason"],
            ["", "'+49 30 901820", "2", "3", "no name in 'name'"],
            ["B", "1", "3", "4", "3 cells, but 2 columns", "surplus"],
            ["'=x", "", "4", "5", "'name' begins with '=': a formula, not a name"],
        ]

    def test_corrected_it_reads_as_the_list_itself(self, tmp_path: Path) -> None:
        reading = opened(tmp_path, "name,phone\n,+49 30 901820\nAcme,\n")
        stream = io.StringIO()
        write_rejects(stream, reading.source.header, reading.bad_rows())
        (mended,) = opened(tmp_path, stream.getvalue().replace("\n,", "\nBeta,"), file="mended.csv")
        meant, _ = opened(tmp_path, "name,phone\nBeta,+49 30 901820\nAcme,\n", file="meant.csv")
        assert mended.content_hash == meant.content_hash

    @pytest.mark.parametrize(
        ("cells", "accepted"),
        [
            (("Acme,acme.example,GB", "", ""), False),
            (("Acme", "acme.example\tGB", ""), False),
            (("Acme", "acme.example", ""), True),
            (("Acme", "", ""), True),
            (("Acme, Inc", "", ""), True),
            (("Acme, Inc, Leeds", "acme.example", "GB"), True),
        ],
    )
    def test_an_open_quote_must_be_corrected(
        self, tmp_path: Path, cells: tuple[str, ...], accepted: bool
    ) -> None:
        reason = "the quote that opens in line 3 is never closed"
        bad = [BadRow(2, 3, cells, reason), BadRow(4, 5, cells, "")]
        stream = io.StringIO()
        write_rejects(stream, ("name", "domain", "country"), bad)
        reading = opened(tmp_path, stream.getvalue())
        assert [row.line for row in reading] == ([2, 3] if accepted else [3])

    def test_uncorrected_it_is_rejected_for_the_same_reasons(self, tmp_path: Path) -> None:
        rows = "Total,12\n=x,1\n#REF!,1\n,2\nSource: Fair 2026,\nSumme,12 Mio. EUR\nAcme,3\n"
        first = opened(tmp_path, "name,turnover\n" + rows)
        stream = io.StringIO()
        assert write_rejects(stream, first.source.header, first.bad_rows()) == 6
        again = opened(tmp_path, stream.getvalue(), file="rejects.csv")
        assert [bad.reason for bad in again.bad_rows()] == [bad.reason for bad in first.bad_rows()]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
    def test_nothing_in_it_runs(self, start: str) -> None:
        assert safe_cell(f"{start}1") == f"'{start}1"

    def test_what_no_file_can_hold_is_replaced(self) -> None:
        stream = io.StringIO()
        write_rejects(stream, ("name",), [BadRow(1, 2, ("a\0\udcff",), "why")])
        assert (
            stream.getvalue().encode().decode()
            == "name,_row,_line,_reason\na\ufffd\ufffd,1,2,why\n"
        )


CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=15
) | st.sampled_from(
    [
        "",
        "Acme GmbH",
        "n/a",
        "NA",
        "info@acme.example",
        "11-50",
        "> 5 Mio. €",
        "https://acme.example",
        "Rome, Italy; Paris",
        "62.01",
        "=1",
        "[1",
        "+49 30 1",
    ]
)
HEADERS = [
    "name",
    "country",
    "locations",
    "website",
    "email",
    "employees",
    "turnover",
    "industry",
    "technologies",
    "founded",
    "phone",
    "address",
    "first-name",
    "x",
]


@settings(max_examples=60)
@given(
    st.lists(st.lists(CELL, min_size=len(HEADERS), max_size=len(HEADERS)), min_size=1, max_size=6)
)
def test_any_cells_are_read_and_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([HEADERS, *rows])
    reading = opened(tmp_path_factory.mktemp("rows"), stream.getvalue(), {"name": "name"})
    accepted = list(reading)
    assert len(accepted) + reading.rejected + reading.blank == len(rows)
    assert sum(reading.reasons.values()) == reading.rejected == len(list(reading.bad_rows()))
    for row in accepted:
        assert sum(fact.attribute == "name" for fact in row.facts) == 1
        assert "first-name" not in row.raw
        assert all(fact.evidence.quote for fact in row.facts)


def test_a_list_is_the_same_in_every_format(tmp_path: Path) -> None:
    rows = [
        ["name", "country", "zip", "employees", "text"],
        ["Acme GmbH", "NA", "02134", "11-50", "one\ntwo"],
        ["Beta", "NO", "", "120", 'say "x"; y'],
        ["Müller", "", "00501", "", "ü"],
    ]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    (tmp_path / "list.csv").write_text(stream.getvalue(), "utf-8", newline="")
    (tmp_path / "list.tsv").write_text(stream.getvalue(), "utf-16", newline="")
    (tmp_path / "list.jsonl").write_text(
        "\n".join(json.dumps(dict(zip(rows[0], row, strict=True))) for row in rows[1:]), "utf-8"
    )
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "list.xlsx")
    digests = set()
    for name in ("list.csv", "list.tsv", "list.jsonl", "list.xlsx"):
        reading = open_reading(
            str(tmp_path / name), ReadOptions(), source="list:fair", client_id=None
        )
        digests.add(tuple((row.row, row.content_hash, row.row_key) for row in reading))
    assert len(digests) == 1


def test_persons_are_found_below_many_blank_rows_and_in_columns_that_begin_empty(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    begun = "".join(f"Acme {number} GmbH,,\n" for number in range(2_500))
    blank = ",,\n" * 2_500
    path.write_text(f"Company,Name,Page\n{blank}{begun}Beta AG,Jo Doe,linkedin.com/in/jo\n")
    reading = open_reading(str(path), ReadOptions(), source="list:x", client_id=None)
    *_, last = reading
    assert last.raw == {"Company": "Beta AG"}


def test_blank_rows_do_not_hide_an_id_column(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("ID,Company\n1,Acme\n2,Beta\n,\n,\n")
    reading = open_reading(str(path), ReadOptions(), source="list:x", client_id=None)
    assert [row.row_key for row in reading] == ["id:1", "id:2"]


def test_totals_and_footers_are_rejected_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Firma;Ort;Mitarbeiter\nAcme GmbH;Ulm;140\nSumme;;140\nQuelle: Messe;;\n")
    reading = open_reading(str(path), ReadOptions(), source="list:x", client_id=None)
    assert [row.raw["Firma"] for row in reading] == ["Acme GmbH"]
    assert [bad.reason for bad in reading.bad_rows()] == [
        "'Summe' is a total, not a company",
        "'Quelle: Messe' is a note about the list, not a company",
    ]


def test_a_quote_inside_a_cell_stays(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Company,Note\nAcme,'t Hof '=1\nBeta,'=2\n")
    reading = open_reading(str(path), ReadOptions(), source="list:x", client_id=None)
    assert [row.raw["Note"] for row in reading] == ["'t Hof '=1", "=2"]


def test_what_has_closed_for_good_is_inactive(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("title,permanentlyClosed\nAcme,true\nBeta,false\n")
    reading = open_reading(str(path), ReadOptions(), source="list:x", client_id=None)
    stated = [{one.attribute: one.value for one in row.statements} for row in reading]
    assert [one.get("status") for one in stated] == ["inactive", None]
