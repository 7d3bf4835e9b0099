"""`sluice serve`: the pages in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.logins import check_served_to_others
from actions.session import open_installation
from actions.sso import provider, sign_on
from console.cli.lazy import load
from console.cli.options import AsJson
from console.cli.output import emit_json, note
from leads.errors import UsageError

#: Where pages are served unless another port is named.
PORT = 8800
Port = Annotated[
    int, typer.Option("--port", help="The port to listen on.", metavar="N", min=1, max=65535)
]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    port: Port = PORT,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on.", metavar="ADDRESS")
    ] = "127.0.0.1",
    proxy: Annotated[
        str | None,
        typer.Option("--proxy", help="The proxy in front that does TLS.", metavar="ADDRESS"),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name that browsers ask for.", metavar="HOST"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Serve the pages for SDRs in the browser.

    Users log in with a password that they set by a link: `sluice user link NAME`.

    Sluice listens on this machine only. For others, put a proxy that does TLS in front, name its
    address with --proxy and each public host name with --name; an admin must have a password.

    Example: sluice serve --port 8800
    """
    is_local = host in _LOOPBACK
    if not is_local and not proxy:
        raise UsageError(
            f"{host} is reached from other machines, and Sluice does no TLS itself",
            "name the proxy in front of it with --proxy, or leave --host out",
        )
    if proxy and not name:
        raise UsageError("--proxy needs the host name that browsers ask for", "add --name HOST")
    with open_installation(for_many=True) as installation:
        if proxy or not is_local:
            check_served_to_others(installation)
        if found := sign_on(installation.settings):
            # A missing package is told now, and not to the first who logs in.
            provider(found)
        hosts = [one.lower() for one in name or ()] or local_hosts(port)
        where = f"[{host}]" if ":" in host else host

        def say() -> None:
            if as_json:
                emit_json([{"url": f"http://{where}:{port}"}], lines=True)
            else:
                note(f"serving on http://{where}:{port}; Ctrl-C ends it")

        load("console.web.server:run")(installation, host, port, hosts, proxy, say)


def local_hosts(port: int) -> list[str]:
    """The names by which browsers on this machine ask for a port."""
    return [f"{one}:{port}" for one in ("127.0.0.1", "localhost", "[::1]")]
