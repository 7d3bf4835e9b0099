"""An archive that is damaged is refused in words, however it is damaged."""

import gzip
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spiders.registers.errors import RegisterError
from spiders.registers.unpacking import unpacked

ROWS = b"company,city\nVellmoor Pumps,Leeds\n" * 60


def zipped(packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        archive.writestr("rows.csv", ROWS)
    return stream.getvalue()


def changed(place: int, value: bytes) -> Callable[[bytes], bytes]:
    """Write other bytes at a place, which is counted from the end if it is negative."""

    def change(body: bytes) -> bytes:
        begin = place % len(body)
        return body[:begin] + value + body[begin + len(value) :]

    return change


def read(file: Path, body: bytes) -> bytes:
    file.write_bytes(body)
    with unpacked(file) as stream:
        return stream.read()


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_both_ways_that_registers_pack_are_read(packing: int, tmp_path: Path) -> None:
    assert read(tmp_path / "a.zip", zipped(packing)) == ROWS


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_pack_are_refused(packing: int, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="packed in an unknown way") as told:
        read(tmp_path / "a.zip", zipped(packing))
    assert told.value.is_void


#: The last record of a zip takes 22 bytes, and the entry of `rows.csv` before it 54.
DAMAGES: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "cut zip": (zipped(), lambda body: body[:-30]),
    "packed bytes": (zipped(), changed(45, b"\xff" * 8)),
    "stored bytes": (zipped(zipfile.ZIP_STORED), changed(60, b"\0")),
    "directory far away": (zipped(), changed(-6, b"\xff\xff\xff\x7f")),
    "directory too long": (zipped(), changed(-10, b"\xff\xff\xff\x7f")),
    "entry far away": (zipped(), changed(-22 - 54 + 42, b"\xff\xff\xff\x7f")),
    "later version": (zipped(), changed(-22 - 54 + 6, b"\xff")),
    "name in no encoding": (zipped(), lambda body: changed(-30, b"\xff")(_says_utf8(body))),
    "size too large": (
        zipped(zipfile.ZIP_STORED),
        changed(-22 - 54 + 20, b"\xff\xff\0\0\xff\xff\0\0"),
    ),
    "cut gzip": (gzip.compress(ROWS), lambda body: body[:-9]),
    "check sum of gzip": (gzip.compress(ROWS), changed(-8, b"\0\0\0\0")),
    "packed bytes of gzip": (gzip.compress(ROWS), changed(12, b"\xff" * 8)),
    "kind of gzip": (gzip.compress(ROWS), changed(2, b"\x07")),
    "after the gzip": (gzip.compress(ROWS), lambda body: body + b"more"),
}


def _says_utf8(body: bytes) -> bytes:
    return changed(-22 - 54 + 9, b"\x08")(body)


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_archive_is_refused(kind: str, tmp_path: Path) -> None:
    body, damage = DAMAGES[kind]
    with pytest.raises(RegisterError) as told:
        read(tmp_path / "a.zip", damage(body))
    assert told.value.is_void


@given(st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_other_bytes_raise_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    packings = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    body = data.draw(st.sampled_from([*map(zipped, packings), gzip.compress(ROWS)]))
    places = st.integers(4, len(body) - 1)
    for place, value in data.draw(
        st.dictionaries(places, st.binary(min_size=1, max_size=4))
    ).items():
        body = changed(place, value)(body)
    with suppress(RegisterError):
        read(tmp_path / "a.zip", body)


def test_an_error_of_another_file_is_not_one_of_the_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped())
    with pytest.raises(OSError, match="no room"), unpacked(file):
        raise OSError("no room")
