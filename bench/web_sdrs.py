"""SDRs at work at once: take the next prospects, keep a note, report a result, again."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Barrier, Thread
from uuid import uuid4

from sqlalchemy import text

from bench.web_client import Answer, Client
from bench.web_seed import Person
from bench.web_server import Server
from leads.store import Store

#: Seconds in which everybody must have a first page.
_STARTS = 120
_TOKEN = re.compile(r'name="token" value="(\d+)"')
_CARD = re.compile(r'action="/queue/([0-9a-f-]{36})/done"')
#: Leases of one row that were live at the same time.
_DOUBLES = """SELECT count(*) FROM lease a JOIN lease b ON b.queue_entry_id = a.queue_entry_id
 AND b.id > a.id WHERE a.since < coalesce(b.ended_at, b.until)
 AND b.since < coalesce(a.ended_at, a.until)"""


@dataclass(slots=True)
class Shift:
    """What the SDRs waited for, in milliseconds from the press of a button to the next page."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0
    #: Of the server.
    cpu: float = 0.0
    megabytes: float = 0.0

    @property
    def every(self) -> list[float]:
        """All waits."""
        return [one for some in self.waits.values() for one in some]


def work(server: Server, people: Sequence[Person], seconds: float, think: float) -> Shift:
    """Let everybody work for so many seconds; `think`: seconds on average between two presses."""
    shift = Shift()
    barrier = Barrier(len(people) + 1, timeout=_STARTS)
    threads = [
        Thread(target=_work, args=(server.port, one, seconds, think, barrier, shift))
        for one in people
    ]
    for one in threads:
        one.start()
    barrier.wait()
    began, cpu = time.monotonic(), server.cpu()
    for one in threads:
        one.join()
    shift.seconds, shift.cpu = time.monotonic() - began, server.cpu() - cpu
    shift.megabytes = server.megabytes("VmHWM")
    return shift


def double_leases(url: str) -> tuple[int, int]:
    """How many leases were made, and how many pairs of them held one row at the same time."""
    store = Store(url)
    with store.read() as tx:
        made = tx.execute(text("SELECT count(*) FROM lease")).scalar_one()
        doubles = tx.execute(text(_DOUBLES)).scalar_one()
    store.close()
    return int(made), int(doubles)


def _work(
    port: int, person: Person, seconds: float, think: float, barrier: Barrier, shift: Shift
) -> None:
    """One SDR, whose first pages are not timed."""
    random = Random(person.name)
    with Client(port, person) as client:
        page = client.get("/queue")
        barrier.wait()
        # They do not all press at the same moment.
        time.sleep(random.random() * think)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for what, path, fields in _presses(page):
                began = time.perf_counter()
                page = client.post(path, {"once": uuid4().hex, **fields})
                shift.waits.setdefault(what, []).append((time.perf_counter() - began) * 1000)
                if page.status != 200:
                    shift.failed.append(f"{what}: {page.status} {page.text[:200]}")
                time.sleep(random.uniform(0, 2 * think))


def _presses(page: Answer) -> Sequence[tuple[str, str, dict[str, str]]]:
    """What an SDR does with what the page shows."""
    card, token = _CARD.search(page.text), _TOKEN.search(page.text)
    if not card or not token:
        return [("next", "/queue/next", {"any_time": "true"})]
    at = f"/queue/{card[1]}"
    result = {"kind": "no_answer", "token": token[1], "note": ""}
    return [
        ("note", f"{at}/note", {"note": "asked for the buyer, on leave until Monday"}),
        ("result", f"{at}/done", result),
    ]
