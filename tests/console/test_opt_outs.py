"""The opt-out list: commands, and what a visit makes of it."""

import pytest

from tests.console.conftest import Sluice


def test_a_host_is_put_on_the_list_and_taken_off(sluice: Sluice) -> None:
    added = sluice("crawl", "opt-out", "https://www.Acme.example/x", "--reason", "a letter")
    assert added.out == "acme.example is left alone\n"
    assert sluice("crawl", "opt-out", "acme.example").out == "acme.example is already left alone\n"
    (row,) = sluice("crawl", "opt-outs", "--json").json
    assert (row["host"], row["reason"]) == ("acme.example", "a letter")

    visit = sluice("crawl", "site", "acme.example", "--json").json
    assert (visit["outcome"], visit["reason"], visit["pages"]) == (
        "opted_out",
        "acme.example is on the opt-out list: a letter",
        0,
    )

    assert sluice("crawl", "opt-in", "acme.example").out == "acme.example may be visited again\n"
    assert sluice("crawl", "opt-outs", "--json").json == []


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["opt-in", "acme.example"], "is not on the opt-out list"),
        (["opt-out", "no host"], "is not a host"),
        (["opt-out", "127.0.0.1"], "is not a host"),
        (["opt-out", "co.uk"], "'co.uk' is not a host of one owner"),
        (["opt-out", "https://www.com.br/"], "'com.br' is not a host of one owner"),
        (["opt-out", "github.io"], "'github.io' is not a host of one owner"),
        (["opt-out", "myshopify.com"], "'myshopify.com' is not a host of one owner"),
        (["opt-out", "kawasaki.jp"], "'kawasaki.jp' is not a host of one owner"),
        (["opt-out", "info@acme.example"], "'info@acme.example' is an e-mail address"),
        (["opt-out", "mailto:info@acme.example"], "is an e-mail address"),
        (["opt-in", "info@acme.example"], "is an e-mail address"),
    ],
)
def test_what_cannot_be_listed_is_refused(sluice: Sluice, command: list[str], says: str) -> None:
    code = 3 if command == ["opt-in", "acme.example"] else 2
    assert says in sluice("crawl", *command, "--json", code=code).error["message"]
    assert sluice("crawl", "opt-outs", "--json").json == []


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ("acme.co.uk", "acme.co.uk"),
        ("acme.github.io", "acme.github.io"),
        ("city.kawasaki.jp", "city.kawasaki.jp"),
        ("https://who@shop.acme.example/@x", "shop.acme.example"),
        ("acme.example/@who", "acme.example"),
    ],
)
def test_a_host_of_one_owner_is_listed(sluice: Sluice, given: str, listed: str) -> None:
    assert sluice("crawl", "opt-out", given).out == f"{listed} is left alone\n"


def test_without_a_name_no_site_is_visited(sluice: Sluice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUICE_USER_AGENT", "")
    error = sluice("crawl", "site", "acme.example", "--json", code=2).error
    assert error["message"] == "no site is visited before you say who crawls"
    assert "SLUICE_USER_AGENT" in error["hint"]
