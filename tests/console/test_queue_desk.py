"""`sluice queue` mine, skip, postpone, note and undo, as an SDR sees them."""

from collections.abc import Callable

from tests.console.conftest import Sluice

Queued = Callable[..., None]
ANN = ("--as", "ann")


def test_mine_lists_what_i_hold_and_promised(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH")
    sluice("queue", "next", *ANN, "--n", "3")
    sluice("queue", "done", "call_back", *ANN, "--company", "Birch GmbH", "--at", "in 3 days")
    sluice("queue", "done", "call_back", *ANN, "--company", "Alder GmbH", "--at", "in 2 days")
    found = sluice("queue", "mine", *ANN, "--json").json
    assert [one["name"] for one in found["held"]] == ["Cedar GmbH"]
    assert [one["name"] for one in found["call_backs"]] == ["Alder GmbH", "Birch GmbH"]
    assert {one["promised_by"] for one in found["call_backs"]} == {"ann"}
    text = sluice("queue", "mine", *ANN).out
    assert text.index("Cedar") < text.index("CALL BACK") < text.index("Alder") < text.index("Birch")
    assert "you promised no call-back" in sluice("queue", "mine", "--as", "ben").err


def test_skip_postpone_and_note_are_told_and_undone(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    sluice("queue", "next", *ANN)
    assert "noted on Alder GmbH" in sluice("queue", "note", "ask for \x1b[31mKim", *ANN).out
    postponed = sluice("queue", "postpone", "tomorrow 9", *ANN, "--tz", "UTC", "--reason", "fair")
    assert "postponed Alder GmbH to" in postponed.out
    assert "09:00 UTC" in postponed.out
    assert "no prospect is free" in sluice("queue", "next", "--as", "ben", code=3).err
    undone = sluice("queue", "undo", *ANN)
    assert "Alder GmbH: undone: postponed" in undone.out
    assert "you hold it again" in undone.err
    assert "skipped Alder GmbH" in sluice("queue", "skip", "rival of ours", *ANN).out
    card = sluice("queue", "next", "--as", "ben").out
    assert "\x1b" not in card
    assert card.index("rival of ours") < card.index("ask for")
    refused = sluice("queue", "undo", *ANN, "--json", code=4)
    assert "ben has leased Alder GmbH since" in refused.error["message"]


def test_undoing_do_not_contact_brings_it_back(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    sluice("queue", "next", *ANN)
    sluice("queue", "done", "do_not_contact", *ANN)
    assert sluice("suppress", "check", "alder.example", "--json").json["suppressed"] is True
    assert "--reason" in sluice("queue", "undo", *ANN, code=2).err
    sluice("queue", "undo", *ANN, "--reason", "wrong row")
    assert sluice("suppress", "check", "alder.example", "--json").json["suppressed"] is False
    card = sluice("queue", "next", *ANN).out
    assert "STOP" not in card
    assert "Yours until" in card


def test_a_bad_time_is_refused_with_the_way_out(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    sluice("queue", "next", *ANN)
    for when in ("whenever", "3/4/2027", "2001-01-01", "in 10 years", "1.1.2093"):
        assert sluice("queue", "postpone", when, *ANN, code=2).err
    sluice("queue", "release", *ANN)
    assert "holds no prospect" in sluice("queue", "skip", "why", *ANN, code=3).err
