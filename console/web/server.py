"""Run the web application until it is stopped."""

from __future__ import annotations

from collections.abc import Collection

import uvicorn

from actions.session import Installation
from console.web.app import make_app


def run(
    installation: Installation, host: str, port: int, hosts: Collection[str], proxy: str | None
) -> None:
    """Answer requests on an address; behind a proxy, those are over TLS."""
    app = make_app(installation, hosts, is_https=proxy is not None)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy or "",
        timeout_graceful_shutdown=5,
    )
