"""`sluice registers fetch` reads files of whole registers, as a user sees it."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from spiders.registers import unpacking
from tests.console import made_registers
from tests.console.conftest import Sluice, rows_of
from tests.console.made_registers import BRREG, GLEIF, HOUSE, units
from tests.sources.fake_sources import Answering, Asked, FakeSources, Sent

server, shared, fake = made_registers.server, made_registers.shared, made_registers.fake
BULK = Path(__file__).parent / "registers" / "BasicCompanyDataAsOneFile.csv"


class Files:
    """A file that can be asked for in parts, and whose connections break."""

    def __init__(self, body: bytes, *cuts: int) -> None:
        self.body, self.cuts = body, list(cuts)
        self.etag = '"one"'

    def __call__(self, asked: Asked) -> Sent:
        headers = {"ETag": self.etag}
        cut = self.cuts.pop(0) if self.cuts else None
        begin = asked.headers.get("range", "").removeprefix("bytes=").removesuffix("-")
        if not begin or asked.headers.get("if-range") != self.etag:
            return Sent(self.body, 200, headers, cut)
        start, size = int(begin), len(self.body)
        ranged = {**headers, "Content-Range": f"bytes {start}-{size - 1}/{size}"}
        return Sent(self.body[start:], 206, ranged, cut)


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files:
            archive.writestr(name, body)
    return stream.getvalue()


def house(file: Answering) -> Answering:
    """The page of Companies House that names its newest file, and the file."""
    page = (
        b'<a href="BasicCompanyDataAsOneFile-2026-10-01.zip">old</a>'
        b'<a href="BasicCompanyDataAsOneFile-2026-11-01.zip">new</a>'
    )
    return lambda asked: Sent(page) if asked.path == "/en_output.html" else file(asked)


BRITISH = zipped(("BasicCompanyDataAsOneFile-2026-11-01.csv", BULK.read_bytes()))


def test_the_file_of_companies_house_is_filtered_into_a_list(
    fake: FakeSources, sluice: Sluice, tmp_path: Path, shared: Path
) -> None:
    fake.hosts[HOUSE] = house(Files(BRITISH))
    out = tmp_path / "gb.csv"
    done = sluice("registers", "fetch", "gb", "-o", out)
    assert "OGL" in done.err
    assert "have ended or are ending" in done.err
    rows = {row["company"]: row for row in rows_of(out)}
    bakery = rows["BRANDIX BAKERY LIMITED"]
    assert bakery["register number"] == "00941200"
    assert (bakery["city"], bakery["employees"]) == ("Leeds", "0-50")
    assert "C/O" not in out.read_text()

    # Another list out of the same file asks for no file again.
    leeds = sluice("registers", "fetch", "gb", "--place", "LEEDS", "-o", tmp_path / "l.csv")
    assert leeds.out.startswith("1 row of")
    asked = [one.path for one in fake.asked[HOUSE]]
    assert asked.count("/BasicCompanyDataAsOneFile-2026-11-01.zip") == 1
    assert len(list((shared / "cache" / "registers" / "gb").glob("*.zip"))) == 1
    again = sluice("registers", "fetch", "gb", "-o", tmp_path / "a.csv", "--again", "--json").json
    assert again["file"]["was_here"] is False


def test_a_download_that_breaks_off_is_taken_up(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[HOUSE] = house(Files(BRITISH, 700, 300))
    sluice("registers", "fetch", "gb", "-o", tmp_path / "gb.csv")
    ranges = [one.headers.get("range") for one in fake.asked[HOUSE][1:]]
    assert ranges == [None, "bytes=700-", "bytes=1000-"]


def test_a_file_that_changed_meanwhile_is_read_from_its_beginning(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    files = Files(BRITISH, 700, 0, 0, 0, 0)
    fake.hosts[HOUSE] = house(files)
    broken = sluice("registers", "fetch", "gb", "-o", tmp_path / "gb.csv", code=1)
    assert "the connection broke 4 times: it ended early" in broken.err
    assert "goes on with the download" in broken.err

    files.etag, files.cuts = '"two"', []
    fake.asked.clear()
    sluice("registers", "fetch", "gb", "-o", tmp_path / "gb.csv")
    [_, asked] = fake.asked[HOUSE]
    assert asked.headers["if-range"] == '"one"'


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_download_that_never_began_is_not_said_to_go_on(
    more: tuple[str, ...], fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[HOUSE] = lambda _: Sent({}, 404)
    done = sluice("registers", "fetch", "gb", "-o", tmp_path / "gb.csv", *more, code=1)
    assert "nothing was written; try again later" in done.err


@pytest.mark.parametrize("begin", [0, 400])
def test_a_part_that_was_not_asked_for_ends_the_download(
    begin: int, fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    said = {"Content-Range": f"bytes {begin}-{len(BRITISH) - 1}/{len(BRITISH)}", "ETag": '"one"'}
    fake.hosts[HOUSE] = house(lambda _: Sent(BRITISH[begin:], 206, said))
    done = sluice("registers", "fetch", "gb", "-o", tmp_path / "gb.csv", code=1)
    assert "it sends a part that was not asked for" in done.err
    assert len(fake.asked[HOUSE]) == 2


def gzipped_norway(body: bytes) -> Answering:
    return Files(gzip.compress(body))


def test_the_file_of_norway_is_read_company_by_company(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    every = [*units(2_500), {**units(1)[0], "organisasjonsform": {"kode": "ENK"}}]
    fake.hosts[BRREG] = gzipped_norway(json.dumps(every, indent=2).encode())
    out = tmp_path / "no.csv"
    done = sluice("registers", "fetch", "no", "--whole-file", "--place", "Oslo", "-o", out)
    assert done.out.startswith("2,500 rows of 2,501 companies")
    few = sluice(
        *("registers", "fetch", "no", "--whole-file", "--limit", "10", "-o", tmp_path / "f.csv")
    )
    assert few.out.startswith("10 rows")


HEADER = (
    "LEI,Entity.LegalName,Entity.LegalAddress.City,Entity.LegalAddress.Country,"
    "Entity.RegistrationAuthority.RegistrationAuthorityID,"
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID,Entity.LegalJurisdiction,"
    "Entity.EntityCategory,Entity.EntityStatus,Registration.RegistrationStatus\n"
)
#: Companies that are made up: the registration of the first has lapsed, the second is annulled.
GOLDEN = (
    HEADER
    + "529900AAAAAAAAAAAA11,Vellmoor Pumps Ltd,Leeds,GB,RA000585,941200,GB,GENERAL,ACTIVE,LAPSED\n"
    + "529900AAAAAAAAAAAA22,Orbec Fonds,Paris,FR,RA000189,732829320,FR,GENERAL,ACTIVE,ANNULLED\n"
)


def golden(count: int) -> Answering:
    said = {"url": f"https://{GLEIF}/storage/lei2.csv.zip", "size": 1, "record_count": count}
    file = Files(zipped(("lei2.csv", GOLDEN.encode())))
    about = {"data": {"full_file": {"csv": said}}}
    return lambda asked: Sent(about) if asked.path.endswith("/latest") else file(asked)


def test_the_golden_copy_of_gleif_leads_to_national_numbers(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[GLEIF] = golden(2)
    out = tmp_path / "lei.csv"
    sluice("registers", "fetch", "gleif", "-o", out)
    [row] = rows_of(out)
    assert (row["lei"], row["register number"]) == ("529900AAAAAAAAAAAA11", "00941200")
    assert row["licence"] == "CC0-1.0"


def test_a_file_with_fewer_companies_than_stated_is_refused(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[GLEIF] = golden(3)
    done = sluice("registers", "fetch", "gleif", "-o", tmp_path / "lei.csv", code=1)
    assert "the file holds 2 companies, and the register states 3" in done.err
    assert not (tmp_path / "lei.csv").exists()


def _bomb() -> bytes:
    return gzip.compress(b"[" + b" " * 6_000_000, 9)


def _damaged() -> bytes:
    body = bytearray(gzip.compress(json.dumps(units(300)).encode()))
    body[-6] ^= 1
    return bytes(body)


BAD_FILES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a page": (lambda: b"<!DOCTYPE html><p>Sorry", "it sent a page instead of a zip or gzip file"),
    "plain JSON": (lambda: b"[{}]", "it sent JSON instead of a zip or gzip file"),
    "two files": (lambda: zipped(("a", b"1"), ("b", b"2")), "the zip file holds 2 files, not one"),
    "a bomb": (_bomb, "the file unpacks to more than"),
    "damaged": (_damaged, "the file is damaged"),
    "half a zip": (lambda: BRITISH[:900], "the file is damaged"),
    "no array": (lambda: gzip.compress(b'{"a": 1}'), "the file holds no JSON array"),
    "half an array": (lambda: gzip.compress(b"[{}, {"), "breaks off before its end"),
    "deep": (lambda: gzip.compress(b"[" * 100_000), "a company of the file nests too deep"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_of_another_kind_is_refused(
    kind: str,
    fake: FakeSources,
    sluice: Sluice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unpacking, "SMALL", 1_000_000)
    make, words = BAD_FILES[kind]
    fake.hosts[BRREG] = Files(make())
    out = tmp_path / "no.csv"
    done = sluice("registers", "fetch", "no", "--whole-file", "-o", out, code=1)
    assert words in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_elsewhere_is_not_followed(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[BRREG] = lambda _: Sent(b"", 302, {"Location": "https://elsewhere.example/a.gz"})
    done = sluice(*("registers", "fetch", "no", "--whole-file", "-o", tmp_path / "no.csv"), code=1)
    assert "elsewhere.example is no host of this register" in done.err
    assert not fake.asked["elsewhere.example"]
