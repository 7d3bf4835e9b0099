"""`sluice webhook`: addresses that receive what happens."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import webhooks
from actions.session import open_session
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.tables import table

Which = Annotated[str, typer.Argument(help="A webhook's id or address.", metavar="WEBHOOK")]


def add(
    url: Annotated[str, typer.Argument(help="A public https address.", metavar="URL")],
    types: Annotated[
        list[str] | None,
        typer.Option("--type", help="Such as company.won; default: every type.", metavar="TYPE"),
    ] = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Add a webhook.

    Messages are signed by the Standard Webhooks scheme. The secret is shown this once: store it
    where the messages are received.

    Example: sluice webhook add https://hooks.example/sluice --type company.won
    """
    with open_session(user) as session:
        made = webhooks.add(session, client, url, types or ())
    if as_json:
        emit_json({"webhook_id": made.id, "url": made.url, "secret": made.secret})
        return
    emit(f"{made.id}  {plain(made.url)}")
    emit(f"secret: {made.secret}")
    note("the secret is not shown again")


def list_all(
    client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """List a client's webhooks.

    Example: sluice webhook list
    """
    with open_session(user) as session:
        found = webhooks.list_all(session, client)
    rows = [
        {
            "webhook_id": one.id,
            "url": one.url,
            "types": one.types.split() or ["every type"],
            "delivered_at": one.delivered_at,
            "state": "disabled" if one.disabled_at else "on",
            "error": one.error or None,
        }
        for one in found
    ]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "webhook_id": "ID",
        "url": "ADDRESS",
        "types": "TYPES",
        "state": "STATE",
        "delivered_at": "DELIVERED",
        "error": "ERROR",
    }
    table(rows, columns, empty="there are no webhooks")


def remove(
    webhook: Which,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Remove a webhook, with the messages that wait for it.

    Example: sluice webhook remove https://hooks.example/sluice
    """
    with open_session(user) as session:
        url = webhooks.remove(session, client, webhook)
    if as_json:
        emit_json({"removed": url})
    else:
        emit(f"{plain(url)} is no webhook any more")


def send_test(
    webhook: Which,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Send a test message to a webhook.

    Example: sluice webhook test https://hooks.example/sluice
    """
    with open_session(user) as session:
        status = webhooks.send_test(session, client, webhook)
    if as_json:
        emit_json({"status": status})
    else:
        emit(f"it answered {status}")
