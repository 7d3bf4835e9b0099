"""What the tests of workers share."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.session import Session
from leads.settings import load_settings
from leads.store.migrate import open_store
from tests.spiders.conftest import Hostile, answer
from tests.workers.agency import HOME, IMPRINT, SITE, Agency


@pytest.fixture
def session(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session at a fresh database of each kind."""
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    settings = load_settings()
    made = Session(settings=settings, store=open_store(settings.database_url))
    yield made
    made.store.close()


@pytest.fixture
def web() -> Iterator[Hostile]:
    server = Hostile()
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def agency(session: Session, web: Hostile, tmp_path: Path) -> Agency:
    web.site(SITE, home=answer(HOME), impressum=answer(IMPRINT))
    return Agency(session, web, tmp_path)
