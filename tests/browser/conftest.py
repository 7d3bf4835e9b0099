"""The demo town behind a server of this process, and Chromium in front of it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from actions.session import open_installation
from console.web import live_hub
from leads.settings import load_settings
from tests.browser import chromium as browsers
from tests.browser.made_town import make_town
from tests.browser.people import PATIENCE, People, Site
from tests.web.conftest import serving


@pytest.fixture(scope="session")
def town(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo with leads, call-backs and failures, to be copied."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # One of them makes the town for all.
        folder = folder.parent
    with (folder / "town.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "town" / "password").exists():
            make_town(folder / "town")
    return folder / "town"


@pytest.fixture(scope="module")
def site(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of a copy of the town."""
    home = tmp_path_factory.mktemp("site") / "town"
    shutil.copytree(town, home)
    settings = load_settings({"SLUICE_HOME": str(home), "SLUICE_CALL_HOURS": "any time"})
    with pytest.MonkeyPatch.context() as patch:
        # A test waits for what comes, and not for the clock.
        for name in ("LOOK_EVERY", "CHECK_EVERY", "WORK_EVERY"):
            patch.setattr(live_hub, name, 0.1)
        with (
            open_installation(settings, for_many=True) as installation,
            serving(installation) as at,
        ):
            yield Site(at, home, (home / "password").read_text("utf-8"))


@pytest.fixture(scope="module")
def chromium(chromium_path: str, site: Site) -> Iterator[Browser]:
    """Chromium, which ends before its server does."""
    expect.set_options(timeout=PATIENCE)
    with browsers.running(chromium_path) as browser:
        yield browser


@pytest.fixture
def people(site: Site, chromium: Browser) -> Iterator[People]:
    """Who opens pages in this test; a fault on any of their pages fails it."""
    made = People(site, chromium)
    try:
        yield made
        made.settle()
    finally:
        made.leave()
    made.watch.check()
