"""`sluice cluster` and `sluice link`, as their contract says it."""

import csv
import io
import json
import os
import random
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.console.conftest import Sluice, rows_of

ROWS = """\
name,country,domain
Zyxwell Robotics GmbH,DE,zyxwell.example
Brandix Bakery Ltd,GB,
ZYXWELL ROBOTICS,Germany,www.zyxwell.example
Quorvian,,
"""


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_every_row_again_with_the_smallest_row_number_of_its_cluster(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    report = sluice("cluster", rows, "-o", out, "--json").json
    assert {
        key: report[key] for key in ("rows", "clusters", "duplicates", "rejected", "warnings")
    } == {
        "rows": 4,
        "clusters": 3,
        "duplicates": 1,
        "rejected": 0,
        "warnings": [],
    }
    found = rows_of(out)
    assert [row["cluster_id"] for row in found] == ["1", "2", "1", "4"]
    assert [bool(row["reason"]) for row in found] == [True, False, True, False]
    assert [{key: row[key] for key in ("name", "country", "domain")} for row in found] == list(
        csv.DictReader(io.StringIO(ROWS))
    )


def test_the_same_bytes_each_time_and_nothing_left_beside(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    for name in ("one.csv", "two.csv"):
        sluice("cluster", rows, "-o", tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.csv", "rows.csv", "two.csv"]
    assert stat.S_IMODE((tmp_path / "one.csv").stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


IDS = [
    (
        "code,name\n10,Zyxwell Robotics\n9,Zyxwell Robotics\n",
        ["--id", "code"],
        "9",
        "numbers by value",
    ),
    (
        "code,name\nb,Zyxwell Robotics\na,Zyxwell Robotics\n",
        ["--id", "code"],
        "a",
        "texts by their letters",
    ),
    (
        "code,name\nb,Zyxwell Robotics\n0123,Zyxwell Robotics\n",
        ["--id", "code"],
        "0123",
        "numbers before texts, noughts kept",
    ),
    ("id,name\n7,Zyxwell Robotics\n5,Zyxwell Robotics\n", [], "5", "a recognised column of ids"),
    ("id,name\n7,Zyxwell Robotics\n7,Zyxwell Robotics\n", [], "1", "ids that repeat are none"),
]


@pytest.mark.parametrize(
    ("text", "options", "smallest", "remark"), IDS, ids=[remark for *_, remark in IDS]
)
def test_row_ids(
    text: str, options: list[str], smallest: str, remark: str, sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text(text)
    sluice("cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", *options)
    assert [row["cluster_id"] for row in rows_of(tmp_path / "out.csv")] == [smallest, smallest]


def test_an_id_that_repeats_after_the_sample_makes_way_for_row_numbers(
    sluice: Sluice, tmp_path: Path
) -> None:
    lines = [f"{number % 2500},Firm {number}x" for number in range(1, 2601)]
    (tmp_path / "in.csv").write_text("\n".join(["id,name", *lines]) + "\n")
    report = sluice("cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--json").json
    assert any("'id' has '1' a second time in row 2,501" in told for told in report["warnings"])
    assert [row["cluster_id"] for row in rows_of(tmp_path / "out.csv")][-1] == "2600"


ERRORS = [
    (
        "name,code\nAcme,1\nBrandix,1\n",
        ["--id", "code"],
        2,
        "'code' has '1' a second time in row 2",
    ),
    ("name,code\nAcme,1\nBrandix,\n", ["--id", "code"], 2, "'code' is empty in row 2"),
    ("name,code\nAcme,1\n", ["--id", "cod"], 2, "no column 'cod'"),
    ("name\nAcme\n", ["--company-is", "person"], 2, "no kind of company named 'person'"),
    ("a,b\n1,2\n", [], 2, "names no column"),
]


@pytest.mark.parametrize(("text", "options", "code", "message"), ERRORS)
def test_wrong_files_and_options(
    text: str, options: list[str], code: int, message: str, sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text(text)
    ran = sluice(
        "cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--json", *options, code=code
    )
    assert message in ran.error["message"]
    assert ran.error["hint"]
    assert not (tmp_path / "out.csv").exists()


def test_where_the_result_may_go(sluice: Sluice, rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    sluice("cluster", rows, "-o", out, code=4)
    assert out.read_text() == "mine"
    sluice("cluster", rows, "-o", out, "--force")
    assert rows_of(out)[0]["cluster_id"] == "1"
    sluice("cluster", rows, "-o", tmp_path / "none" / "out.csv", code=3)
    sluice("cluster", rows, "-o", tmp_path / "out.xlsx", code=2)
    sluice("cluster", rows, "-o", tmp_path, code=2)


def test_rows_that_name_no_company_stay_with_their_reason(sluice: Sluice, tmp_path: Path) -> None:
    text = (
        f"name,note\nZyxwell Robotics,a\n\n🚀,b\n{'x' * 10_000},c\nZyxwell"
        " Robotics,d\nToo,many,cells\n,only a note\n"
    )
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    ran = sluice("cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--json", code=5)
    assert {
        key: ran.json[key] for key in ("rows", "clusters", "duplicates", "rejected", "blank")
    } == {
        "rows": 7,
        "clusters": 1,
        "duplicates": 1,
        "rejected": 4,
        "blank": 1,
    }
    found = rows_of(tmp_path / "out.csv")
    assert [row["cluster_id"] for row in found] == ["1", "", "", "", "1", "", ""]
    assert [row["note"] for row in found] == ["a", "", "b", "c", "d", "many", "only a note"]
    assert all(row["reason"] for row in found)
    assert "'cells'" in found[5]["reason"]
    assert ran.error["code"] == "partly_done"


def test_from_stdin_to_stdout(sluice: Sluice) -> None:
    ran = sluice("cluster", "-", "-o", "-", stdin=ROWS)
    assert [row["cluster_id"] for row in csv.DictReader(io.StringIO(ran.out))] == [
        "1",
        "2",
        "1",
        "4",
    ]


def test_json_lines_and_workbooks_are_lists_too(sluice: Sluice, rows: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(ROWS)):
        sheet.append(row)
    book.save(tmp_path / "in.xlsx")
    assert load_workbook(tmp_path / "in.xlsx")
    sluice("cluster", tmp_path / "in.xlsx", "-o", tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["cluster_id"] for line in lines] == ["1", "2", "1", "4"]
    assert lines[0]["name"] == "Zyxwell Robotics GmbH"
    sluice("cluster", tmp_path / "out.jsonl", "-o", tmp_path / "again.csv")
    assert [row["cluster_id_2"] for row in rows_of(tmp_path / "again.csv")] == ["1", "2", "1", "4"]


def test_a_column_can_be_named(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("alpha,beta\nx,Zyxwell Robotics\ny,Zyxwell Robotics Ltd\n")
    sluice("cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--map", "name=beta")
    assert [row["cluster_id"] for row in rows_of(tmp_path / "out.csv")] == ["1", "1"]


cells = st.text(
    st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\",;\n\r'="), max_size=12
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.tuples(cells, cells), min_size=1, max_size=6))
def test_no_cell_is_changed_and_no_row_lost(
    values: list[tuple[str, str]], sluice: Sluice, tmp_path: Path
) -> None:
    given_rows = [(f"Zyxwell {number}", *pair) for number, pair in enumerate(values, 1)]
    with (tmp_path / "in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(
            [("name", "first note", "second note"), *given_rows]
        )
    sluice("cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--force", code=None)
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        assert [tuple(row[:3]) for row in csv.reader(file)][1:] == given_rows


REGISTER = """\
CompanyNumber,name,country
00012,ZYXWELL ROBOTICS LTD,GB
00034,Brandix Bakery Limited,GB
00035,BRANDIX BAKERY LTD,GB
"""
WANTED = """\
name,country,mine
Zyxwell Robotics,United Kingdom,a
Unheard Of,GB,b
Brandix Bakery,GB,c
"""


def test_rows_are_found_in_another_file(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "left.csv").write_text(WANTED)
    (tmp_path / "right.csv").write_text(REGISTER)
    out = tmp_path / "out.csv"
    report = sluice(
        "link",
        tmp_path / "left.csv",
        tmp_path / "right.csv",
        "-o",
        out,
        "--right-id",
        "CompanyNumber",
        "--json",
    ).json
    found = rows_of(out)
    assert list(found[0]) == [
        "name",
        "country",
        "mine",
        "match_id",
        "score",
        "reason",
        "review_with",
    ]
    assert [(row["mine"], row["match_id"]) for row in found][:2] == [("a", "00012"), ("b", "")]
    assert {row["match_id"] for row in found if row["mine"] == "c"} == {"00034", "00035"}
    assert [row["score"] for row in found if not row["match_id"]] == [""]
    assert all(0.5 < float(row["score"]) <= 1 and row["reason"] for row in found if row["match_id"])
    assert (report["rows"], report["right_rows"], report["matched"]) == (3, 3, 2)


def test_a_register_may_lack_numbers_and_repeat_them(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "left.csv").write_text("name\nZyxwell Robotics\nQuorvian\n")
    (tmp_path / "right.csv").write_text(
        "CompanyNumber,name\n00012,Brandix\n00012,Zyxwell Robotics\n,Quorvian\n"
    )
    options = ["--right-id", "CompanyNumber", "--json"]
    report = sluice(
        "link", tmp_path / "left.csv", tmp_path / "right.csv", "-o", tmp_path / "out.csv", *options
    ).json
    assert [row["match_id"] for row in rows_of(tmp_path / "out.csv")] == ["00012", "3"]
    assert len(report["warnings"]) == 2


def test_a_column_of_ids_is_compared_too(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "left.csv").write_text("CompanyNumber,name\n00000034,Brandix Bakery Exton\n")
    (tmp_path / "right.csv").write_text(
        "CompanyNumber,name\n00000012,Brandix Bakery Wyeford\n00000034,Brandix Bakery\n"
    )
    sluice(
        "link",
        tmp_path / "left.csv",
        tmp_path / "right.csv",
        "-o",
        tmp_path / "out.csv",
        "--right-id",
        "CompanyNumber",
    )
    assert [row["match_id"] for row in rows_of(tmp_path / "out.csv")] == ["00000034"]


def test_a_file_is_found_in_itself(sluice: Sluice, rows: Path, tmp_path: Path) -> None:
    sluice("link", rows, rows, "-o", tmp_path / "out.csv")
    matches: dict[str, set[str]] = {}
    for row in rows_of(tmp_path / "out.csv"):
        matches.setdefault(row["name"], set()).add(row["match_id"])
    assert all(
        str(number) in matches[row["name"]]
        for number, row in enumerate(csv.DictReader(io.StringIO(ROWS)), 1)
    )


def test_both_lists_cannot_be_stdin(sluice: Sluice, tmp_path: Path) -> None:
    sluice("link", "-", "-", "-o", tmp_path / "out.csv", code=2)


def test_a_crowd_of_equal_rows_takes_no_crowd_of_time(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "same.csv").write_text("name,country\n" + "Zyxwell Robotics,DE\n" * 20_000)
    report = sluice("cluster", tmp_path / "same.csv", "-o", tmp_path / "out.csv", "--json").json
    assert (report["rows"], report["clusters"]) == (20_000, 1)
    assert "Zyxwell Robotics" in report["warnings"][0]
    (tmp_path / "one.csv").write_text("name,country\nZyxwell Robotics,DE\n")
    report = sluice(
        "link", tmp_path / "one.csv", tmp_path / "same.csv", "-o", tmp_path / "found.csv", "--json"
    ).json
    assert report["matches"] == 20
    assert "20,000 rows of the second list are equal ('Zyxwell Robotics')" in report["warnings"][0]


def test_the_same_bytes_whatever_the_seed_of_hashes(rows: Path, tmp_path: Path) -> None:
    crowd = "".join(
        f"Zyxwell {word} {at % 7},DE,{word.lower()}.example\n"
        for at, word in enumerate(("Robotics", "Paper", "Dental") * 20)
    )
    rows.write_text(ROWS + crowd, encoding="utf-8")
    for seed in ("1", "2"):
        for command in (["cluster", rows], ["link", rows, rows]):
            environment = os.environ | {
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(Path(__file__).parents[2]),
            }
            out = tmp_path / f"{command[0]}{seed}.csv"
            subprocess.run(
                [sys.executable, "-m", "console", *map(str, command), "-o", str(out)],
                env=environment,
                check=True,
                capture_output=True,
            )
    assert (tmp_path / "cluster1.csv").read_bytes() == (tmp_path / "cluster2.csv").read_bytes()
    assert (tmp_path / "link1.csv").read_bytes() == (tmp_path / "link2.csv").read_bytes()


named = st.lists(
    st.tuples(
        st.sampled_from(("Zyxwell", "Zyxwell Robotics Ltd", "Brandix", "Brandix GmbH", "")),
        st.sampled_from(("DE", "GB", "")),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=named, rnd=st.randoms(use_true_random=False))
def test_rows_in_another_order_or_twice_are_the_same_companies(
    values: list[tuple[str, str]], rnd: random.Random, sluice: Sluice, tmp_path: Path
) -> None:
    once = [(f"r{at:03}", *value, "kept") for at, value in enumerate(values)]
    found = clusters_of(once, sluice, tmp_path)
    assert clusters_of(rnd.sample(once, len(once)), sluice, tmp_path) == found
    twice = clusters_of([*once, *((f"s{row[0]}", *row[1:]) for row in once)], sluice, tmp_path)
    assert {row: twice[row] for row in found} == found
    assert {row: twice[f"s{row}"] for row in found} == found


def clusters_of(rows: Sequence[tuple[str, ...]], sluice: Sluice, folder: Path) -> dict[str, str]:
    with (folder / "in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("code", "name", "country", "note"), *rows])
    sluice(
        "cluster",
        folder / "in.csv",
        "-o",
        folder / "out.csv",
        "--id",
        "code",
        "--map",
        "name=name",
        "--force",
        code=None,
    )
    return {row["code"]: row["cluster_id"] for row in rows_of(folder / "out.csv")}


def test_no_database_is_opened(
    sluice: Sluice, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE_URL", f"sqlite:///{tmp_path}/none/sluice.db")
    assert sluice("cluster", rows, "-o", tmp_path / "one.csv", "--json").json["clusters"] == 3
    assert sluice("link", rows, rows, "-o", tmp_path / "two.csv", "--json").json["matched"] == 4
