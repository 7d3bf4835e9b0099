"""Limits of a crawl."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from leads.errors import UsageError

_NAMES_A_PAGE = re.compile(r"^[\w.-]+/[\w.-]+ \(\+https?://[^\s()]+\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one crawl; sizes in bytes after decompression, times in seconds."""

    pages_per_site: int = 8
    #: Enough pages to know a site: beyond this, only pages of wanted kinds are fetched.
    pages_enough: int = 5
    bytes_per_page: int = 3 * 1024 * 1024
    bytes_per_site: int = 5_000_000
    robots_bytes: int = 512 * 1024
    seconds_per_site: float = 60
    #: Links from the home page have depth 1.
    depth: int = 2
    redirects: int = 5
    download_timeout: float = 12
    sites_at_once: int = 50
    requests_per_site: int = 2
    #: Delay between two pages of one site; a longer Crawl-delay of the site takes precedence.
    delay: float = 0.25
    #: The whole crawl; unfinished sites are left for the next one.
    seconds_in_all: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and (
                value < 0 or (value == 0 and field.name not in {"depth", "redirects", "delay"})
            ):
                raise UsageError(
                    f"the crawl limit {field.name} is {value}", hint="give a number above zero"
                )


def check_user_agent(user_agent: str) -> str:
    """Return `user_agent`; UsageError unless it identifies the crawler, as `Name/1.0
    (+https://…)`.
    """
    if not _NAMES_A_PAGE.match(user_agent):
        raise UsageError(
            f"the user agent {user_agent!r} does not say who crawls",
            hint="write it as Name/1.0 (+https://a-page-about-the-crawler)",
        )
    return user_agent
