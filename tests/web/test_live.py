"""What others do shows on open pages."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest

from console.web import live_hub
from tests.console.conftest import Sluice
from tests.web.browser import Browser
from tests.web.conftest import LogIn

ALDER, BIRCH = "Alder Tools GmbH", "Birch Pumps GmbH"

Queued = Callable[..., None]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at once: a test waits for what comes, and not for the clock."""
    for name in ("LOOK_EVERY", "CHECK_EVERY", "WORK_EVERY"):
        monkeypatch.setattr(live_hub, name, 0.05)


class Stream:
    """The messages that a browser hears."""

    def __init__(self, answer: HTTPResponse) -> None:
        self._answer = answer

    def next(self) -> dict[str, str]:
        """The next message: its fields by name."""
        found: dict[str, str] = {}
        while True:
            line = self._answer.readline().decode()
            assert line, "the stream ended"
            name, _, value = line.rstrip("\n").partition(": ")
            if not line.strip() and "event" in found:
                return found
            found[name] = value

    def until(self, event: str) -> dict[str, str]:
        """The next message of a kind."""
        while (found := self.next())["event"] != event:
            pass
        return found

    def is_over(self) -> bool:
        """Whether the server ends the stream; waits for it."""
        while self._answer.readline():
            pass
        return True


@contextmanager
def listening(browser: Browser, about: str, last_id: str = "") -> Iterator[Stream]:
    """Open the stream as a page of that browser does."""
    connection = HTTPConnection(browser.at.removeprefix("http://"), timeout=60)
    cookies = "; ".join(f"{one.name}={one.value}" for one in browser.cookies)
    headers = {"Cookie": cookies} | ({"Last-Event-ID": last_id} if last_id else {})
    connection.request("GET", f"/live?about={about}", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.readline() == b"retry: 3000\n"
    try:
        yield Stream(answer)
    finally:
        connection.close()
        answer.close()


def test_another_user_takes_and_returns_a_prospect(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER)
    ann, ben = log_in("ann", "default"), log_in("ben", "default")
    shown = ann.get("/queue")
    with listening(ann, "queue") as stream:
        card = ben.send(ben.get("/queue"), "/queue/next")
        company = card.path.rpartition("/")[2]
        assert f'data-company="{company}"' in shown.html
        while (taken := json.loads(stream.until("queue")["data"]))["user"] != "ben":
            pass
        assert taken["company"] == company

        ben.send(card, f"{card.path}/done", f"{card.path}/release")
        while (back := stream.until("queue")) and json.loads(back["data"])["user"]:
            pass
        assert json.loads(back["data"])["company"] == company
    # Whoever missed nothing hears nothing again; who comes back from an earlier server reads anew.
    with listening(ann, "queue", "0-1") as stream:
        assert stream.next()["event"] == "refresh"


def test_a_stream_is_of_one_client_and_of_what_a_role_may_do(
    queued: Queued, log_in: LogIn, sluice: Sluice
) -> None:
    queued(ALDER, client="nordwind")
    queued(BIRCH, client="lakeside")
    ann, ben, olga = (
        log_in("ann", "nordwind"),
        log_in("ben", "lakeside"),
        log_in("olga", "nordwind", role="operator"),
    )
    with listening(ann, "queue") as own, listening(olga, "queue,lists,work") as work:
        theirs = ben.send(ben.get("/queue"), "/queue/next").path.rpartition("/")[2]
        mine = ann.send(ann.get("/queue"), "/queue/next").path.rpartition("/")[2]
        heard = [json.loads(own.until("queue")["data"])["company"]]
        while heard[-1] != mine:
            heard.append(json.loads(own.until("queue")["data"])["company"])
        assert theirs not in heard
        sluice("ops", "pause", "--client", "nordwind", "--as", "olga")
        assert work.next()["event"] == "work"


def test_a_stream_ends_with_the_session(queued: Queued, log_in: LogIn, sluice: Sluice) -> None:
    queued(ALDER)
    ann = log_in("ann", "default")
    page = ann.get("/queue")
    with listening(ann, "queue") as stream:
        ann.send(page, "/logout")
        assert stream.is_over()
    assert ann.get("/live?about=queue").path == "/login"

    ben = log_in("ben", "default")
    with listening(ben, "queue") as stream:
        sluice("user", "remove", "ben", "--as", "boss")
        assert stream.is_over()


def test_one_user_has_few_streams(queued: Queued, log_in: LogIn) -> None:
    ann = log_in("ann")
    open_ones = [listening(ann, "work") for _ in range(live_hub.MOST_PAGES)]
    for one in open_ones:
        one.__enter__()
    assert ann.get("/live?about=work").status == 429
    for one in open_ones:
        one.__exit__(None, None, None)


def test_the_first_page_after_a_while_reads_itself_again(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER)
    ann = log_in("ann", "default")
    # Nobody looked before: what happened since the page was made is not known.
    with listening(ann, "queue") as stream:
        assert stream.next()["event"] == "refresh"
