"""The content of an HTML page: text lines, links, scripts and meta tags, in page order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from enrich.json_ld import MarkedNode

#: Maximum characters of visible text kept.
LONGEST_TEXT = 150_000
#: Maximum entries of each other kind, and characters per entry.
MOST, LONGEST = 3_000, 2_000
#: JSON in a script that is no code: its type, its id, or a variable it is assigned to.
STATE = re.compile(
    r"(?<!\s)\s*(?:var\s+)?(?:(?:window|self|globalThis)(?:\.|\[[\"']))?(?:__[A-Za-z_]{3,40}__|(?:__)?"
    r"[A-Z]{3,20}_(?:STATE|DATA|PROPS)(?:__)?)(?:[\"']\])?\s*=\s*(?=[\[{\"J])"
)


class Link(NamedTuple):
    """A link or form: its target, and the position of its text in the page text."""

    href: str
    start: int
    end: int


@dataclass(slots=True)
class Markup:
    """The content of a page, in page order."""

    #: Visible text, one line per block; cells of a table row are separated by tabs.
    text: str = ""
    title: str = ""
    language: str = ""
    #: Lower-case names (`name`, `property` or `http-equiv`) and contents.
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    #: `rel`, `href` and `hreflang` of `<link>`.
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    #: URLs of scripts.
    scripts: list[str] = field(default_factory=list)
    #: URLs of frames, images, style sheets and form targets: what the page loads or posts to.
    sources: list[str] = field(default_factory=list)
    #: JSON-LD as written.
    data: list[str] = field(default_factory=list)
    #: JSON in other scripts as written, such as the state of a page that a browser builds.
    states: list[str] = field(default_factory=list)
    #: What of the page was not read; "" if all was.
    cut: str = ""
    #: Outermost items of microdata and RDFa.
    items: list[MarkedNode] = field(default_factory=list)
