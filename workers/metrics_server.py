"""The HTTP port of `sluice worker` and `sluice up`: /metrics, /healthz, /readyz; for this machine
alone unless told otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from leads.errors import SluiceError, UsageError
from leads.masking import mask
from workers.context import Context


class _Pages(BaseHTTPRequestHandler):
    """Answers GET for three paths and nothing else."""

    server_version = "sluice"
    sys_version = ""
    timeout = 10

    def __init__(self, context: Context, *arguments: object) -> None:
        self._context = context
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """One page."""
        try:
            self._answer(*self._page(self.path.partition("?")[0]))
        except SluiceError as error:
            self._answer(503, "text/plain; charset=utf-8", mask(error.message) + "\n")

    def _page(self, path: str) -> tuple[int, str, str]:
        from workers.metrics import metrics, readiness

        if path == "/metrics":
            return 200, "text/plain; version=0.0.4; charset=utf-8", metrics(self._context)
        if path == "/healthz":
            return 200, "text/plain; charset=utf-8", "ok\n"
        if path == "/readyz":
            found = readiness(self._context)
            ready = set(found.values()) == {"ok"}
            return (
                200 if ready else 503,
                "application/json",
                json.dumps({name: mask(said) for name, said in found.items()}) + "\n",
            )
        return 404, "text/plain; charset=utf-8", "there are /metrics, /healthz and /readyz\n"

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the parent's name
        """Nothing: who scrapes every few seconds is no news."""


def server(make_context: Callable[[], Context], address: str, port: int) -> Callable[[], None]:
    """What a supervisor runs beside its workers; UsageError when `address` is none."""
    try:
        ip_address(address)
    except ValueError:
        raise UsageError(
            f"{address!r} is no address",
            "give 127.0.0.1, or 0.0.0.0 where a firewall keeps strangers out",
        ) from None

    def serve() -> None:
        with ThreadingHTTPServer((address, port), partial(_Pages, make_context())) as listening:
            listening.daemon_threads = True
            listening.serve_forever()

    return serve
