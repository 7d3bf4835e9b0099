"""A server of pages on a loopback port, and browsers at it."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Thread
from time import sleep

import pytest
import uvicorn

from actions.session import Installation, open_installation
from console.web.app import make_app
from console.web.throttle import Throttle
from tests.console.conftest import Sluice, database, queued, sluice
from tests.web.browser import Browser

__all__ = ["database", "queued", "sluice"]

PASSWORD = "harbour lantern copper meadow"

LogIn = Callable[..., Browser]


@contextmanager
def serving(installation: Installation, *, is_https: bool = False) -> Iterator[str]:
    """Serve an installation while the block runs; the address."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        app = make_app(installation, [host], is_https=is_https)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            sleep(0.01)
        try:
            yield f"http://{host}"
        finally:
            server.should_exit = True
            thread.join(60)


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let who guesses wait for good: on a slow machine a second passes between two tries."""
    monkeypatch.setattr("console.web.app.Throttle", lambda: Throttle(lambda: 0.0))


@pytest.fixture
def address(database: str) -> Iterator[str]:
    """Where the pages of this test's database are served."""
    with open_installation() as installation, serving(installation) as at:
        yield at


@pytest.fixture
def log_in(address: str, sluice: Sluice) -> LogIn:
    """Add a user who works for clients, and log in; the browser."""

    added: list[str] = []

    def run(name: str, *clients: str, role: str = "sdr") -> Browser:
        if not added:
            # Whoever is nobody may add the first admin, and nothing from then on.
            added.append(sluice("user", "add", "boss", "--role", "admin").out)
        named = [part for one in clients for part in ("--client", one)]
        sluice("user", "add", name, "--role", role, *named, "--as", "boss")
        if clients:
            sluice("user", "defaults", "--client", clients[0], "--tz", "UTC", "--as", name)
        made = sluice("user", "link", name, "--at", address, "--as", "boss").out.strip()
        browser = Browser(address)
        page = browser.get(made.removeprefix(address))
        action = made.removeprefix(address)
        at = browser.send(page, action, password=PASSWORD, again=PASSWORD)
        assert "Log out" in at.text, at.text
        return browser

    return run
