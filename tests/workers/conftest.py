"""What the tests of workers share."""

from collections.abc import Iterator

import pytest

from actions.session import Session
from leads.settings import load_settings
from leads.store.migrate import open_store


@pytest.fixture
def session(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session at a fresh database of each kind."""
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    settings = load_settings()
    made = Session(settings=settings, store=open_store(settings.database_url))
    yield made
    made.store.close()
