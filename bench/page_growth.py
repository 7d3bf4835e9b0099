"""How much the page store grows by a first visit, by a visit that finds everything unchanged, and by
one that finds a tenth of the pages changed; and what extraction costs each time.

Run it under another version of Sluice for its figures: it uses what every version has.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from actions.session import open_session
from leads.changes import PagesStored
from leads.clock import now
from leads.store import pages
from leads.store.pages import StoredPage, Visit
from workers.inline import work_off_own
from workers.pipeline import follow

SITES, PAGES = 300, 6
#: About 33 kB of HTML, as pages of small companies have.
WORDS = 1_900
KINDS = ("home", "imprint", "contact", "about", "products", "other")
_VOCABULARY = [
    f"{one}{two}" for one in "bdfglmnprst" for two in ("alo", "emi", "iru", "ovan", "usk")
]
_HEADERS = {
    "Server": "nginx",
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "max-age=0, must-revalidate",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Vary": "Accept-Encoding",
    "Link": '<https://made.example/wp-json/>; rel="https://api.w.org/"',
}


def body(site: int, kind: str, version: int) -> bytes:
    """A made page: words that differ by page, an imprint, and 40 links."""
    chance = random.Random(f"{site} {kind} {version}")
    words = [chance.choice(_VOCABULARY) for _ in range(WORDS)]
    lines = [" ".join(words[at : at + 12]) for at in range(0, WORDS, 12)]
    text = "".join(f'<p class="entry-content wp-block-paragraph">{line}.</p>\n' for line in lines)
    links = "".join(f'<li><a href="/{kind}/{chance.random()}">More</a></li>' for _ in range(40))
    owner = (
        f"<p>Made {site} GmbH, Musterweg {site}, 10115 Berlin, Tel. +49 30 {1_000_000 + site}</p>"
    )
    return f"<title>Made {site} GmbH</title><body><ul>{links}</ul>{text}{owner}".encode()


def visit(site: int, at: datetime, version: dict[tuple[int, str], int]) -> Visit:
    """A visit that brings each page in its version."""
    name = f"made-{site}.example"
    headers = tuple({**_HEADERS, "Date": f"{at:%c}", "ETag": f'"{at.timestamp()}"'}.items())
    brought = tuple(
        StoredPage(
            url=f"https://{name}/{kind}",
            kind=kind,
            status=200,
            headers=headers,
            body=body(site, kind, version.get((site, kind), 0)),
            fetched_at=at,
        )
        for kind in KINDS
    )
    return Visit(site=name, outcome="ok", started_at=at, pages=brought)


def measure(folder: Path) -> list[dict[str, object]]:
    """The growth and the CPU of three rounds of visits."""
    found: list[dict[str, object]] = []
    chance, version = random.Random(16), dict[tuple[int, str], int]()
    with open_session() as session:
        context, before = session.context(), 0
        for round_, what in enumerate(("first visit", "unchanged", "a tenth changed")):
            at = now() - timedelta(days=3 - round_)
            if what == "a tenth changed":
                every = [(site, kind) for site in range(SITES) for kind in KINDS]
                version = dict.fromkeys(chance.sample(every, len(every) // 10), 1)
            cpu = _cpu()
            for site in range(SITES):
                with session.store.write() as tx:
                    made = visit(site, at, version)
                    pages.add_visit(tx, made)
                    follow(tx, [PagesStored((made.site,))], context.trace_id)
            stored = _cpu()
            work_off_own(context, ["enrich"])
            size = _size(folder)
            found.append(
                {
                    "round": what,
                    "grown_bytes_a_site": (size - before) // SITES,
                    "store_ms_a_page": round(1000 * (stored - cpu) / SITES / PAGES, 2),
                    "extract_ms_a_page": round(1000 * (_cpu() - stored) / SITES / PAGES, 2),
                }
            )
            before = size
    return found


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.glob("sluice.db*") if one.suffix != ".db-shm")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print one JSON object for each round."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SLUICE_HOME"] = folder
        for one in measure(Path(folder)):
            print(json.dumps(one))
    return 0


if __name__ == "__main__":
    sys.exit(main())
