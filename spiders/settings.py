"""Scrapy's settings for a crawl: what is not named here is off."""

from __future__ import annotations

from typing import Any

from spiders.limits import Limits

_MIDDLEWARE = "scrapy.downloadermiddlewares"
_HANDLER = "spiders.handler.GuardedHandler"


def scrapy_settings(limits: Limits, user_agent: str) -> dict[str, Any]:
    """The settings as a mapping. Robots, redirects, delays and budgets are the visit's own work
    (`spiders/fetch.py`).
    """
    return {
        "TWISTED_REACTOR_ENABLED": False,
        # One task a response instead of a hundred: half the CPU time a page.
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS": 2 * limits.sites_at_once * limits.requests_per_site,
        "CONCURRENT_REQUESTS_PER_DOMAIN": limits.requests_per_site,
        "USER_AGENT": user_agent,
        "DOWNLOAD_TIMEOUT": limits.download_timeout,
        "DOWNLOAD_MAXSIZE": limits.bytes_per_page,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        # Certificates are not verified: nothing secret is sent, and many a small company's has run
        # out.
        "DOWNLOAD_VERIFY_CERTIFICATES": False,
        "DOWNLOAD_HANDLERS_BASE": {},
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": {
            f"{_MIDDLEWARE}.defaultheaders.DefaultHeadersMiddleware": 400,
            f"{_MIDDLEWARE}.useragent.UserAgentMiddleware": 500,
            f"{_MIDDLEWARE}.httpcompression.HttpCompressionMiddleware": 590,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            "Accept-Language": "en,*;q=0.5",
        },
        # Doubly off: the extensions behind these run whatever code they are sent.
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }
