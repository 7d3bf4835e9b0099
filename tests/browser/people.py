"""Users of the demo town, each with a browser window of its own."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from console.cli.main import run_command
from tests.browser.watching import Watch
from tests.web.browser import Browser as Plain

#: Milliseconds that a page on a busy machine gets.
PATIENCE = 60_000
WIDE, NARROW = 1360, 390


@dataclass(frozen=True)
class Site:
    """A served copy of the town."""

    at: str
    home: Path
    password: str
    #: The session's cookie of who logged in, by user.
    cookies: dict[str, str] = field(default_factory=dict)

    def cookie(self, user: str) -> str:
        """The session of a user, who logs in once: a password costs a third of a second."""
        if user not in self.cookies:
            plain = Plain(self.at)
            page = plain.post("/login", {"name": user, "password": self.password})
            assert "Log out" in page.text, page.text
            self.cookies[user] = next(
                one.value or "" for one in plain.cookies if one.name == "sluice"
            )
        return self.cookies[user]

    def run(self, *arguments: object) -> Any:
        """Run a command on this copy; what it prints as JSON, else None."""
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as out:
            patch.setenv("SLUICE_HOME", str(self.home))
            patch.setenv("SLUICE_CALL_HOURS", "any time")
            assert run_command([str(one) for one in arguments]) == 0, arguments
        return json.loads(out.getvalue()) if "--json" in arguments else None


class People:
    """Opens pages as users, and watches them."""

    def __init__(self, site: Site, chromium: Browser) -> None:
        self.site = site
        self.watch = Watch(site.at)
        self._chromium = chromium
        self._open: list[BrowserContext] = []

    def stranger(
        self, *, width: int = WIDE, colours: Literal["light", "dark"] = "light", height: int = 820
    ) -> Page:
        """A page of somebody who is not logged in."""
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,
            base_url=self.site.at,
            timezone_id="Europe/Berlin",
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        # What leaves the machine is a fault, and does not leave it.
        context.route(lambda url: not url.startswith(f"{self.site.at}/"), _stop)
        self.watch.follow(context)
        self._open.append(context)
        return context.new_page()

    def user(self, name: str, path: str = "/", **options: Any) -> Page:
        """A page of a user who is logged in."""
        page = self.stranger(**options)
        page.context.add_cookies(
            [
                {
                    "name": "sluice",
                    "value": self.site.cookie(name),
                    "url": self.site.at,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )
        page.goto(path)
        return page

    def settle(self) -> None:
        """Let the open pages say what they still have to say."""
        for context in self._open:
            for page in context.pages:
                page.evaluate("() => new Promise((done) => setTimeout(done, 0))")

    def leave(self) -> None:
        """Close every window."""
        for context in self._open:
            context.close()


def _stop(route: Route) -> None:
    route.abort()
