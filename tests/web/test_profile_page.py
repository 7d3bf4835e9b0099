"""A profile is checked, compared and put in force in the browser."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from actions import profile_counts
from qualify.run.sampling import Sample
from tests.console.conftest import Sluice
from tests.web.conftest import LogIn

Queued = Callable[..., None]

NEXT = """icp: {name}
version: {version}
suspect:
  - country: [FR]
"""


def test_a_profile_is_compared_and_used(queued: Queued, log_in: LogIn, sluice: Sluice) -> None:
    queued("Zeta GmbH", "Alpha <i>AG</i>")
    mia = log_in("mia", "default", role="manager")
    page = mia.get("/profile")
    (campaign,) = sluice("campaign", "list", "--as", "mia", "--json").json
    before = sluice("campaign", "show", campaign["name"], "--as", "mia", "--json").json
    name, version = before["icp"]["name"], before["icp"]["version"]
    assert f"{name} version {version} is in force" in page.text

    text = NEXT.format(name=name, version=version + 1)
    checked = mia.send(page, "/profile", text=text + "  - employees: {at_least: 20}\n")
    assert "0 of 2 pass" in checked.text
    assert "2 of 2 pass" in checked.text
    assert "Counted over all 2 companies of default" in checked.text
    compared = mia.send(page, "/profile", text=text, then="compare")
    assert "2 would leave" in compared.text
    assert "suspect · country" in compared.text
    assert "<i>AG" not in compared.html
    assert "[FR]" in compared.html

    used = mia.send(page, "/profile", text=text, then="use")
    assert f"{name} version {version + 1} is in force" in used.text
    refused = mia.send(page, "/profile", text=text.replace("FR", "DE"), then="use")
    assert refused.status == 400
    assert "DE" in refused.html


def test_a_check_does_not_wait_while_another_reads(
    queued: Queued, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("Zeta GmbH")
    mia = log_in("mia", "default", role="manager")
    page = mia.get("/profile")
    text = NEXT.format(name="other", version=1)
    reads, goes_on = Event(), Event()
    read = profile_counts._read

    def slow(*about: Any) -> Sample:
        reads.set()
        assert goes_on.wait(60)
        return read(*about)

    monkeypatch.setattr(profile_counts, "_read", slow)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(mia.send, page, "/profile", text=text)
        try:
            assert reads.wait(60)
            refused = mia.send(page, "/profile", text=text)
        finally:
            goes_on.set()
        assert (refused.status, refused.headers["Retry-After"]) == (503, "1")
        assert "The companies are being read" in refused.text
        assert "[FR]" in refused.html
        assert first.result().status == 200
    assert "0 of 1 pass" in mia.send(page, "/profile", text=text).text


def test_a_wrong_profile_is_explained_and_kept(queued: Queued, log_in: LogIn) -> None:
    queued("Zeta GmbH")
    mia = log_in("mia", "default", role="manager")
    page = mia.get("/profile")
    wrong = mia.send(page, "/profile", text="icp: x\nversion: 1\nsuspekt: []\n", then="check")
    assert wrong.status == 400
    assert "profile.yaml:3" in wrong.text
    assert "/tmp" not in wrong.text
    assert "suspekt: []" in wrong.html
    assert log_in("ann", "default").get("/profile").status == 403


def test_a_first_profile_makes_the_campaign(database: str, log_in: LogIn, sluice: Sluice) -> None:
    mia = log_in("mia", "default", role="manager")
    for path in ("/queue", "/leads", "/reports/funnel", "/exports"):
        first = mia.get(path)
        assert (first.status, "Write a profile" in first.text) == (200, True), path
    page = mia.get("/profile")
    assert "No profile is in force" in page.text
    checked = mia.send(page, "/profile", text=NEXT.format(name="first", version=1))
    assert "No companies to count yet" in checked.text
    used = mia.send(checked, "/profile", text=NEXT.format(name="first", version=1), then="use")
    assert "first version 1 is in force" in used.text
    (campaign,) = sluice("campaign", "list", "--as", "mia", "--json").json
    assert campaign["name"] == "first"
    ann = log_in("ann", "default")
    assert "Nothing waits" in ann.get("/queue").text
