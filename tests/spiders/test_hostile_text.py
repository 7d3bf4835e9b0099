"""No text of a page takes long to read: what costs more than its length would stop all visits."""

from collections.abc import Callable
from time import process_time

import pytest

from spiders.anchors import plain_links
from spiders.boards import board_of
from spiders.forwards import forward_of
from spiders.languages import alternates
from spiders.likeness import likeness_of
from spiders.page_kinds import PageKind
from spiders.page_sight import see
from spiders.sitemaps import addresses
from spiders.state_links import state_links

URL = "https://acme.example/"
#: Repeated to the size of a large page; each once took a pattern more time than its length.
PIECES = {
    "names with colons": "<meta " + "a:" * 2040 + ">",
    "names": "<meta " + "a " * 2040 + ">",
    "spaces in a tag": "<meta a" + " " * 4_000 + ">",
    "spaces behind =": "<meta a=" + " " * 4_000 + ">",
    "open quotes": "<meta " + "a='" * 1_300 + ">",
    "spaces behind location": "<script>location" + " " * 2_900 + "x</script>",
    "locations": "<script>" + "location " * 320 + "</script>",
    "spaces behind window": "<script>window" + " " * 2_900 + "</script>",
    "windows": "<script>" + "window . " * 320 + "x</script>",
    "spaces behind an address": "<script>location='a'" + " " * 2_900 + "+</script>",
    "refresh": "<meta http-equiv=refresh content='0" + ";, " * 1_300 + "url'>",
    "spaces in refresh": "<meta http-equiv=refresh content='" + " " * 3_900 + "'>",
    "open tags": "<a",
    "comments": "<!--",
    "addresses": "://",
    "spaces before addresses": "href" + " " * 900 + "://abcdef ",
    "long links": '<a href="/x">' + "y" * 395,
    "attributes of a link": "<a " + 'class="" ' * 400,
    "links without end": "<link rel=alternate hreflang=de href=/x" + " " * 1_000,
    "spaces": " ",
    "paths": '"/' + "a" * 100,
    "sitemap": "<loc> " + " " * 900,
}
FORWARDS = "<meta http-equiv=refresh content='99;url=/x'>"
READERS: dict[str, Callable[[str], object]] = {
    "see": see,
    "forward": lambda html: forward_of(html, URL),
    "short forward": lambda html: forward_of(html[:49_000], URL),
    "state": lambda html: state_links("<script>" + html, URL, "acme.example", []),
    "board": lambda html: board_of(html, PageKind.HOME),
    "plain links": lambda html: plain_links(html, 5_000, 300),
    "alternates": lambda html: alternates(html, URL),
    "likeness": likeness_of,
    "sitemap": lambda html: addresses(html.encode()),
}


@pytest.mark.parametrize("name", PIECES)
def test_time_grows_as_the_page_does(name: str) -> None:
    html = FORWARDS + PIECES[name] * (190_000 // len(PIECES[name]))
    for reader, read in READERS.items():
        before = process_time()
        read(html)
        # They take some hundredths of a second, those mended took up to four seconds.
        assert process_time() - before < 1, reader
