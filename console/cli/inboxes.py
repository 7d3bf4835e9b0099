"""`sluice inbox`: addresses that take in signed messages and web forms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from actions import inboxes
from actions.inbox_forms import form_of
from actions.inbox_rules import AN_HOUR, fields_of
from actions.inboxes import Inbox, InboxRules, path_of
from actions.session import open_session
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.tables import table
from leads.errors import UsageError
from leads.inboxes import FORM, KINDS, WEBHOOK

Name = Annotated[str, typer.Argument(help="The inbox's name.", metavar="NAME")]
SecretFile = Annotated[
    str | None,
    typer.Option(
        "--secret-from", help="A file with the sender's secret; - is stdin.", metavar="FILE"
    ),
]
At = Annotated[str, typer.Option("--at", help="Where others reach this server.", metavar="ADDRESS")]
_SERVER = "http://127.0.0.1:8800"


def add(
    name: Name,
    kind: Annotated[str, typer.Argument(help="webhook or form.", metavar="KIND")],
    becomes: Annotated[
        str,
        typer.Option("--becomes", help="signal, outcome or company.", metavar="WHAT"),
    ] = "signal",
    signal_kind: Annotated[
        str, typer.Option("--kind", help="The kind of every signal.", metavar="KIND")
    ] = "",
    list_name: Annotated[
        str, typer.Option("--list", help="The list that companies go into.", metavar="NAME")
    ] = "",
    types: Annotated[
        list[str] | None,
        typer.Option("--type", help="Only messages of this type.", metavar="TYPE"),
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--map", help="Where a field stands.", metavar="FIELD=PLACE"),
    ] = None,
    origins: Annotated[
        list[str] | None,
        typer.Option("--origin", help="A site that has the form.", metavar="URL"),
    ] = None,
    thanks: Annotated[
        str, typer.Option("--thanks", help="Where a visitor goes then.", metavar="URL")
    ] = "",
    consent: Annotated[
        str, typer.Option("--consent", help="What a visitor agrees to.", metavar="TEXT")
    ] = "",
    an_hour: Annotated[
        int | None,
        typer.Option("--an-hour", help="How many are taken an hour.", metavar="NUMBER"),
    ] = None,
    secret_from: SecretFile = None,
    at: At = _SERVER,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Add an inbox.

    KIND is webhook or form. A webhook takes messages that are signed by the Standard Webhooks
    scheme: the secret is shown this once. A form takes what visitors of the client's site send. What
    comes in is done with your rights.

    Example: sluice inbox add demo form --origin https://www.nordwind.example
    """
    if kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of inbox", f"one of {', '.join(KINDS)}")
    rules = InboxRules(
        becomes=becomes,
        signal_kind=signal_kind,
        list_name=list_name,
        types=tuple(types or ()),
        fields=fields_of(fields or ()),
        origins=tuple(origins or ()),
        thanks=thanks,
        consent=consent,
        an_hour=AN_HOUR[kind] if an_hour is None else an_hour,
    )
    with open_session(user) as session:
        secret = _secret(secret_from)
        made = inboxes.add_inbox(session, Where(client, campaign), name, kind, rules, secret)
    _tell_secret(made, at, as_json=as_json)


def list_all(
    client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """List a client's inboxes.

    Example: sluice inbox list
    """
    with open_session(user) as session:
        found = inboxes.list_inboxes(session, client)
    rows = [_row(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "name": "NAME",
        "path": "PATH",
        "becomes": "BECOMES",
        "an_hour": "AN HOUR",
        "by": "BY",
        "created_at": "SINCE",
    }
    table(rows, columns, empty="there are no inboxes")


def show(
    name: Name,
    at: At = _SERVER,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show an inbox, and what came in last.

    Example: sluice inbox show demo
    """
    with open_session(user) as session:
        found = inboxes.show_inbox(session, client, name)
    last = [
        {"at": one.at, "state": one.state, "reason": one.reason or None, "id": one.message_id}
        for one in found.deliveries
    ]
    turned = [
        {"hour": one.hour, "reason": one.reason, "times": one.times, "last_at": one.last_at}
        for one in found.turned
    ]
    if as_json:
        emit_json({**_row(found.inbox), "last": last, "turned_away": turned})
        return
    address = at.rstrip("/") + path_of(found.inbox)
    emit(f"{found.inbox.kind} {plain(address)}, by {plain(found.inbox.by or 'a removed user')}")
    if found.inbox.kind == FORM:
        emit(_plain_lines(form_of(found.inbox, address)))
    columns = {"at": "WHEN", "state": "STATE", "reason": "BECAUSE", "id": "ID"}
    table(last, columns, empty="nothing came in yet")
    if turned:
        columns = {"hour": "HOUR", "reason": "TURNED AWAY BECAUSE", "times": "TIMES"}
        table(turned, columns, empty="nothing was turned away")


def rotate(
    name: Name,
    overlap: Annotated[
        str,
        typer.Option("--keep", help="How long the old secret counts; 0: no more.", metavar="TIME"),
    ] = "24h",
    secret_from: SecretFile = None,
    at: At = _SERVER,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Give an inbox another secret.

    Both secrets count until the time of --keep is over. The new one is shown this once.

    Example: sluice inbox rotate crm --keep 2h
    """
    with open_session(user) as session:
        secret = _secret(secret_from)
        made = inboxes.rotate_secret(session, client, name, overlap=overlap, secret=secret)
    _tell_secret(made, at, as_json=as_json)


def remove(
    name: Name,
    client: ClientName = "default",
    user: UserName = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Remove an inbox; what came in stays.

    Example: sluice inbox remove demo
    """
    with open_session(user) as session:
        found = inboxes.remove_inbox(session, client, name, dry_run=dry_run)
    if as_json:
        emit_json({"removed": found.name})
    else:
        emit(f"{path_of(found)} {'would take' if dry_run else 'takes'} nothing any more")


def _tell_secret(made: inboxes.AddedInbox, at: str, *, as_json: bool) -> None:
    inbox = made.inbox
    address = at.rstrip("/") + path_of(inbox)
    if as_json:
        emit_json({**_row(inbox), "secret": made.secret, "before_until": inbox.before_until})
        return
    emit(plain(address))
    if inbox.kind == FORM:
        emit(_plain_lines(form_of(inbox, address)))
    if made.secret:
        emit(f"secret: {made.secret}")
        note("the secret is not shown again")
    if inbox.kind == WEBHOOK and inbox.before_until:
        note(f"the secret before counts until {inbox.before_until:%Y-%m-%d %H:%M} UTC")


def _row(one: Inbox) -> dict[str, Any]:
    rules = one.rules
    return {
        "name": one.name,
        "kind": one.kind,
        "path": path_of(one),
        "becomes": rules.becomes,
        "signal_kind": rules.signal_kind or None,
        "list": rules.list_name or None,
        "types": rules.types,
        "map": rules.fields,
        "origins": rules.origins,
        "thanks": rules.thanks or None,
        "consent": rules.consent or None,
        "an_hour": rules.an_hour,
        "by": one.by,
        "created_at": one.created_at,
    }


def _plain_lines(text: str) -> str:
    """A text of several lines, each without signs that steer a terminal."""
    return "\n".join(plain(line, 500) for line in text.splitlines())


def _secret(path: str | None) -> str:
    """The secret that a file holds; empty when no file is named."""
    if path is None:
        return ""
    try:
        text = sys.stdin.readline() if path == "-" else Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}", "name a text file") from None
    found = text.strip()
    if not found:
        raise UsageError(f"{path} is empty", "it holds the secret that the sender shows")
    return found
