"""The usual client, campaign and time zone of each user."""

from collections.abc import Callable

import pytest

from tests.console.conftest import Sluice

Queued = Callable[..., None]


def test_each_user_has_a_usual_queue(
    sluice: Sluice, queued: Queued, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("Alder GmbH", client="north")
    queued("Birch GmbH", client="south")
    sluice("user", "defaults", "--client", "north", "--as", "ann")
    sluice("user", "defaults", "--client", "south", "--campaign", "all", "--as", "ben")
    for user, company in (("ann", "Alder GmbH"), ("ben", "Birch GmbH")):
        card = sluice("queue", "next", "--as", user, "--json").json
        assert card["company"]["name"] == company
    assert "Birch" in sluice("queue", "show", "--client", "south", "--as", "ann").out
    monkeypatch.setenv("SLUICE_CLIENT", "south")
    assert "Birch" in sluice("queue", "show", "--as", "ann").out


def test_the_usual_zone_is_that_of_times_and_answers(
    sluice: Sluice, queued: Queued, home: object
) -> None:
    queued("Alder GmbH")
    said = sluice("user", "defaults", "--tz", "America/New_York", "--as", "ann", "--json").json
    assert said == {"client": None, "campaign": None, "time_zone": "America/New_York"}
    sluice("queue", "next", "--as", "ann")
    done = ("queue", "done", "call_back", "--as", "ann", "--at", "2028-03-01T09:00", "--json")
    told = sluice(*done).json
    assert told["again_at"] == "2028-03-01T14:00:00+00:00"
    assert told["there"]["local"] == "2028-03-01T15:00:00+01:00"
    assert "2028-03-01 09:00 America/New_York" in sluice("queue", "mine", "--as", "ann").out


def test_defaults_are_changed_shown_and_cleared(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    queued("Birch GmbH", client="south")
    mine = ("user", "defaults", "--as", "ann")
    sluice(*mine, "--client", "north", "--campaign", "all", "--tz", "Europe/Rome")
    assert sluice(*mine).out == "client: north\ncampaign: all\ntime zone: Europe/Rome\n"
    # The campaign was that of the other client.
    assert sluice(*mine, "--client", "south", "--json").json["campaign"] is None
    sluice(*mine, "--clear")
    assert sluice(*mine).out.count("as the settings say") == 3
    assert "no client" in sluice(*mine, "--client", "nobody", code=3).err
    assert "no campaign" in sluice(*mine, "--client", "north", "--campaign", "x", code=3).err
    assert "Europe/Rome" in sluice(*mine, "--tz", "Rome", code=2).err
    assert "--clear cannot" in sluice(*mine, "--clear", "--tz", "Europe/Rome", code=2).err


def test_what_is_out_of_scope_cannot_become_usual(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    queued("Birch GmbH", client="south")
    sluice("user", "add", "root", "--role", "admin")
    sluice("user", "add", "ann", "--client", "north", "--as", "root")
    assert "south" in sluice("user", "defaults", "--client", "south", "--as", "ann", code=4).err
    sluice("user", "defaults", "--client", "north", "--as", "ann")
    sluice("user", "remove", "ann", "--as", "root")
    sluice("user", "add", "ann", "--client", "south", "--as", "root")
    assert "client: as the settings say" in sluice("user", "defaults", "--as", "ann").out


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", ["ann", "Ann", " ANN ", "ａｎｎ"])
def test_two_people_cannot_have_one_name(sluice: Sluice, name: str) -> None:
    sluice("user", "add", "ann")
    refused = sluice("user", "add", name, code=4).err
    assert "there is a user 'ann' already" in refused
    assert "a name of their own" in refused
