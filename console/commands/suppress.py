"""`sluice suppress`: who must not be contacted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.at_once import ask_for, work_off
from console.cli.options import AsJson, CampaignName, ClientName, Reason, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.tables import table
from console.workplace import workplace

if TYPE_CHECKING:
    from uuid import UUID

    from leads.changes import Change
    from leads.store.suppressions import SuppressionRow

Text = Annotated[
    str,
    typer.Argument(
        help="A company's name, a domain, an e-mail address or a phone number.", metavar="WHOM"
    ),
]
KindOf = Annotated[
    str | None,
    typer.Option("--kind", help="company, domain, email or phone; default: what it looks like."),
]
Level = Annotated[
    str, typer.Option("--level", help="law, agency (every client), client or campaign.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of suppression."""
    group = typer.Typer(
        name="suppress",
        help="Who must not be contacted, whatever list names them.",
        no_args_is_help=True,
    )
    for add in (_add, _check, _list, _remove, _import):
        add(group)
    app.add_typer(group)


def _add(group: typer.Typer) -> None:
    @group.command("add")
    def add(
        text: Text,
        kind: KindOf = None,
        level: Level = "client",
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Suppress a company, domain, e-mail address or phone number from now on.

        Example: sluice suppress add acme.example --reason "asked us to stop"
        """
        from outreach.keys import keys_of_text
        from outreach.run.suppress import SuppressionRequest
        from outreach.run.suppress import add as suppress

        meant, _ = keys_of_text(text, kind)
        with workplace() as at:
            context = at.context()
            with at.store.write() as tx:
                client_id, campaign_id = _where(at, tx, client, campaign, level)
                wish = SuppressionRequest(
                    kind=kind,
                    text=text,
                    level=level,
                    by=at.user(user),
                    reason=reason,
                    client_id=client_id,
                    campaign_id=campaign_id,
                )
                added = suppress(tx, wish, context.secret)
                fresh = added.is_new
                ask_for(tx, added.changes)
            work_off(at)
        if as_json:
            emit_json({"kind": meant, "subject": text, "level": level, "new": fresh})
        else:
            emit(f"{meant} {text}: {'suppressed' if fresh else 'was suppressed already'}")


def _check(group: typer.Typer) -> None:
    @group.command("check")
    def check(
        text: Text,
        kind: KindOf = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Say whether somebody is suppressed, and by which request.

        Example: sluice suppress check "Acme GmbH"
        """
        from outreach.run.suppress import check as look

        with workplace() as at, at.store.read() as tx:
            client_id, campaign_id = _where(
                at, tx, client, campaign, "campaign" if campaign else "client"
            )
            hits = look(tx, client_id, campaign_id, text, kind, at.context().secret)
        if as_json:
            emit_json({"suppressed": bool(hits), "by": [_shown(hit) for hit in hits]})
            return
        for hit in hits:
            emit(
                f"suppressed: {hit.subject}, by {hit.by} on {hit.at:%Y-%m-%d} for"
                f" {hit.level} {hit.reason}".rstrip()
            )
        if not hits:
            emit("not suppressed")


def _list(group: typer.Typer) -> None:
    @group.command("list")
    def show_all(client: ClientName = "default", as_json: AsJson = False) -> None:
        """List what is suppressed for a client, the agency's and the law's included.

        Example: sluice suppress list --json
        """
        from leads.store import suppressions

        with workplace() as at, at.store.read() as tx:
            rows = [_shown(row) for row in suppressions.listing(tx, at.client(tx, client))]
        if as_json:
            emit_json(rows)
            return
        columns = {
            "subject": "WHOM",
            "kind": "KIND",
            "key": "FORM",
            "level": "LEVEL",
            "by": "BY",
            "at": "SINCE",
            "request_id": "REQUEST",
        }
        table(rows, columns, empty="nobody is suppressed")


def _remove(group: typer.Typer) -> None:
    @group.command("end")
    def end(
        request: Annotated[
            str, typer.Argument(help="The request's id, from `sluice suppress list`.")
        ],
        level: Level = "client",
        user: UserName = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Take one request back, under all its forms; what another request asked for stays.

        Example: sluice suppress end 0199a8c0-1111-7222-8333-444455556666
        """
        from uuid import UUID

        from leads.errors import UsageError
        from outreach.run.suppress import end as end_suppression

        try:
            request_id = UUID(request)
        except ValueError:
            raise UsageError(
                f"{request!r} is no request id", "copy it from `sluice suppress list`"
            ) from None
        with workplace() as at:
            with at.store.write() as tx:
                client_id, secret = at.client(tx, client), at.context().secret
                ask_for(
                    tx,
                    end_suppression(tx, request_id, client_id, level, at.user(user), secret),
                )
            work_off(at)
        emit_json({"ended": request_id}) if as_json else emit(f"ended {request_id}")


def _import(group: typer.Typer) -> None:
    @group.command("import")
    def read(
        file: Annotated[
            str,
            typer.Argument(
                help="A text file, one company, domain, address or number a line; - for stdin."
            ),
        ],
        level: Level = "client",
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Suppress everything a file names; the same file twice changes nothing.

        Example: sluice suppress import robinson-list.txt --level agency
        """
        from leads.errors import PartlyDoneError, UsageError
        from leads.sheets.text_lines import lines_of
        from outreach.run.suppress import SuppressionRequest
        from outreach.run.suppress import add as suppress

        counts, bad = {"new": 0, "known": 0, "rejected": 0}, []
        changes: list[Change] = []
        with workplace() as at:
            context = at.context()
            with at.store.write() as tx:
                client_id, campaign_id = _where(at, tx, client, campaign, level)
                for number, text in lines_of(file):
                    wish = SuppressionRequest(
                        kind=None,
                        text=text,
                        level=level,
                        by=at.user(user),
                        reason=reason or f"from {file}",
                        client_id=client_id,
                        campaign_id=campaign_id,
                    )
                    try:
                        added = suppress(tx, wish, context.secret)
                    except UsageError as error:
                        bad.append(f"line {number}: {error.message}")
                        continue
                    counts["new" if added.is_new else "known"] += 1
                    changes += added.changes
                counts["rejected"] = len(bad)
                ask_for(tx, changes)
            work_off(at)
        (
            emit_json(counts)
            if as_json
            else emit(", ".join(f"{count} {name}" for name, count in counts.items()))
        )
        for line in bad[:20]:
            note(line)
        if bad:
            raise PartlyDoneError(
                f"{counted(len(bad), 'line')} could not be read",
                "mend them and import the file again: what is known stays as it is",
            )


def _where(
    at: Any, tx: Any, client: str, campaign: str | None, level: str
) -> tuple[UUID, UUID | None]:
    if level == "campaign":
        found: tuple[UUID, UUID] = at.campaign(tx, client, campaign)
        return found
    return at.client(tx, client), None


def _shown(row: SuppressionRow) -> dict[str, Any]:
    return {
        key: getattr(row, key)
        for key in ("request_id", "subject", "kind", "key", "level", "reason", "by", "at")
    }
