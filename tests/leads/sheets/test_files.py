"""What is no list is refused with one clear line and the way out, whatever its name ends with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.raw_list import open_list
from leads.errors import NotFoundError, SluiceError, UsageError


@pytest.mark.parametrize(
    ("remark", "content", "said"),
    [
        ("empty", b"", "is empty"),
        ("binary", bytes(range(256)) * 40, "is a binary file"),
        ("nothing but NUL", b"\0" * 500, "is a binary file"),
        ("a PDF", b"%PDF-1.7 ...", "is a PDF"),
        ("gzip", b"\x1f\x8b\x08\0", "is compressed (gzip)"),
        ("a page saved as .csv", b"<!DOCTYPE html>\n<html>", "is a web page or XML"),
        ("XML", b"\xef\xbb\xbf<?xml version='1.0'?>", "is a web page or XML"),
        ("a card", b"BEGIN:VCARD\r\nORG:Acme", "is a vCard file"),
        ("a calendar", b"begin:vcalendar\n", "is a calendar"),
        ("RTF", b"{\\rtf1 Acme}", "is an RTF document"),
        ("RAR", b"Rar!\x1a\x07\0", "is a RAR archive"),
        ("tar", b"acme.csv".ljust(257, b"\0") + b"ustar\0", "is a tar archive"),
        ("SQL", b"INSERT INTO firms VALUES ('Acme')", "is SQL"),
        (
            "half a workbook",
            b"PK\x03\x04" + b"\0" * 200,
            "is damaged or incomplete",
        ),
        (
            "an old file of something else",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "cannot be read as a workbook",
        ),
        (
            "a password",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le")
            + b"\0" * 64,
            "is protected by a password",
        ),
    ],
)
def test_no_list(tmp_path: Path, remark: str, content: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        open_list(str(path))
    assert f"{path} {said}" in caught.value.message, remark
    assert caught.value.hint


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "exhibitors.csv").write_text("name\n")
    with pytest.raises(NotFoundError) as caught:
        open_list(str(tmp_path / "exibitors.csv"))
    assert caught.value.hint == f"did you mean {tmp_path / 'exhibitors.csv'}?"
    with pytest.raises(NotFoundError):
        open_list(str(tmp_path / "nowhere" / "list.csv"))


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        open_list(str(tmp_path))


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000])
def test_names_no_file_can_have(name: str) -> None:
    with pytest.raises(SluiceError):
        open_list(name)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name\nAcme\n")
    path.chmod(0)
    if os.geteuid() == 0:
        # The superuser may read everything, so the refusal has to come from the system call.
        def refuse(self: Path, *args: object, **kwargs: object) -> None:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UsageError, match="permission denied"):
        open_list(str(path))


def test_a_sheet_of_a_file_without_sheets(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name\nAcme\n")
    with pytest.raises(UsageError, match="has no sheet '2'"):
        open_list(str(path), sheet="2")


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_stdin_and_pipes_are_read_as_files_are(name: str) -> None:
    code = (
        f"from intake.raw_list import open_list; it = open_list({name!r}); print(it.name, it.header,"
        " *list(it), *list(it))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"name,city\nAcme,Rome\n",
        capture_output=True,
        check=True,
    )
    row = "SourceRow(row=1, line=2, cells=('Acme', 'Rome'))"
    assert done.stdout.decode().strip() == f"{name} ('name', 'city') {row} {row}"


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name\nAcme\n")
    assert (
        open_list(str(path)).sha256
        == "e9a2a940fa84b56d4c14c86c16002a8681d164b3ce9de3d0382c528d7a94a6d2"
    )


STARTS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        b'{"a":',
        b"[{",
        b"name,city\n",
        b'"',
        b"sep=;\n",
    ]
)


@settings(max_examples=200)
@given(
    start=STARTS,
    rest=st.binary(max_size=200)
    | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")),
)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "list"
    path.write_bytes(start + rest)
    try:
        source = open_list(str(path))
        width = len(source.header)
        items = list(source)
    except SluiceError as error:
        refused = error
    else:
        assert [item.row for item in items] == list(range(1, len(items) + 1))
        assert all(len(item.cells) == width for item in items if not hasattr(item, "reason"))
        return
    assert refused.message
    assert refused.hint
