"""Check the settings of a crawl before it is asked for."""

from __future__ import annotations

from leads.settings import Settings
from spiders.limits import check_user_agent
from workers.dns_asker import name_server
from workers.rendering import render_options


def check_crawl_settings(settings: Settings) -> None:
    """Check who crawls, in which browser, and who is asked for DNS records.

    UsageError for a value that is not right, BrowserError without a browser that is wanted.
    """
    check_user_agent(settings["user_agent"])
    render_options(settings)
    name_server(settings)
