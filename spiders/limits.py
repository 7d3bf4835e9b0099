"""Limits of a crawl."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from leads.errors import UsageError
from leads.settings import Settings

#: Limits that may be zero.
_MAY_BE_ZERO = frozenset(
    {"depth", "redirects", "delay", "jitter", "retry_pause", "waits_per_site", "look_further"}
)
#: Who asks in the demo, which visits sites of this machine only.
OWN_MACHINE = "Sluice/0.1 (+https://sluice.example/crawler)"
_NAMES_A_PAGE = re.compile(r"^[\w.-]+/[\w.-]+ \(\+https?://[^\s()]+\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one crawl; sizes in bytes after decompression, times in seconds."""

    pages_per_site: int = 8
    #: Whether pages that the home page does not link to are looked for.
    look_further: bool = True
    #: Enough pages to know a site: beyond this, only pages of wanted kinds are fetched.
    pages_enough: int = 5
    bytes_per_page: int = 3 * 1024 * 1024
    bytes_per_site: int = 5_000_000
    robots_bytes: int = 512 * 1024
    #: Hosts whose robots.txt one visit asks for; with http and https, and `www.`, one is four.
    origins_per_site: int = 8
    seconds_per_site: float = 60
    #: Links from the home page have depth 1.
    depth: int = 2
    redirects: int = 5
    download_timeout: float = 12
    sites_at_once: int = 75
    requests_per_site: int = 2
    #: Requests under way at one address at a time, over all sites: providers serve many sites at
    #: one.
    requests_per_address: int = 8
    #: Delay between two pages of one site; a longer Crawl-delay of the site takes precedence.
    delay: float = 0.25
    #: How much of the delay is left to chance, in each direction.
    jitter: float = 0.5
    #: Before a request that failed in passing is tried again, once.
    retry_pause: float = 1.0
    #: How often one visit waits because the site asks it to.
    waits_per_site: int = 2
    #: What 429 without Retry-After means, in the visit and until the next visit.
    wait_unsaid: float = 5.0
    rest_unsaid: float = 3_600.0
    #: New sites are taken up for so long; those under way are then visited to the end.
    seconds_of_supply: float = 600
    #: The whole crawl; unfinished sites are left for the next one.
    seconds_in_all: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and (value < 0 or (value == 0 and field.name not in _MAY_BE_ZERO)):
                raise UsageError(
                    f"the crawl limit {field.name} is {value}", hint="give a number above zero"
                )


def limits_of(settings: Settings) -> Limits:
    """Return the limits of the settings `crawl_…`; UsageError for one that is no number above
    zero.
    """
    given: dict[str, Any] = {}
    usual = Limits()
    for field in fields(usual):
        name = f"crawl_{field.name}"
        if name not in settings.given:
            continue
        before = getattr(usual, field.name)
        try:
            given[field.name] = type(before)(settings[name])
        except ValueError:
            raise UsageError(
                f"{name} is {settings[name]!r}, not a number", f"set it to {before}, for example"
            ) from None
    return Limits(**given)


def check_user_agent(
    user_agent: str, unsaid: str = "no site is visited before you say who crawls"
) -> str:
    """Return `user_agent`; UsageError unless it identifies the crawler, as `Name/1.0
    (+https://…)`. The error for an empty one says `unsaid`.
    """
    if not user_agent:
        raise UsageError(
            unsaid,
            hint="set user_agent in config.toml, or SLUICE_USER_AGENT, to Name/1.0"
            " (+https://a-page-about-the-crawler)",
        )
    if not _NAMES_A_PAGE.match(user_agent):
        raise UsageError(
            f"the user agent {user_agent!r} does not say who crawls",
            hint="write it as Name/1.0 (+https://a-page-about-the-crawler)",
        )
    return user_agent
