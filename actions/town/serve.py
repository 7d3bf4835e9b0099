"""Serve the town on this machine: one loopback port, a virtual host for each site."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from actions.town.offices import OFFICES, office_answer
from actions.town.render import answer
from actions.town.sites import Site, sites

LOOPBACK = "127.0.0.1"
#: Seconds between two bytes of the slow site; the crawl gives up long before its page is complete.
DRIP = 0.5
LONGEST_DRIP = 60


@contextmanager
def serve_town() -> Iterator[Mapping[tuple[str, int], tuple[str, int]]]:
    """Serve the town until the block ends; the map from (host, port) to where each site and office
    is served.

    The dead site is mapped to a port of ours where nothing listens.
    """
    with _Town() as town, socket.socket() as silent:
        silent.bind((LOOPBACK, 0))
        thread = Thread(
            target=town.serve_forever, kwargs={"poll_interval": 0.05}, name="town", daemon=True
        )
        thread.start()
        try:
            yield _ways(town.server_port, silent.getsockname()[1])
        finally:
            town.closing.set()
            town.shutdown()
            thread.join()


def _ways(alive: int, dead: int) -> dict[tuple[str, int], tuple[str, int]]:
    hosts = {host: site for site in sites() for host in (site.domain, f"www.{site.domain}")}
    ways = {(host, 80): (LOOPBACK, dead if site.dead else alive) for host, site in hosts.items()}
    return ways | {(host, 443): (LOOPBACK, alive) for host in OFFICES}


class _Town(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _Visitor)
        self.closing = Event()
        self.hosts = {
            host: site for site in sites() for host in (site.domain, f"www.{site.domain}")
        }


class _Visitor(BaseHTTPRequestHandler):
    server: _Town
    protocol_version = "HTTP/1.1"
    timeout = 5

    def do_GET(self) -> None:
        """Answer as the site of the Host header."""
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        site = self.server.hosts.get(host)
        if (office := office_answer(host, self.path)) is not None:
            self._send(office.status, office.headers, office.body)
        elif site is None:
            self._send(404, {"Content-Type": "text/plain"}, b"no such site in town")
        elif site.slow:
            self._drip()
        elif target := _target(site, host):
            self._send(
                301, {"Location": f"http://{target}{'/' if site.moved_to else self.path}"}, b""
            )
        else:
            found = answer(site, self.path)
            self._send(found.status, found.headers, found.body)

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            for byte in b"HTTP/1.1 200 OK".ljust(int(LONGEST_DRIP / DRIP)):
                self.wfile.write(bytes([byte]))
                if self.server.closing.wait(DRIP):
                    return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Log nothing: the screen shows the progress of the crawl."""


def _target(site: Site, host: str) -> str:
    """Find the host that this one redirects to; empty when it answers itself."""
    return site.moved_to or ("" if host == site.home else site.home)
