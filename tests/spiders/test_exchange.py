"""What the crawler's own questions and answers leave out of Scrapy's makes no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Headers, HtmlResponse
from scrapy.responsetypes import responsetypes
from w3lib.url import safe_url_string

from spiders.exchange import Answer, headers_of, safe_url

_PARTS = st.sampled_from(
    ["a", "Über", "..", ".", "", "~x", "a b", "%20", "?q=1", "#top", "é", "-", "index.html", "//"]
)
_HOSTS = st.sampled_from(["acme.example", "ACME.example", "127.1", "xn--a.example", "ä.example"])
_SENT = [
    b"<html><p>M\xc3\xbcller</p>",
    b"\xef\xbb\xbf<html><p>M\xc3\xbcller</p>",
    b"\xff\xfe<\x00p\x00>\x00",
    b"<html><p>M\xfcller</p>",
    b"<meta charset=latin-1><p>M\xfcller</p>",
    b"\xc3",
    b"",
]
_TYPES = [
    "text/html; charset=utf-8",
    "text/html;charset=UTF-8",
    'text/html; charset="utf-8"',
    "text/html; charset=latin-1",
    "text/html; charset=utf-8; x=1",
    'text/html; a="charset=utf-8"',
    "text/html",
    "",
]


@given(_HOSTS, st.lists(_PARTS, max_size=5))
def test_an_address_is_sent_as_scrapy_sends_it(host: str, parts: list[str]) -> None:
    url = f"http://{host}/{'/'.join(parts)}"
    assert safe_url(url) == safe_url_string(url)


@pytest.mark.parametrize("kind", _TYPES)
@pytest.mark.parametrize("body", _SENT)
def test_a_page_is_decoded_as_scrapy_decodes_it(kind: str, body: bytes) -> None:
    url = "http://acme.example/"
    answer = Answer(url, 200, (("Content-Type", kind),), body)
    assert answer.text == HtmlResponse(url, headers={"Content-Type": kind}, body=body).text


@pytest.mark.parametrize("body", [b"<html><p>x</p>", b"\x00\x01\x02", b"x"])
@pytest.mark.parametrize(
    "kinds", [["text/html"], ["text/html", "image/png"], ["a/b"], ["text"], []]
)
def test_what_is_a_page_is_one_to_scrapy(kinds: list[str], body: bytes) -> None:
    url, headers = "http://acme.example/a", tuple(("Content-Type", kind) for kind in kinds)
    kind = responsetypes.from_args(headers=Headers(headers), url=url, body=body)
    assert Answer(url, 200, headers, body).is_html is issubclass(kind, HtmlResponse)


def test_headers_are_kept_by_name_with_every_byte() -> None:
    sent = [("content-type", "text/html"), ("X-Name", "M\udcfcller"), ("CONTENT-TYPE", "a/b")]
    kept = {"Content-Type": ["text/html", "a/b"], "X-Name": ["Müller"]}
    assert headers_of(sent) == kept
