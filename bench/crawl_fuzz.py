"""Crawl thousands of broken pages in batches, store and extract them; no page may end a batch.

    python -m bench.crawl_fuzz [--pages 10000] [--first-seed 0]

Every batch has sound sites among the broken ones. All are served on this machine's loopback
address; what is stored goes to a database in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import socketserver
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from actions.session import Session
from leads.settings import load_settings
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from leads.store.schema import crawl, task
from spiders.limits import Limits
from tests.made_broken_pages import SOUND, broken_answer
from workers.context import Context
from workers.inline import work

#: Sites of one batch: mostly broken, some sound.
BROKEN, SOUND_ONES = 190, 10
LIMITS = Limits(download_timeout=3, seconds_per_site=12, delay=0, sites_at_once=60)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
MISSING = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Answers(socketserver.BaseRequestHandler):
    """Serves sound-N.example soundly, and broken-N.example by the seed N."""

    def handle(self) -> None:
        """Answer one request and close."""
        self.request.settimeout(10)
        try:
            head = b""
            while b"\r\n\r\n" not in head:
                more = self.request.recv(65_536)
                if not more:
                    return
                head += more
            self.request.sendall(_answer(head))
        except OSError:
            return


def _answer(head: bytes) -> bytes:
    path = head.split(b" ", 2)[1]
    host = head.lower().partition(b"\r\nhost: ")[2].partition(b"\r\n")[0].decode()
    kind, _, seed = host.removesuffix(".example").rpartition("-")
    if kind == "sound":
        return MISSING if path == b"/robots.txt" else HEAD + SOUND
    if path == b"/robots.txt":
        # One in ten answers the question for its rules with a broken page.
        return broken_answer(int(seed)) if int(seed) % 10 == 0 else MISSING
    return broken_answer(int(seed) * 2 + (path != b"/"))


class Server(socketserver.ThreadingTCPServer):
    """The server of all sites."""

    daemon_threads = True
    request_queue_size = 256


def work_off(context: Context, kind: str, wanted: list[str], log: Counter[str]) -> None:
    """Do the tasks of a kind that are due, after asking for those of `wanted`."""
    with context.store.write() as tx:
        tasks = [Wanted(kind=kind, key=key, queue=kind, priority=ledger.NOW) for key in wanted]
        ledger.ask(tx, tasks, context.trace_id)
    while True:
        with context.store.write() as tx:
            claimed = ledger.claim(tx, [kind], BROKEN + SOUND_ONES, "fuzz:1:1", context.lease)
        if not claimed:
            return
        log["batches"] += kind == "crawl"
        work(context, claimed)


def measure(context: Context, pages: int, first: int, log: Counter[str]) -> list[str]:
    """Crawl and enrich batch by batch, count into `log`, and return sound sites without facts."""
    missing: list[str] = []
    for start in range(first, first + pages, BROKEN):
        broken = [
            f"broken-{seed}.example" for seed in range(start, min(start + BROKEN, first + pages))
        ]
        sound = [f"sound-{start + number}.example" for number in range(SOUND_ONES)]
        hosts = [*broken[:20], *sound, *broken[20:]]
        work_off(context, "crawl", hosts, log)
        work_off(context, "enrich", [], log)
        log["broken"] += len(broken)
        log["sound"] += len(sound)
        with context.store.read() as tx:
            known = {site for site in sound if any(facts.of_sites(tx, [site]))}
        log["sound with facts"] += len(known)
        missing += [site for site in sound if site not in known]
    return missing


def main() -> int:
    """Print what became of the pages; 1 when a batch ended early or a sound site is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--first-seed", type=int, default=0)
    asked = parser.parse_args()
    log: Counter[str] = Counter()

    def heard(event: str, **about: Any) -> None:
        log[event] += 1
        if event != "done":
            print(event, about, flush=True)

    with tempfile.TemporaryDirectory() as home, Server(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        os.environ["SLUICE_HOME"] = home
        os.environ["SLUICE_DATABASE_URL"] = f"sqlite:///{Path(home) / 'fuzz.db'}"
        settings = load_settings()
        store = open_store(settings.database_url)
        context = Session(settings=settings, store=store).context()
        hosts = [
            f"broken-{seed}.example"
            for seed in range(asked.first_seed, asked.first_seed + asked.pages)
        ]
        hosts += [
            f"sound-{seed}.example"
            for seed in range(asked.first_seed, asked.first_seed + asked.pages + BROKEN)
        ]
        port = int(server.server_address[1])
        allowed = {(host, 80): ("127.0.0.1", port) for host in hosts}
        context = replace(context, limits=LIMITS, allowed=allowed, log=heard)
        began = time.monotonic()
        missing = measure(context, asked.pages, asked.first_seed, log)
        took = time.monotonic() - began
        with store.read() as tx:
            outcomes = dict(
                tx.execute(select(crawl.c.outcome, func.count()).group_by(crawl.c.outcome)).all()
            )
            ended = tx.execute(
                select(crawl.c.site, crawl.c.outcome, crawl.c.reason).where(
                    crawl.c.site.in_(missing)
                )
            ).all()
            states = {
                (row.kind, row.state): row.count
                for row in tx.execute(
                    select(task.c.kind, task.c.state, func.count().label("count")).group_by(
                        task.c.kind, task.c.state
                    )
                )
            }
        server.shutdown()
        store.close()

    print(f"{log['broken']} broken and {log['sound']} sound sites in {log['batches']} batches")
    print("outcomes:", ", ".join(f"{name} {count}" for name, count in sorted(outcomes.items())))
    print("tasks:", ", ".join(f"{kind} {state} {n}" for (kind, state), n in sorted(states.items())))
    print(f"tasks failed: {log['failed']}; pages that extraction failed on: {log['page_failed']}")
    print(f"sound sites with facts: {log['sound with facts']} of {log['sound']}; {took:.0f} s")
    for site, outcome, reason in ended:
        print(f"  {site}: {outcome} {reason or ''}".rstrip())
    is_whole = sum(outcomes.values()) == log["broken"] + log["sound"]
    return 0 if is_whole and not log["failed"] and log["sound with facts"] == log["sound"] else 1


if __name__ == "__main__":
    sys.exit(main())
