"""What a user of one client is told never holds another client's names, words or counts."""

import re
from collections.abc import Callable

import pytest

from tests.console.conftest import Ran, Sluice

Queued = Callable[..., None]
SECRET = re.compile(r"Birch|ships with|\bann\b|nordwind")


@pytest.fixture
def agency(sluice: Sluice, queued: Queued, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two clients with one company in common, and a user of one of them only."""
    queued("Zeta GmbH", "Birch GmbH", client="nordwind")
    queued("Zeta GmbH", "Cedar GmbH", client="suedwind")
    sluice("user", "add", "boss", "--role", "admin")
    monkeypatch.setenv("SLUICE_USER", "boss")
    sluice("user", "add", "ann", "--role", "sdr", "--client", "nordwind")
    sluice("user", "add", "bob", "--role", "manager", "--client", "suedwind")


def stop(sluice: Sluice, company: str) -> Ran:
    """Let ann report that a company must not be contacted, with a note about her client."""
    while company not in sluice("queue", "next", "--as", "ann", "--client", "nordwind").out:
        sluice("queue", "skip", "later", "--as", "ann", "--client", "nordwind")
    note = ("--note", "ships with nordwind", "--as", "ann", "--client", "nordwind")
    return sluice("queue", "done", "do_not_contact", *note)


@pytest.mark.usefixtures("agency")
def test_do_not_contact_counts_the_own_client_only(sluice: Sluice) -> None:
    said = stop(sluice, "Zeta GmbH").err
    assert "matches 1 company, no open card in the queue" in said


@pytest.mark.usefixtures("agency")
def test_others_heed_it_and_are_not_told_whose_it_is(sluice: Sluice) -> None:
    stop(sluice, "Zeta GmbH")
    stop(sluice, "Birch GmbH")
    bob = ("--as", "bob", "--client", "suedwind")

    card = sluice("queue", "show", "Zeta GmbH", *bob).out
    assert "suppressed: a company, by the agency on" in card
    explained = sluice("icp", "explain", "Zeta GmbH", *bob, "--json").out
    listed = sluice("suppress", "list", *bob, "--json").out
    checked = sluice("suppress", "check", "Zeta GmbH", *bob).out
    assert "suppressed: Zeta GmbH, by the agency" in checked
    exported = sluice("suppress", "export", "-o", "-", *bob).out
    removed = sluice("queue", "stats", *bob, "--json").out
    for text in (card, explained, listed, checked, exported, removed):
        assert not SECRET.search(text)

    mine = sluice("suppress", "list", "--as", "ann", "--client", "nordwind", "--json").out
    everything = sluice("suppress", "list", "--as", "boss", "--client", "suedwind", "--json").out
    assert "ships with nordwind" in mine
    assert "ships with nordwind" in everything


@pytest.mark.usefixtures("agency")
def test_another_spelling_is_not_told_either(sluice: Sluice, queued: Queued) -> None:
    queued("Drosselmeyer Werke GmbH", client="nordwind")
    queued("Drosselmeier Werke GmbH", client="suedwind")
    stop(sluice, "Drosselmeyer Werke")
    shown = sluice("queue", "show", "Drosselmeier", "--as", "bob", "--client", "suedwind").out
    assert "its name is a spelling of one that is suppressed" in shown
    assert "drosselmeyer" not in shown
