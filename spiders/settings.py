"""Scrapy settings for a crawl; everything not named here is off."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from spiders.limits import Limits

_HANDLER = "spiders.handler.GuardedHandler"


def scrapy_settings(limits: Limits, user_agent: str) -> dict[str, Any]:
    """Return the settings. Robots, redirects, delays and budgets are handled by
    `spiders/fetch.py`.
    """
    return {
        "TWISTED_REACTOR_ENABLED": False,
        # One task per response instead of a hundred: half the CPU time per page.
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS": 2 * limits.sites_at_once * limits.requests_per_site,
        "CONCURRENT_REQUESTS_PER_DOMAIN": limits.requests_per_site,
        # Read by the handler.
        "CONCURRENT_REQUESTS_PER_ADDRESS": limits.requests_per_address,
        "USER_AGENT": user_agent,
        "DOWNLOAD_TIMEOUT": limits.download_timeout,
        "DOWNLOAD_MAXSIZE": limits.bytes_per_page,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        # Certificates are not verified: no secrets are sent, and many small companies' certificates
        # have expired.
        "DOWNLOAD_VERIFY_CERTIFICATES": False,
        "DOWNLOAD_HANDLERS_BASE": {},
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        },
        # Disabled twice: the extensions behind these execute any code they receive.
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }


@contextmanager
def quiet() -> Iterator[None]:
    """Silence Scrapy's log: it repeats what outcomes and errors say."""
    log = logging.getLogger("scrapy")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
