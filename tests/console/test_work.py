"""`sluice work`: an SDR's desk, on a pipe and on a terminal."""

import fcntl
import json
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Callable
from typing import Any

import pytest

from tests.console.conftest import Ran, Sluice

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
    seen = b""

    def wait_for(words: bytes) -> None:
        nonlocal seen
        while words not in seen:
            piece = os.read(desk.stdout.fileno(), 1000)  # type: ignore[union-attr]
            assert piece, seen
            seen += piece

    wait_for(b"Yours until")
    os.write(ours, b"n")
    wait_for(b"Note (empty: none): ")
    os.write(ours, b"machine\n")
    wait_for(b"Birch GmbH")
    os.write(ours, typed)
    rest, _ = desk.communicate()
    os.close(ours)
    assert b"you hold Birch GmbH until" in seen + rest
    assert desk.returncode == code
    assert "machine" in sluice("queue", "show", "Alder GmbH").out
