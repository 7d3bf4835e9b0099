"""The HTTP port of `sluice worker` and `sluice up`: /metrics, /healthz and /readyz."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from leads.errors import SluiceError, UsageError
from leads.masking import mask
from workers.context import Context
from workers.metrics import metrics
from workers.readiness import readiness

_TEXT = "text/plain; charset=utf-8"


class _Pages(BaseHTTPRequestHandler):
    """Answers GET for three paths; every other request gets an error."""

    server_version = "sluice"
    sys_version = ""
    timeout = 10

    def __init__(self, context: Context, *arguments: object) -> None:
        self._context = context
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with one page."""
        try:
            self._answer(*self._page(self.path.partition("?")[0]))
        except SluiceError as error:
            self._answer(503, _TEXT, f"{mask(error.message)}\n".encode())

    def _page(self, path: str) -> tuple[int, str, bytes]:
        if path == "/metrics":
            page = metrics(self._context, self.headers.get("Accept", ""))
            return 200, page.content_type, page.body
        if path == "/healthz":
            return 200, _TEXT, b"ok\n"
        if path == "/readyz":
            return self._readyz()
        return 404, _TEXT, b"there are /metrics, /healthz and /readyz\n"

    def _readyz(self) -> tuple[int, str, bytes]:
        results = {name: mask(result) for name, result in readiness(self._context).items()}
        ready = set(results.values()) == {"ok"}
        return 200 if ready else 503, "application/json", f"{json.dumps(results)}\n".encode()

    def _answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the parent's name
        """Log nothing: these pages are read every few seconds."""


def server(make_context: Callable[[], Context], address: str, port: int) -> Callable[[], None]:
    """A function that serves the pages until the process ends; UsageError for a bad address."""
    try:
        ip_address(address)
    except ValueError:
        raise UsageError(
            f"{address!r} is not an IP address",
            "give 127.0.0.1, or 0.0.0.0 behind a firewall",
        ) from None

    def serve() -> None:
        with ThreadingHTTPServer((address, port), partial(_Pages, make_context())) as listening:
            listening.daemon_threads = True
            listening.serve_forever()

    return serve
