"""Detect pages without content about a company: parked domains, placeholders, errors, walls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from enrich.document import Document, read
from enrich.page import Page
from enrich.tables import either, words
from leads.lexicon.domains import company_domain

#: Longer pages have content, whatever words they use.
_SHORT = 1_500
#: A page with fewer letters is empty: a browser might fill it, a parser cannot.
_EMPTY = 25
#: A page with fewer letters that has an app root or mentions JavaScript needs a browser.
_SHELL, _LONGEST_SHELL = 200, 200_000
_SHELL_SIGNS = re.compile(
    r"<div"
    r" id=[\"']?(?:root|app|__next|__nuxt|___gatsby|q-app|svelte)[\"']?[^>]{0,200}>\s{0,50}</div>"
    r"|<app-root[^>]{0,200}>|javascript[^<]{0,60}<",
    re.IGNORECASE,
)
#: Reasons for which a page is read all the same: what little it says is the company's.
READ_ANYWAY = frozenset({"empty", "needs_browser", "under_construction"})
#: Reasons for which the domain is a seller's, with its records.
NOT_IN_USE = frozenset({"for_sale", "parked"})
_LONGEST_WORDS = 80
#: Of each so many characters of a line, one word must be a wall's.
_PER_WORD = 120


@dataclass(frozen=True, slots=True)
class State:
    """Why a page has no content about the company, and the words that say so."""

    reason: str
    words: str = ""


def parked(page: Page | Document) -> tuple[str, ...]:
    """Return why the page has no company content; empty for a normal page.

    Reasons: error, empty, needs_browser, for_sale, parked, placeholder, under_construction,
    suspended, not_found, challenge, moved, cookie_wall, login_wall, language_gate.
    """
    return tuple(state.reason for state in states(page))


def states(page: Page | Document) -> tuple[State, ...]:
    """Return the same with the words that say so."""
    document = page if isinstance(page, Document) else read(page)
    status = document.page.status
    found = [State("error", f"status {status}")] if status >= 400 else []
    found += [State(reason) for reason in _without_text(document)]
    for reason, row in words("parked").items():
        said = _wall(document, reason, row) if "core" in row else _said(document, reason, row)
        if said is not None:
            found.append(State(reason, " ".join(said.split())[:_LONGEST_WORDS]))
    return tuple(found)


def _said(document: Document, reason: str, row: Mapping[str, Any]) -> str | None:
    """Return the words of a page that give a reason, or the source it loads."""
    is_short = len(document.text) <= int(row.get("longest", _SHORT))
    sources = [*row.get("sources", ()), *(row.get("short_sources", ()) if is_short else ())]
    if sources:
        addresses = _addresses(document)
        for source in sources:
            if source in addresses:
                return str(source)
    if not is_short or ("elsewhere" in row and not any(_led_to(document))):
        return None
    heard = _pattern(reason, "text").search(
        f"{document.markup.title.lower()}\n{document.folded[:_SHORT]}"
    )
    return heard[0] if heard else None


def _wall(document: Document, reason: str, row: Mapping[str, Any]) -> str | None:
    """Return the line by which a page is only a wall; None if it says more than that.

    A page about the subject, or with a banner or a form of it, has other lines too.
    """
    if len(document.text) > int(row["longest"]) or document.page.kind == "portal":
        return None
    core = _pattern(reason, "core")
    if core.search(document.folded) is None:
        return None
    if "needs" in row and not re.search(row["needs"], document.page.html[:_LONGEST_SHELL], re.I):
        return None
    first, matched, beside = _matched(document, core, _pattern(reason, "lines"))
    is_all = beside <= int(row["beside"]) and matched >= int(row.get("fewest", 1))
    return first if is_all and first else None


def _matched(
    document: Document, core: re.Pattern[str], lines: re.Pattern[str]
) -> tuple[str, int, int]:
    """Return the first line of a wall, how many lines are a wall's, and the letters of the others."""
    first, matched, beside = "", 0, 0
    for line in document.folded.splitlines():
        if core.search(line):
            first = first or line
            matched += 1
        elif len(set(lines.findall(line))) > len(line) // _PER_WORD:
            matched += 1
        else:
            beside += sum(map(str.isalpha, line))
    return first, matched, beside


def _led_to(document: Document) -> Iterator[str]:
    """Yield the domains of other companies that the page links to."""
    for link in document.markup.links[:50]:
        if link.href.startswith(("http://", "https://", "//")):
            domain = company_domain(link.href.removeprefix("//"))
            if domain is not None and domain != document.domain:
                yield domain


def _addresses(document: Document) -> str:
    markup = document.markup
    return "\n".join([*markup.scripts, *markup.sources, _refresh(document)]).lower()


def _without_text(document: Document) -> list[str]:
    letters = sum(map(str.isalpha, document.text[: min(document.visible, 2_000)]))
    if (
        letters < _SHELL
        and document.markup.scripts
        and _SHELL_SIGNS.search(document.page.html, 0, _LONGEST_SHELL)
    ):
        return ["needs_browser"]
    if letters + len(document.markup.title) < _EMPTY:
        return ["needs_browser" if document.markup.scripts else "empty"]
    return []


def _refresh(document: Document) -> str:
    return next((content for name, content in document.markup.metas if name == "refresh"), "")


@cache
def _pattern(reason: str, key: str) -> re.Pattern[str]:
    return re.compile(either(words("parked")[reason][key]), re.MULTILINE)
