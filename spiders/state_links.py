"""Find links in the scripts of a page that has none: in its state, its routes, its menu as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urljoin

from leads.lexicon.domains import registrable
from spiders.hrefs import LONGEST_URL
from spiders.links import Link, link_to
from spiders.page_sight import see
from spiders.same_page import is_repetitive, is_trap
from spiders.site import PageKind

#: A page with more links to pages of a kind has its own menu.
_FEW = 2
_MOST, _PER_KIND = 3_000, 2
_PATH = re.compile(r"[\"'`]((?:https?://[\w.-]{4,100})?/[^\s\"'`<>{}\\$*:|()]{1,150})[\"'`]")
_ESCAPED = re.compile(r"\\u002[fF]|\\/")


def state_links(html: str, url: str, domain: str, links: Sequence[Link]) -> list[Link]:
    """Return the pages of each kind that the scripts of a page name, the surest first; none if the
    page links to such pages itself.
    """
    of_kinds = (link for link in links if link.kind is not PageKind.OTHER)
    if len(list(islice(of_kinds, _FEW))) == _FEW or "<script" not in html:
        return []
    found: dict[str, Link] = {}
    for script in see(html).scripts:
        for path in _paths(script):
            link = _link(path, url, domain)
            if link is not None and link.kind is not PageKind.OTHER:
                found.setdefault(link.url, link)
    kept: dict[PageKind, list[Link]] = {}
    for link in sorted(found.values(), key=lambda link: (-link.points, len(link.url))):
        kept.setdefault(link.kind, []).append(link)
    return [link for some in kept.values() for link in some[:_PER_KIND]]


def _paths(script: str) -> list[str]:
    found = _PATH.finditer(_ESCAPED.sub("/", script))
    return [match[1] for _, match in zip(range(_MOST), found, strict=False)]


def _link(path: str, url: str, domain: str) -> Link | None:
    try:
        target = urljoin(url, path)
    except ValueError:
        return None
    is_own = registrable(target) == domain and len(target) <= LONGEST_URL
    is_file = "." in path.rpartition("/")[2] and not path.endswith((".html", ".htm", ".php"))
    if not is_own or is_file or is_trap(target) or is_repetitive(target):
        return None
    found = link_to(target, "", "")
    return Link(target, found.kind, found.points, f"the page's scripts name it: {found.why}")
