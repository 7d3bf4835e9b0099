"""The newest file of a register is found on its page, whatever else the page holds."""

import time

import pytest

from sources.listing.newest import newest
from sources.listing.pages import UnreadableError
from sources.listing.table import listings

FILE = listings()["gb"].file
NAME = b"BasicCompanyDataAsOneFile-2026-11-01.zip"
AT_ROOT = "https://download.companieshouse.gov.uk/BasicCompanyDataAsOneFile-2026-11-01.zip"


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (b'<a href="%s">' % NAME, AT_ROOT),
        (b"<a href='%s'>" % NAME, AT_ROOT),
        (b"<a href=%s>" % NAME, AT_ROOT),
        (b'<a href="/%s">' % NAME, AT_ROOT),
        (b'<a href="new/%s">' % NAME, AT_ROOT.replace("uk/", "uk/new/")),
        (b'<a href="%s"><a href="%s">' % (NAME.replace(b"11-01", b"10-01"), NAME), AT_ROOT),
        (b'<a href="%s"><a href="%s">' % (NAME, NAME.replace(b"11-01", b"10-01")), AT_ROOT),
    ],
)
def test_the_newest_file_that_is_linked_is_found(page: bytes, url: str) -> None:
    assert FILE is not None
    assert newest(FILE, page).url == url


@pytest.mark.parametrize(
    "page",
    [
        b"",
        NAME,
        b'<a href="part.zip">%s</a>' % NAME,
        b'<a href="%s%s">' % (b"a" * 400, NAME),
        b'<a href="BasicCompanyDataAsOneFile-2026-11.zip">',
    ],
)
def test_a_page_without_a_link_to_it_is_refused(page: bytes) -> None:
    assert FILE is not None
    with pytest.raises(UnreadableError):
        newest(FILE, page)


@pytest.mark.parametrize(
    "piece", [b"href=", b"href=" + NAME[:20], NAME[:26], NAME, b'href="' + b"a" * 290 + NAME]
)
def test_a_hostile_page_takes_little_time(piece: bytes) -> None:
    assert FILE is not None
    page = piece * (1_000_000 // len(piece)) + b'<a href="%s">' % NAME
    begin = time.process_time()
    newest(FILE, page)
    assert time.process_time() - begin < 1
