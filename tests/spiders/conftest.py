"""A web server for crawls to meet: many hosts on one loopback port, each with routes that may
misbehave in any way.
"""

import socket
import socketserver
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import cast

import pytest

#: A whole answer in bytes, or a function that writes it to the socket.
Route = bytes | Callable[[socket.socket, threading.Event], None]


class Hostile(socketserver.ThreadingTCPServer):
    """`routes[host, path]` is the whole answer in bytes, or a function that writes it to the socket
    until `over` is set.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.routes: dict[tuple[str, str], Route] = {}
        self.hits: dict[str, list[str]] = defaultdict(list)
        self.requests: list[bytes] = []
        self.over = threading.Event()

    def site(self, host: str, **paths: Route) -> None:
        """Routes for a host: `home=` is `/`, `robots=` is `/robots.txt`, any other name its own
        path.
        """
        for name, answer in paths.items():
            self.routes[host, {"home": "/", "robots": "/robots.txt"}.get(name, "/" + name)] = answer

    def allowed(self, *hosts: str) -> dict[tuple[str, int], tuple[str, int]]:
        """The map that leads the guard here, for these hosts."""
        port = int(self.server_address[1])
        return {(host, 80): ("127.0.0.1", port) for host in hosts}


class _Exchange(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.settimeout(5)
        try:
            head = b""
            while b"\r\n\r\n" not in head and len(head) < 65536:
                more = self.request.recv(65536)
                if not more:
                    return
                head += more
            self._answer(head)
        except OSError:
            return

    def _answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode()
        host = next(
            line[6:]
            for line in head.decode("latin-1").split("\r\n")
            if line.lower().startswith("host: ")
        )
        server = cast(Hostile, self.server)
        server.hits[host].append(path)
        server.requests.append(head)
        route = server.routes.get((host, path), NOT_FOUND)
        if callable(route):
            route(self.request, server.over)
        else:
            self.request.sendall(route)


def answer(
    body: bytes | str = b"",
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    headers: str = "",
) -> bytes:
    """A whole HTTP answer that closes the connection."""
    data = body.encode() if isinstance(body, str) else body
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length:"
        f" {len(data)}\r\n{headers}Connection: close\r\n\r\n"
    )
    return head.encode("latin-1") + data


NOT_FOUND = answer("<h1>Nothing here</h1>", "404 Not Found")


class Web:
    """Answers of a web server, short to write."""

    answer = staticmethod(answer)

    @staticmethod
    def redirect(location: str) -> bytes:
        return answer(b"", "302 Found", headers=f"Location: {location}\r\n")

    @staticmethod
    def robots(text: str) -> bytes:
        return answer(text, kind="text/plain")

    @staticmethod
    def page(*links: str, text: str = "A made-up page") -> bytes:
        anchors = "".join(f'<a href="{href}">{href.strip("/")}</a> ' for href in links)
        return answer(f"<!doctype html><title>Page</title><body><p>{text}</p>{anchors}</body>")


@pytest.fixture(scope="session")
def web() -> type[Web]:
    """The answers: `web.answer`, `web.redirect`, `web.robots`, `web.page`."""
    return Web


@pytest.fixture(scope="module")
def server() -> Iterator[Hostile]:
    """A hostile server on a free loopback port, ended with the module."""
    with Hostile() as running:
        thread = threading.Thread(
            target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        thread.start()
        yield running
        running.over.set()
        running.shutdown()
        thread.join()
