"""What `sluice cluster` and `sluice link` make of lists and options that nobody would wish for."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.console.conftest import Sluice, rows_of

#: The columns that `cluster` adds.
CLUSTERED = ("cluster_id", "score", "reason", "review_with")


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# rows under the heading "name", cluster ids, remark
NAMES = [
    (
        ["GmbH", "Ltd", "GmbH & Co. KG", "GmbH"],
        ["1", "2", "3", "1"],
        "names that are only a legal form meet themselves alone",
    ),
    (["123", "456", "123"], ["1", "2", "1"], "numbers are names"),
    (["🚀", "🚀🚀", "-", "()", "Acme Ltd"], ["", "", "", "", "5"], "signs name no company"),
    (["שלום", "שלום בעמ", "شركة", "שלום"], ["1", "1", "3", "1"], "text written from right to left"),
    (["n/a", "unknown", "Acme"], ["", "", "3"], "words for nothing name no company"),
    (
        ["\u202eZyxwell\u202c Robotics", "Zyxwell Robotics"],
        ["1", "1"],
        "marks that turn text around are no part of a name",
    ),
    (["Zyxwell Robotics " * 700, "Zyxwell"], ["", "2"], "ten thousand letters are no name"),
]


@pytest.mark.parametrize(
    ("names", "clusters", "remark"), NAMES, ids=[remark for *_, remark in NAMES]
)
def test_odd_names(
    names: list[str], clusters: list[str], remark: str, sluice: Sluice, tmp_path: Path
) -> None:
    file = written(tmp_path / "in.csv", "name,kept", *(f"{name},x" for name in names))
    sluice(
        "cluster",
        file,
        "-o",
        tmp_path / "out.csv",
        "--map",
        "name=name",
        code=5 if "" in clusters else 0,
    )
    found = rows_of(tmp_path / "out.csv")
    assert [row["cluster_id"] for row in found] == clusters, remark
    assert [row["name"] for row in found] == names
    assert all(row["reason"] for row in found if not row["cluster_id"])


# rows, clusters, what is named
CROWDS = [
    ("name\n" + "acme\n" * 3_000, 1, "one cluster holds 3,000 of 3,000 rows ('acme')"),
    (
        "name\n" + "".join(f"{'acme ' * (1 + at % 9)}\n" for at in range(3_000)),
        1,
        "one cluster holds 3,000 of 3,000 rows ('acme')",
    ),
    (
        "name,city\n" + "".join(f"Acme,City {at}\n" for at in range(3_000)),
        3_000,
        "3,000 different rows share the name 'acme'",
    ),
    (
        "name,domain,phone\n"
        + "".join(f"Un{at * 7919 % 10007}ique,none.example,+49 30 123456\n" for at in range(3_000)),
        None,
        "3,000 different rows share the domain 'none.example'",
    ),
    (
        "name,alias\n"
        + "".join(f"Link{at:04}x Systems,Link{at + 1:04}x Systems\n" for at in range(3_000)),
        None,
        "",
    ),
]


@pytest.mark.parametrize(("text", "clusters", "warning"), CROWDS)
def test_no_cluster_swallows_the_list_and_the_value_is_named(
    text: str, clusters: int | None, warning: str, sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text(text)
    report = sluice("cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--json").json
    assert report["clusters"] == clusters if clusters else report["clusters"] >= 1_000
    assert (
        any(warning in told for told in report["warnings"]) if warning else not report["warnings"]
    )


def test_any_number_of_columns_is_left_out(sluice: Sluice, tmp_path: Path) -> None:
    rows = [
        "name,domain,phone",
        "Parcel,parcel.example,+49 30 123456",
        "Parcel Two,parcel.example,+49 30 123456",
    ]
    file = written(tmp_path / "in.csv", *rows)
    together = sluice("cluster", file, "-o", tmp_path / "all.csv", "--json").json["clusters"]
    options = ["--map", "ignore=domain", "--map", "ignore=phone"]
    ran = sluice("cluster", file, "-o", tmp_path / "out.csv", *options)
    assert "domain is" not in ran.err
    assert "phone is" not in ran.err
    assert list(rows_of(tmp_path / "out.csv")[0]) == [
        "name",
        "domain",
        "phone",
        *CLUSTERED,
    ]
    assert together <= len({row["cluster_id"] for row in rows_of(tmp_path / "out.csv")})
    both = ["--map", "name=domain", "--map", "ignore=domain"]
    assert (
        "to name and to ignore"
        in sluice("cluster", file, "-o", tmp_path / "no.csv", "--json", *both, code=2).error[
            "message"
        ]
    )


TAKEN = [
    ("cluster", "score", "score"),
    ("cluster", "Cluster_ID", "cluster_id"),
    ("link", "match_id", "match_id"),
    ("link", "REASON", "reason"),
]


@pytest.mark.parametrize(("command", "column", "added"), TAKEN)
def test_a_column_that_the_file_has_is_added_under_another_name(
    command: str, column: str, added: str, sluice: Sluice, tmp_path: Path
) -> None:
    file = written(tmp_path / "in.csv", f"name,{column}", "Mogara,mine")
    paths = [file, file] if command == "link" else [file]
    done = sluice(command, *paths, "-o", tmp_path / "out.csv", "--json")
    assert done.json["added_columns"][added] == f"{added}_2"
    assert f"in.csv has a column {added!r}: the result is in '{added}_2'" in done.err
    header, row = (tmp_path / "out.csv").read_text().splitlines()
    assert header.split(",")[:2] == ["name", column]
    assert f"{added}_2" in header.split(",")[2:]
    assert row.startswith("Mogara,mine,")


def test_columns_of_the_other_commands_result_are_columns_like_others(
    sluice: Sluice, tmp_path: Path
) -> None:
    file = written(tmp_path / "in.csv", "name,match_id", "Acme,1")
    sluice("cluster", file, "-o", tmp_path / "out.csv")
    sluice(
        "link",
        written(tmp_path / "plain.csv", "name", "Acme"),
        tmp_path / "out.csv",
        "-o",
        tmp_path / "found.csv",
    )


def test_a_list_is_never_replaced_by_its_own_result(sluice: Sluice, tmp_path: Path) -> None:
    file = written(tmp_path / "in.csv", "name", "Acme")
    (tmp_path / "link.csv").symlink_to(file)
    other = written(tmp_path / "other.csv", "name", "Acme")
    for arguments in (
        ["cluster", file, "-o", file],
        ["cluster", file, "-o", tmp_path / "link.csv"],
        ["link", other, file, "-o", file],
        ["link", file, other, "-o", file],
    ):
        assert (
            "is an input file" in sluice(*arguments, "--force", "--json", code=4).error["message"]
        )
    assert file.read_text() == "name\nAcme\n"


def test_a_link_to_a_file_stays_one(sluice: Sluice, tmp_path: Path) -> None:
    file = written(tmp_path / "in.csv", "name", "Acme")
    (tmp_path / "link.csv").symlink_to(written(tmp_path / "old.csv", "old"))
    sluice("cluster", file, "-o", tmp_path / "link.csv", "--force")
    assert (tmp_path / "link.csv").is_symlink()
    assert list(rows_of(tmp_path / "old.csv")[0]) == ["name", *CLUSTERED]


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_nothing_and_what_was_there(sluice: Sluice, tmp_path: Path) -> None:
    file = written(tmp_path / "in.csv", "name", *(f"Acme {at}" for at in range(3_000)))
    out = written(tmp_path / "out.csv", "mine")
    with files_no_larger_than(16_384):
        error = sluice("cluster", file, "-o", out, "--force", "--json", code=1).error
    assert f"the result cannot be written to {out}" in error["message"]
    assert "no incomplete file was left" in error["hint"]
    assert out.read_text() == "mine\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_device_is_written_to_and_not_replaced(sluice: Sluice, tmp_path: Path) -> None:
    file = written(tmp_path / "in.csv", "name", "Acme")
    sluice("cluster", file, "-o", os.devnull, "--force")
    assert not Path(os.devnull).is_file()
    always_full = Path("/dev/full")
    if always_full.exists():
        error = sluice("cluster", file, "-o", always_full, "--json", code=1).error
        assert "the result cannot be written to /dev/full" in error["message"]


# file's bytes, exit code, a word of the message, remark
FILES = [
    (b"", 2, "is empty", "no byte"),
    (b"name\n", 0, "", "a header alone is a list of nothing"),
    (b"\x00\x01\x02" * 500, 2, "binary file", "no text"),
    (b"a,b\n1,2\n", 2, "names no column", "no names"),
    (b"Acme GmbH\nZyxwell AG\n", 2, "the first line is a company, not a header", "no header"),
    (b"<html><table><tr><td>Acme</td></tr></table></html>", 2, "is a web page", "a page"),
]


@pytest.mark.parametrize(
    ("content", "code", "message", "remark"), FILES, ids=[remark for *_, remark in FILES]
)
def test_files_that_are_no_lists(
    content: bytes, code: int, message: str, remark: str, sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    ran = sluice("cluster", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--json", code=code)
    assert not code or message in ran.error["message"], remark
    assert (tmp_path / "out.csv").exists() is (code == 0)


def test_what_is_not_there_or_no_file(sluice: Sluice, tmp_path: Path) -> None:
    written(tmp_path / "list.csv", "name", "Acme")
    missing = sluice(
        "cluster", tmp_path / "lists.csv", "-o", tmp_path / "out.csv", "--json", code=3
    ).error
    assert "list.csv" in missing["hint"]
    assert (
        "is a folder"
        in sluice("cluster", tmp_path, "-o", tmp_path / "out.csv", "--json", code=2).error[
            "message"
        ]
    )


def test_ids_that_repeat_make_way_for_row_numbers_and_that_is_said(
    sluice: Sluice, tmp_path: Path
) -> None:
    file = written(tmp_path / "in.csv", "id,name", "7,Acme", "7,Acme Ltd", "8,Zyxwell")
    report = sluice("cluster", file, "-o", tmp_path / "out.csv", "--json").json
    assert report["warnings"] == [
        "'id' has values that repeat or are missing: row numbers are the ids instead"
    ]
    assert [row["cluster_id"] for row in rows_of(tmp_path / "out.csv")] == ["1", "1", "3"]
    other = written(tmp_path / "left.csv", "id,name", "7,Zyxwell", "7,Acme")
    assert (
        len(sluice("link", other, file, "-o", tmp_path / "found.csv", "--json").json["warnings"])
        == 1
    )
    assert rows_of(tmp_path / "found.csv")[0]["match_id"] == "3"


def test_the_country_of_a_list_that_states_none(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "phones.csv"
    file.write_text(
        "name,phone\nNordwind GmbH,0512-12345678\nNord Wind Trading,+86 512 1234 5678\n", "utf-8"
    )
    command = ("cluster", file, "-o", tmp_path / "out.csv", "--force")

    assert "+8651212345678" in sluice(*command, "--country", "CN").err
    assert "is not a country" in sluice(*command, "--country", "XX", code=2).err
