"""Run the web application until it is stopped."""

from __future__ import annotations

import ctypes
import socket
from collections.abc import Callable, Collection
from contextlib import suppress

import uvicorn
from anyio import to_thread

from actions.session import Installation
from actions.uploads import forget_old
from console.web.app import make_app
from console.web.listening import listen
from console.web.live_hub import Hub

#: Requests that are answered at the same time; the others wait for their turn.
THREADS = 6
#: Parts of the memory from which threads allocate, and how glibc calls that setting.
_ARENAS, _M_ARENA_MAX = 2, -8


def run(
    installation: Installation,
    host: str,
    port: int,
    hosts: Collection[str],
    proxy: str | None = None,
    when_open: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests on an address; behind a proxy, those are over TLS. `when_open` is called when
    browsers can connect.
    """
    _share_memory()
    app = make_app(installation, hosts, is_https=proxy is not None)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy or "",
        timeout_graceful_shutdown=5,
    )
    forget_old(installation.settings.home)
    with listen(host, port) as listener:
        when_open()
        try:
            _Server(config, app.state.live).run(sockets=[listener])
        finally:
            app.state.incoming.turned_away.write()


def _share_memory() -> None:
    """Let threads allocate from the same memory: each would keep what it once needed."""
    # Other C libraries than glibc know no such setting.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


class _Server(uvicorn.Server):
    """Ends the streams of open pages before it stops: it would wait for them."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, with few threads: more of them wait for each other, and each holds memory."""
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, after the streams ended."""
        self._hub.end_all()
        await super().shutdown(sockets)
