"""Choose the language in which a site is read: that of its country, else English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from urllib.parse import urljoin

from leads.lexicon.languages import language_code
from spiders.links import Link
from spiders.page_sight import head_of, see
from spiders.same_page import language_of
from spiders.site import SiteToCrawl
from spiders.tables import table

_ALTERNATE = re.compile(r"<link\b([^>]{0,600}\bhreflang\b[^>]{0,600})>", re.IGNORECASE)
_VALUE = re.compile(r"\b(href|hreflang)\s*=\s*[\"']?([^\"'>\s]+)", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_MOST_ALTERNATES = 60
#: A page with more text, or with fewer choices among its links, is no page to choose a language on.
_GATE_LETTERS, _FEWEST_CHOICES, _SHARE = 1_200, 2, 0.5
_LONGEST_NAME = 30
#: Of the address of a start page: `https://acme.example/en/`.
_MOST_SLASHES = 4


def languages_of(site: SiteToCrawl, said: str = "") -> tuple[str, ...]:
    """Return the languages to read a site in, best first: its country's, the page's own, English.

    `said` is the language that the home page names; it is the first where the country has several.
    """
    own = own_languages(site.country or site.domain)
    said = said[:2] if language_code(said) else ""
    first = [said] if said in own else []
    return tuple(dict.fromkeys([*first, *own, *([said] if said else []), "en"]))


def own_languages(domain: str) -> list[str]:
    """Return the languages of the country of a domain or top level, the most common first."""
    ending = domain.rpartition(".")[2].upper()
    return str(table("site_languages").get(ending, "")).split()


def alternates(html: str, url: str) -> dict[str, str]:
    """Return the addresses of a page in other languages by `hreflang`, its own among them."""
    if b"hreflang" not in head_of(html)[:100_000]:
        return {}
    found: dict[str, str] = {}
    for _, link in zip(range(_MOST_ALTERNATES), _ALTERNATE.finditer(html), strict=False):
        values = {one[1].lower(): unescape(one[2]) for one in _VALUE.finditer(link[1])}
        try:
            found.setdefault(
                values.get("hreflang", "").lower(), urljoin(url, values.get("href", ""))
            )
        except ValueError:
            continue
    return found


def chosen_at_gate(html: str, links: Sequence[Link], wanted: Sequence[str]) -> Link | None:
    """Return the link to follow on a page that only asks for the language; None for any other."""
    choices: dict[str, Link] = {}
    may_miss = len(links) * (1 - _SHARE)
    for link in links:
        if code := _language(link):
            choices.setdefault(code, link)
        elif (may_miss := may_miss - 1) < 0:
            return None
    if len(choices) < _FEWEST_CHOICES or len(choices) < _SHARE * len(links):
        return None
    if sum(map(str.isalpha, see(html).text)) > _GATE_LETTERS:
        return None
    return next((choices[code] for code in wanted if code in choices), next(iter(choices.values())))


def own_start(links: Iterable[Link], here: str, wanted: Sequence[str]) -> Link | None:
    """Return the link to the start page in the site's first language, if `here` is in another."""
    if not wanted or language_of(here) == wanted[0]:
        return None
    for link in links:
        # The slashes are cheap to count, and most pages are deeper.
        if link.url.count("/") > _MOST_SLASHES or language_of(link.url) != wanted[0]:
            continue
        steps = [step for step in link.url.split("?")[0].split("/")[3:] if step]
        if len(steps) <= 1:
            return link
    return None


def _language(link: Link) -> str | None:
    """Return the language that a link offers, by its URL or its words."""
    if code := language_of(link.url):
        return code
    said = link.text.strip()
    is_name = 1 < len(said) <= _LONGEST_NAME and not _DIGIT.search(said)
    return language_code(said) if is_name else None
