"""Measure what a page costs that scripts fill, beside the same page sent whole.

    python -m bench.crawl_browser [--small]

Each leg crawls sites of this machine in a process of its own. A rendered page is an empty frame, a
script of 150 kB and data of 8 kB; a plain page holds the same text. CPU is that of the crawler with
all processes of the browser. Writes docs/bench/crawl_browser.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from bench.figures import ROOT, Figures

SITES, ROUNDS = (4, 1) if "--small" in sys.argv else (30, 3)
LEGS = ("plain", "plain, browser on", "rendered")
AGENT = "SluiceBench/0.1 (+https://sluice.example/crawler)"
ABOUT = " ".join(
    (
        f"Written by `python -m bench.crawl_browser`. {SITES} sites of three pages, without delay",
        "between pages and without latency, medians of",
        f"{ROUNDS} rounds in turns. A rendered page is an empty frame, a script of 150 kB, asked for",
        "once a site, and data of 8 kB; a plain page holds the same text. CPU is that of the crawler",
        "with all processes of the browser, its start included and Python's not; memory is that of",
        "the browser's processes together, shared pages counted once for each.",
    )
)
PATHS = ("/", "/impressum", "/kontakt")
TEXT = "".join(f"<p>Absatz {place}: {'Fenster aus Holz, ' * 20}</p>" for place in range(20))
NAVIGATION = "".join(f"<a href='{path}'>{path[1:] or 'start'}</a> " for path in PATHS)
SHELL = '<!doctype html><html lang="de"><div id="root"></div><script src="/app.js"></script></html>'
APP = (
    "fetch('/data.json').then(one => one.json()).then(one => {"
    "document.getElementById('root').innerHTML = one.text + location.pathname })\n"
    + "".join(f"function f{place}(a) {{ return a * {place} + 1 }}\n" for place in range(4_000))
)
#: Seconds between two looks at the processes of a leg.
EVERY = 0.1


class Sites(BaseHTTPRequestHandler):
    """Shells below `shell`, whole pages elsewhere."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        kind, body = "text/html; charset=utf-8", f"<!doctype html>{NAVIGATION}{TEXT}{self.path}"
        if self.path == "/robots.txt":
            kind, body = "text/plain", "User-agent: *\nDisallow: /intern"
        elif self.path == "/app.js":
            kind, body = "text/javascript", APP
        elif self.path == "/data.json":
            kind, body = "application/json", json.dumps({"text": NAVIGATION + TEXT})
        elif "shell" in self.headers["Host"]:
            body = SHELL
        sent = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *about: object) -> None:
        """Say nothing."""


def crawl_leg(name: str, port: int) -> None:
    """Crawl the sites of one leg, and print what came of it."""
    from leads.settings import load_settings
    from spiders.crawl import crawl
    from spiders.limits import Limits
    from spiders.site import SiteOutcome, SiteToCrawl
    from workers.rendering import render_options

    kind = "shell" if name == "rendered" else "whole"
    hosts = [f"{kind}{number}.example" for number in range(SITES)]
    browser = "off" if name == "plain" else "unsandboxed" if os.geteuid() == 0 else "on"
    pages: list[int] = []

    def on_site(outcome: SiteOutcome) -> None:
        assert len(outcome.pages) == len(PATHS), outcome
        pages.append(len(outcome.pages))

    render = render_options(load_settings({"SLUICE_BROWSER": browser}))
    before = time.process_time()
    stats = crawl(
        [SiteToCrawl(host) for host in hosts],
        limits=Limits(delay=0, look_further=False),
        user_agent=AGENT,
        on_site=on_site,
        allowed={(host, 80): ("127.0.0.1", port) for host in hosts},
        only_allowed=True,
        render=render,
    )
    wanted = sum(pages) if name == "rendered" else 0
    assert stats.rendered == wanted, stats
    print(json.dumps({"pages": sum(pages), "seconds": stats.seconds, "before": before}))


def leg(name: str, port: int) -> dict[str, float]:
    """What one leg took, a page."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.crawl_browser", "leg", name, str(port)]
    command += ["--small"] if "--small" in sys.argv else []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        cpu, memory = watched(process)
        assert process.stdout is not None
        made: dict[str, Any] = json.loads(process.stdout.read().splitlines()[-1])
    return {
        "cpu": 1_000 * (cpu - made["before"]) / made["pages"],
        "seconds": made["seconds"] / made["pages"],
        "memory": memory / 1e6,
    }


def watched(process: subprocess.Popen[str]) -> tuple[float, int]:
    """The CPU seconds of a process and all below it until it ends, and the most memory of those
    below it.
    """
    took: dict[int, float] = {}
    most = 0
    while process.poll() is None:
        found = below(process.pid)
        took.update({pid: seconds for pid, (seconds, _) in found.items()})
        most = max(most, sum(size for pid, (_, size) in found.items() if pid != process.pid))
        time.sleep(EVERY)
    return sum(took.values()), most


def below(root: int) -> dict[int, tuple[float, int]]:
    """CPU seconds and bytes of a process and all that it started, by their numbers."""
    parents: dict[int, int] = {}
    figures: dict[int, tuple[float, int]] = {}
    tick, size = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").iterdir():
        try:
            values = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        number = int(entry.name) if entry.name.isdigit() else 0
        parents[number] = int(values[1])
        seconds = (int(values[11]) + int(values[12])) / tick
        figures[number] = (seconds, int(values[21]) * size)
    mine = {root}
    while more := {one for one, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return {one: figures[one] for one in mine if one in figures}


def main() -> None:
    """Run the legs in turns and write the page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sites)
    Thread(target=server.serve_forever, daemon=True).start()
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in LEGS}
    for _ in range(ROUNDS):
        for name, found in rounds.items():
            found.append(leg(name, server.server_address[1]))
    figures = Figures()
    middle = {
        name: {key: sorted(one[key] for one in found)[ROUNDS // 2] for key in found[0]}
        for name, found in rounds.items()
    }
    for name, one in middle.items():
        figures.at_most(f"{name}: CPU a page", one["cpu"], "ms")
        figures.at_most(f"{name}: seconds a page", one["seconds"], "s")
    figures.at_most("rendered: memory of the browser at most", middle["rendered"]["memory"], "MB")
    figures.write("crawl_browser", "Rendering benchmark", ABOUT)
    server.shutdown()


if __name__ == "__main__":
    if sys.argv[1:2] == ["leg"]:
        crawl_leg(sys.argv[2], int(sys.argv[3]))
    else:
        main()
