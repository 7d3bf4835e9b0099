"""Time the pages that list very many rows: the first page, the following ones, one far behind."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from bench.web_client import Client
from bench.web_seed import Person, company_name, id_of, suppression_id
from bench.web_server import Server

_NEXT = re.compile(r'href="([^"]+)" rel="next"')
#: Times that each page is asked for, after once to load what it needs.
_TIMES = 5


@dataclass(slots=True)
class Waits:
    """Milliseconds by the clock and of the server's CPU, one of each a page."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def time_pages(server: Server, person: Person, rows: int) -> dict[str, Waits]:
    """Ask for each page, and for those behind it where it has any."""
    found = {}
    with Client(server.port, person) as client:
        for name, path in _pages(rows):
            found[name] = _timed(server, client, path)
    return found


def _pages(rows: int) -> Sequence[tuple[str, str]]:
    far, one = rows // 2, rows // 3
    name = company_name(one)
    old = f"/companies?stage=prospect&points=50&after={id_of(far)}"
    return (
        ("queue", "/queue"),
        ("companies", "/companies"),
        ("companies, far behind", old),
        ("company search: a whole name", f"/companies/find?name={name.replace(' ', '+')}"),
        ("company search: a domain", "/companies/find?name=nobody.example"),
        ("company search: a word of one name", f"/companies/find?name={name.split()[1]}"),
        ("company search: a word of every name", "/companies/find?name=werke"),
        ("company search: nothing", "/companies/find?name=zzyzx+limited"),
        ("lists", "/lists"),
        ("one list", "/lists/list?name=fair"),
        ("leads, by stage", "/leads"),
        ("leads, as a table", "/leads/table"),
        ("leads of a stage", "/leads/table?stage=sql"),
        ("leads that are due", "/leads/table?due=yes"),
        ("suppressions", "/suppressions"),
        ("suppressions, far behind", f"/suppressions?before={suppression_id(far)}"),
        ("duplicates", "/duplicates"),
        ("decisions", "/operations/log"),
        ("visits to sites", "/operations/crawl"),
        ("outcomes", "/outcomes"),
        ("workload", "/operations/work"),
    )


def _timed(server: Server, client: Client, path: str) -> Waits:
    waits, at = Waits(), path
    for number in range(_TIMES + 1):
        began, cpu = time.perf_counter(), server.cpu()
        page = client.get(at)
        if page.status not in (200, 303):
            raise RuntimeError(f"{at} answers {page.status}: {page.text[:500]}")
        if number:
            waits.clock.append((time.perf_counter() - began) * 1000)
            waits.cpu.append((server.cpu() - cpu) * 1000)
        following = _NEXT.search(page.text)
        at = unescape(following[1]) if following else path
    return waits
