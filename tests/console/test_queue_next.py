"""`sluice queue next` and `sluice campaign set`, as an SDR sees them."""

from collections.abc import Callable

from tests.console.conftest import Sluice

Queued = Callable[..., None]


def held(sluice: Sluice, *options: str) -> list[str]:
    return [card["company"]["name"] for card in sluice("queue", "next", *options, "--json").json]


def test_a_batch_is_filled_up_to_its_size(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH")
    first = held(sluice, "--as", "ann", "--n", "2")
    assert len(first) == 2
    assert held(sluice, "--as", "ann", "--n", "2") == first
    assert len(held(sluice, "--as", "ann", "--n", "20")) == 3
    assert "no prospect is free" in sluice("queue", "next", "--as", "ben", code=3).err
    text = sluice("queue", "next", "--as", "ann", "--n", "3").out
    assert text.count("Yours until") == 3


def test_one_card_is_no_list(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    card = sluice("queue", "next", "--as", "ann", "--json").json
    assert card["company"]["name"] == "Alder GmbH"
    assert card["lease"]["token"] == 1
    assert card["promise"] is None


def test_a_late_report_names_an_old_token(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "release", "--as", "ann")
    sluice("queue", "next", "--as", "ann")
    refused = sluice("queue", "done", "interested", "--as", "ann", "--token", "1", code=4)
    assert "--token 1 is of an earlier lease" in refused.err
    sluice("queue", "done", "interested", "--as", "ann", "--token", "2")


def test_a_promised_call_back_is_said_on_the_card(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    sluice("queue", "next", "--as", "ann")
    when = ("--at", "2028-03-01T09:00", "--tz", "Europe/Berlin")
    sluice("queue", "done", "call_back", "--as", "ann", *when, "--note", "after the fair")
    card = sluice("queue", "show", "Alder GmbH").out
    promised = "Promised: ann calls at 2028-03-01 08:00 UTC, Wed 9:00 there"
    assert f"{promised} (call back: after the fair" in card
    promise = sluice("queue", "show", "Alder GmbH", "--json").json["promise"]
    assert promise["shared_at"] == "2028-03-02T08:00:00+00:00"


def test_the_cap_of_a_campaign_is_set_and_kept(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH")
    set_caps = ("campaign", "set", "all", "--json")
    unset = {"everybody": None, "call_hours": None}
    assert sluice(*set_caps, "--user-daily-cap", "1").json == unset | {"each": 1}
    assert sluice(*set_caps, "--daily-cap", "2").json == unset | {"everybody": 2, "each": 1}
    assert len(held(sluice, "--as", "ann", "--n", "3")) == 1
    sluice("queue", "done", "no_answer", "--as", "ann")
    refused = sluice("queue", "next", "--as", "ann", code=4).err
    assert "2 for everybody together, 1 for each user" in refused
    assert len(held(sluice, "--as", "ben", "--n", "3")) == 1
    sluice(*set_caps, "--user-daily-cap", "0", "--daily-cap", "0")
    assert len(held(sluice, "--as", "ann", "--n", "3")) == 1
    assert "daily caps: none" in sluice("campaign", "show", "all").out
