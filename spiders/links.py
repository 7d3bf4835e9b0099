"""Links of a page within its site, each classified by its words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import yaml
from scrapy.http import HtmlResponse
from w3lib.html import get_base_url

from leads.lexicon.domains import registrable
from spiders.anchors import anchors
from spiders.site import PageKind

MOST_LINKS = 2000
LONGEST_URL = 500
#: A longer text is a teaser or an article, whose words do not classify the target.
LONGEST_TEXT = 60
#: Where a `<base href>` must be to count.
_BASE_WITHIN = 4_096
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute URL on the site without fragment, and the kind of page it leads to."""

    url: str
    kind: PageKind


@dataclass(frozen=True, slots=True)
class _Words:
    kind: PageKind
    most: int
    words: re.Pattern[str]


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        files("spiders").joinpath("data/links.yaml").read_text("utf-8")
    )
    return loaded


@cache
def _kinds() -> tuple[_Words, ...]:
    return tuple(
        _Words(PageKind(kind), entry["most"], _pattern(entry["words"]))
        for kind, entry in _data()["kinds"].items()
    )


def most_of(kind: PageKind) -> int:
    """Return the maximum pages of a kind to fetch."""
    return next(
        (known.most for known in _kinds() if known.kind is kind),
        LONGEST_URL if kind is PageKind.OTHER else 2,
    )


@lru_cache(maxsize=8192)
def kind_of(url: str, text: str) -> PageKind:
    """Classify a link by its text and path; `other` if no word matches."""
    said = _plain(text) if len(text) <= LONGEST_TEXT else ""
    path = _plain(unquote(_path(url)))
    return next(
        (known.kind for known in _kinds() if known.words.search(said) or known.words.search(path)),
        PageKind.OTHER,
    )


def links_of(response: HtmlResponse, domain: str) -> list[Link]:
    """Return links to pages of the same registrable domain in page order, each URL once."""
    text, here = _text(response), urlsplit(response.url)
    base = _base(text, response.url)
    found: dict[str, Link] = {}
    for anchor in islice(anchors(text), MOST_LINKS):
        url = _absolute(base, anchor.href, here.scheme, here.netloc)
        if url is None or url in found or registrable(url) != domain:
            continue
        found[url] = Link(url, PageKind.ENTRY if anchor.forced else kind_of(url, anchor.text))
    return [
        link
        for link in found.values()
        if link.kind is not PageKind.OTHER or not urlsplit(link.url).query
    ]


def _text(response: HtmlResponse) -> str:
    """Decode the page; one whose declared encoding cannot decode it is read as UTF-8."""
    try:
        text = response.text
    except (ValueError, LookupError, AssertionError, TypeError):
        # Python has codecs that are no character sets (undefined, base64, idna).
        text = ""
    return text if "<" in text else response.body.decode("utf-8", "replace")


def _base(text: str, url: str) -> str:
    """Return the URL that links are relative to: `<base href>` unless no parser takes it."""
    try:
        base = get_base_url(text[:_BASE_WITHIN], url)
        urlsplit(urljoin(base, "/"))
    except ValueError:
        return url
    return base


def _absolute(base: str, href: str, scheme: str, netloc: str) -> str | None:
    try:
        url = urldefrag(urljoin(base, href.strip())).url
        parts = urlsplit(url)
    except ValueError:
        return None
    if (
        parts.scheme not in {"http", "https"}
        or len(url) > LONGEST_URL
        or parts.path.rpartition(".")[2].lower() in _data()["files"]
    ):
        return None
    # The same host in the other scheme would need its own robots.txt, and usually redirects anyway.
    return parts._replace(scheme=scheme).geturl() if parts.netloc == netloc else url


def _path(url: str) -> str:
    parts = urlsplit(url)
    sub = parts.netloc.rpartition(".")[0].rpartition(".")[0]
    return f"{sub} {parts.path} {parts.query}"


def _plain(text: str) -> str:
    """Normalise: lower case, no accents (`ü` as `ue` and, in a second copy, as `u`), single
    spaces.
    """
    lower = text.casefold()
    copies = {_bare(lower.translate(_LETTERS)), _bare(lower)}
    return " | ".join(sorted(copies))


def _bare(text: str) -> str:
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", letters))


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"\b{re.escape(word)}" + ("" if len(word) >= 5 else r"\b") for word in words)
    )
