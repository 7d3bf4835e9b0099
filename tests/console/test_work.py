"""`sluice work`: an SDR's desk, on a pipe and on a terminal."""

import fcntl
import json
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from console.cli.desk_lines import said_in
from leads import clock
from outreach.disposition_file import standard
from tests.console.conftest import Ran, Sluice, held

Queued = Callable[..., None]
ANN = ("--as", "ann")


def events(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_day_at_the_desk(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH", "Dogwood GmbH")
    lines = [
        "t asks for Kim",
        "c tue 9 -- wants the price list",
        "d has a supplier",
        "u",
        "n",
        "s I know them",
        "p in 2 weeks -- moves house",
    ]
    ran = sluice("work", *ANN, "--tz", "Europe/Berlin", stdin="\n".join(lines) + "\n")
    cards = [line.partition("  (")[0] for line in ran.out.splitlines() if "  (prospect" in line]
    assert cards == [
        "Alder GmbH",
        "Birch GmbH",
        "Cedar GmbH",
        "Birch GmbH",
        "Cedar GmbH",
        "Dogwood GmbH",
    ]
    assert "you promised to call on" in ran.out
    assert "09:00 Europe/Berlin" in ran.out
    assert "undone Birch GmbH" in ran.out
    assert "no prospect is free" in ran.err
    assert "c call back" in ran.err
    card = sluice("queue", "show", "Alder GmbH").out
    assert card.index("wants the price list") < card.index("asks for Kim")
    assert "moves house" in sluice("queue", "show", "Dogwood GmbH").out
    assert sluice("queue", "next", "--as", "ben", "--json").json["company"]["name"] == "Cedar GmbH"


def test_each_card_and_result_is_a_line_of_json(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH")
    found = events(sluice("work", *ANN, "--json", stdin="i wants a demo\nq\n"))
    assert [next(iter(one)) for one in found] == ["card", "done", "card"]
    assert found[1]["done"]["relationship"] == "lead"


def test_a_slip_of_the_fingers_ends_nothing(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    ran = sluice("work", *ANN, stdin="ö\nc whenever\nl\ns\nu\n\nn\n")
    for said in (
        "no key here",
        "not a date",
        "not_now needs a date",
        "is empty",
        "nothing in this",
    ):
        assert said in ran.err, said
    assert "Alder GmbH: no answer" in ran.out


def test_quitting_says_what_is_held_and_r_returns_it(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    assert "you hold Alder GmbH until" in sluice("work", *ANN, stdin="q\n").err
    assert "you hold Alder GmbH until" in sluice("work", *ANN).err
    ran = sluice("work", *ANN, stdin="r\n")
    assert "released Alder GmbH" in ran.out
    assert "you hold" not in ran.err


def test_do_not_contact_is_undone_with_a_reason(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH")
    ran = sluice("work", *ANN, stdin="z\nu\nu wrong row\ni\n")
    assert "do-not-contact list" in ran.err
    assert "Alder GmbH: interested" in ran.out


def test_done_takes_the_next_one(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH")
    sluice("queue", "next", *ANN)
    done = sluice("queue", "done", "no_answer", *ANN, "--next", "--json").json
    assert (done["company"], done["next"]["company"]["name"]) == ("Alder GmbH", "Birch GmbH")
    assert sluice("queue", "done", "no_answer", *ANN, "--next", "--json").json["next"] is None


def test_the_settings_name_the_usual_queue(
    sluice: Sluice, queued: Queued, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("Alder GmbH", client="nordwind")
    queued("Birch GmbH")
    sluice("campaign", "add", "spring", "--client", "nordwind")
    monkeypatch.setenv("SLUICE_CLIENT", "nordwind")
    assert "--campaign" in sluice("queue", "mine", *ANN, code=2).err
    monkeypatch.setenv("SLUICE_CAMPAIGN", "all")
    assert "Alder GmbH" in sluice("work", *ANN, stdin="r\n").out
    assert "Alder GmbH" in sluice("queue", "next", *ANN).out
    assert "Birch GmbH" in sluice("queue", "next", *ANN, "--client", "default").out


@pytest.mark.parametrize(
    ("typed", "code"), [(b"q", 0), (b"\x04", 0), (b"\x03", 130)], ids=["q", "end", "Ctrl-C"]
)
def test_one_key_on_a_terminal(sluice: Sluice, queued: Queued, typed: bytes, code: int) -> None:
    queued("Alder GmbH", "Birch GmbH")
    ours, theirs = pty.openpty()
    desk = subprocess.Popen(
        [sys.executable, "-c", "from console.cli.main import main; main()", "work", *ANN],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        # Ctrl-C reaches the programs of a controlling terminal only.
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
    )
    os.close(theirs)
    assert desk.stdout is not None
    seen, read = b"", 0

    def wait_for(words: bytes) -> None:
        nonlocal seen, read
        while (at := seen.find(words, read)) < 0:
            piece = os.read(desk.stdout.fileno(), 1000)  # type: ignore[union-attr]
            assert piece, seen
            seen += piece
        read = at + len(words)

    wait_for(b"Yours until")
    os.write(ours, b"n")
    wait_for(b"Note (empty: none); Esc goes back: ")
    os.write(ours, b"\x1b")
    wait_for(b"back to the card")
    os.write(ours, b"c")
    wait_for(b"empty: as usual); Esc goes back: ")
    os.write(ours, b"whenever\n")
    wait_for(b"not a date")
    os.write(ours, b"t")
    wait_for(b"Note; Esc goes back: ")
    os.write(ours, b"\n")
    wait_for(b"back to the card")
    os.write(ours, b"n")
    wait_for(b"Note (empty: none); Esc goes back: ")
    os.write(ours, "mäx\x7f\x7fachine\x1b[D\n".encode())
    wait_for(b"Birch GmbH")
    os.write(ours, typed)
    rest, _ = desk.communicate()
    os.close(ours)
    assert b"you hold Birch GmbH until" in seen + rest
    assert desk.returncode == code
    assert "machine" in sluice("queue", "show", "Alder GmbH").out


def test_the_last_result_can_be_undone_and_lines_without_a_prospect_are_named(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Alder GmbH")
    ran = sluice("work", *ANN, stdin="n\nu\ni -- wants a quote\nb\nn later\n", code=5)
    assert "undone Alder GmbH" in ran.out
    assert "'b' is left: no prospect is on the desk" in ran.err
    assert "'n later' is left" in ran.err
    assert "2 lines left" in ran.err
    shown = sluice("queue", "show", "Alder GmbH").out
    assert "ann: interested wants a quote" in shown


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("call_back", "tue 9 -- ask for Kim", ("tue 9", "ask for Kim", "")),
        ("call_back", "tue 9", ("tue 9", "", "")),
        ("call_back", "-- ask for Kim", ("", "ask for Kim", "")),
        ("interested", "wants a quote", ("", "wants a quote", "")),
        ("interested", "-- note", ("", "note", "")),
        ("interested", "tue 9 --", ("tue 9", "", "")),
        ("wrong_number", "+49 30 1 -- private", ("", "private", "+49 30 1")),
        ("wrong_number", "private", ("", "private", "")),
        ("interested", "", ("", "", "")),
    ],
)
def test_what_a_line_says(key: str, text: str, said: tuple[str, str, str]) -> None:
    found = said_in(standard().rules[key], text)
    assert (found.when, found.note, found.about) == said


def test_a_due_call_back_comes_before_cards_that_are_held(
    sluice: Sluice, queued: Queued, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH")
    sluice("queue", "next", *ANN)
    sluice("queue", "done", "call_back", *ANN, "--at", "today")
    assert "Birch GmbH" in sluice("queue", "next", *ANN).out
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr("leads.store.supply.now", lambda: later)
    monkeypatch.setattr("outreach.run.claiming.now", lambda: later)
    assert "Alder GmbH" in sluice("queue", "next", *ANN).out
    assert "Alder GmbH" in sluice("queue", "next", *ANN).out
    assert held(sluice, "ann") == ["Birch GmbH", "Alder GmbH"]


def test_long_notes_are_cut_on_the_card_and_shown_in_full_when_asked_for(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Alder GmbH")
    sluice("queue", "note", f"first {'x ' * 4_000}last", "--company", "Alder GmbH", *ANN)
    short = sluice("queue", "show", "Alder GmbH").out
    assert "last" not in short
    assert "--full` shows all" in short
    assert "last" in sluice("queue", "show", "Alder GmbH", "--full").out
    assert "No phone number, e-mail or postal address is known" in short
