"""What is asked of every page, and where it leads to."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

_IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)[0-9a-f]{8}(?=/|$)")
#: Files to save, which are no pages.
_FILES = re.compile(r"/reports/file|/rejects$")


def kind_of(path: str) -> str:
    """An address without ids and values: pages of one kind look alike."""
    parts = urlsplit(path)
    names = sorted({one.partition("=")[0] for one in parts.query.split("&")} - {""})
    return _IDS.sub("ID", parts.path) + ("?" + "&".join(names) if names else "")


def links(page: Page) -> list[str]:
    """Where the page leads to on this server, files left out."""
    found: list[str] = page.eval_on_selector_all(
        "main a[href]", "(all) => all.map((one) => one.getAttribute('href'))"
    )
    paths = []
    for href in found:
        parts = urlsplit(urljoin(page.url, href))
        if parts.scheme == "http" and parts.netloc == urlsplit(page.url).netloc:
            paths.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return [one for one in paths if not _FILES.search(urlsplit(one).path)]


def shape(page: Page) -> list[str]:
    """What every page has: a title, a language, one heading, landmarks, a way past the menu."""
    wanted = {
        "html[lang]": 1,
        "h1": 1,
        "main#main": 1,
        "header.bar": 1,
        "a.skip[href='#main']": 1,
    }
    faults = [
        f"{page.locator(what).count()} of {what}"
        for what, count in wanted.items()
        if page.locator(what).count() != count
    ]
    return faults if page.title().endswith("Sluice") else [*faults, f"title {page.title()!r}"]


def too_wide(page: Page) -> list[str]:
    """Whether a page scrolls sideways; what is wider than the window then."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(0, 3)
            .map((one) => `too wide at ${width}: ${one.outerHTML.slice(0, 160)}`);
        }"""
    )
    return found
