"""`sluice crawl opt-out`, `opt-outs` and `opt-in`: hosts whose owners want no visits."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import opted_out
from actions.session import open_session
from console.cli.options import AsJson, Reason, UserName
from console.cli.output import emit, emit_json, plain
from console.cli.tables import table

Host = Annotated[str, typer.Argument(help="A host, such as acme.example.", metavar="HOST")]


def opt_out(
    host: Host, reason: Reason = "", user: UserName = None, as_json: AsJson = False
) -> None:
    """Leave a host alone: no visit, no redirect to it.

    Hosts below it are left alone too. The list counts for every client, and before each request.

    Example: sluice crawl opt-out acme.example --reason "asked by letter"
    """
    with open_session(user) as session:
        name, added = opted_out.add_host(session, host, reason)

    if as_json:
        emit_json({"host": name, "added": added})
    else:
        emit(f"{plain(name)} is {'' if added else 'already '}left alone")


def opt_outs(user: UserName = None, as_json: AsJson = False) -> None:
    """List the hosts that are left alone.

    Example: sluice crawl opt-outs
    """
    with open_session(user) as session:
        found = opted_out.list_hosts(session)

    rows = [asdict(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    titles = {"host": "HOST", "reason": "REASON", "who": "BY", "added_at": "SINCE"}
    table(rows, titles, empty="no host is left alone")


def opt_in(host: Host, reason: Reason = "", user: UserName = None, as_json: AsJson = False) -> None:
    """Allow visits to a host again.

    Example: sluice crawl opt-in acme.example
    """
    with open_session(user) as session:
        name = opted_out.remove_host(session, host, reason)

    if as_json:
        emit_json({"host": name})
    else:
        emit(f"{plain(name)} may be visited again")
