"""Registers on this machine that can be listed, in one installation for all tests of a file."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.session import Session
from spiders.registers import patience
from tests.console.conftest import Sluice
from tests.sources.fake_sources import FakeSources, Sent, unit
from workers.context import Context

BRREG, GOUV, GLEIF = "data.brreg.no", "recherche-entreprises.api.gouv.fr", "goldencopy.gleif.org"
HOUSE = "download.companieshouse.gov.uk"
_CONTEXT = Session.context


@pytest.fixture(scope="module")
def server() -> Iterator[FakeSources]:
    fake = FakeSources()
    fake.hosts = {
        host: lambda _: Sent({}, 404)
        for host in (BRREG, GOUV, HOUSE, GLEIF, "elsewhere.example", "avoindata.prh.fi")
    }
    with fake.serving():
        yield fake


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One installation for all tests: a database takes half a second to make."""
    return tmp_path_factory.mktemp("registers") / "home"


@pytest.fixture
def fake(
    server: FakeSources, shared: Path, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeSources]:
    """Registers on this machine, and no pauses between tries."""

    def context(self: Session) -> Context:
        return replace(_CONTEXT(self), allowed=server.allowed())

    server.asked.clear()
    monkeypatch.setenv("SLUICE_HOME", str(shared))
    monkeypatch.setattr(Session, "context", context)
    monkeypatch.setattr(patience, "FIRST", 0.0)
    monkeypatch.setattr(patience, "UNSAID", 0.0)
    yield server
    shutil.rmtree(shared / "cache", ignore_errors=True)
    for one in sluice("enrich", "limits", "--json").json["resting"]:
        sluice("enrich", "wake", one["source"])


def units(count: int) -> list[dict[str, Any]]:
    """Companies that are made up, each with 5 employees and more."""
    return [
        unit(str(900_000_000 + place), f"FJORDVIK {place} AS", "Oslo", "0150", antallAnsatte=5)
        for place in range(count)
    ]
