"""What must never happen on a page, whatever a test does there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, Response, WebError

#: A page that is left gives up what it still reads, and a download is no page.
_LEFT = "net::ERR_ABORTED"


@dataclass
class Watch:
    """Collects the faults of the pages of one server."""

    at: str
    faults: list[str] = field(default_factory=list)
    #: Statuses of errors that the test asks for.
    expected: set[int] = field(default_factory=set)
    _offline: bool = False

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        context.on("dialog", self._dialog)

    @contextmanager
    def offline(self, context: BrowserContext) -> Iterator[None]:
        """Take the network away from a context; requests that fail are no faults then."""
        self._offline = True
        context.set_offline(True)
        try:
            yield
        finally:
            context.set_offline(False)

    def lost(self) -> None:
        """Allow requests that fail from now on."""
        self._offline = True

    def check(self) -> None:
        """Fail when anything happened that must not."""
        assert not self.faults, "\n".join(self.faults)

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type not in ("error", "warning") or (self._offline and "net::ERR_" in text):
            return
        if any(f"status of {status} " in text for status in self.expected):
            return
        # Chromium says so of an address that no program of this machine opens.
        if "scheme does not have a registered handler" in text:
            return
        self.faults.append(f"console, {message.page.url if message.page else ''}: {text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script, {error.page.url if error.page else ''}: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.at}/", "tel:", "mailto:")):
            self.faults.append(f"request off the machine: {request.url}")

    def _failed(self, request: Request) -> None:
        if self._offline or request.failure == _LEFT or not request.url.startswith(self.at):
            return
        self.faults.append(f"request failed: {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"status {response.status}: {response.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()
