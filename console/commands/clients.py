"""`sluice client`, `sluice campaign` and `sluice user`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from console.cli.options import AsJson, ClientName
from console.cli.output import emit, emit_json, note
from console.cli.tables import table
from console.workplace import workplace

Name = Annotated[str, typer.Argument(help="The name.", metavar="NAME")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of clients, campaigns and users."""
    for group in (_client(), _campaign(), _user()):
        app.add_typer(group)


def _client() -> typer.Typer:
    group = typer.Typer(name="client", help="Whom the agency works for.", no_args_is_help=True)

    @group.command("add")
    def add(name: Name, as_json: AsJson = False) -> None:
        """Add a client.

        Example: sluice client add nordwind
        """
        from leads.store import clients

        with workplace() as at, at.store.write() as tx:
            made = clients.make_client(tx, name)
        emit_json({"id": made.id, "name": made.name}) if as_json else emit(made.name)

    @group.command("list")
    def show_all(as_json: AsJson = False) -> None:
        """List the clients.

        Example: sluice client list --json
        """
        from leads.store import clients

        with workplace() as at, at.store.read() as tx:
            rows = [asdict(row) for row in clients.every(tx)]
        if as_json:
            emit_json(rows)
        else:
            table(
                rows,
                {"name": "CLIENT", "created_at": "SINCE"},
                empty="no client yet: `sluice run` makes one called default",
            )

    @group.command("show")
    def show(name: Name, as_json: AsJson = False) -> None:
        """Show a client with its lists and campaigns.

        Example: sluice client show nordwind
        """
        from leads.store import campaigns, lists

        with workplace() as at, at.store.read() as tx:
            client_id = at.client(tx, name)
            found: dict[str, Any] = {
                "name": name,
                "lists": [asdict(row) for row in lists.listing(tx, client_id)],
                "campaigns": [asdict(row) for row in campaigns.of_client(tx, client_id)],
            }
        if as_json:
            emit_json(found)
            return
        table(
            found["lists"],
            {"name": "LIST", "role": "ROLE", "records": "RECORDS", "companies": "COMPANIES"},
            empty="no lists yet",
        )
        table(
            found["campaigns"],
            {"name": "CAMPAIGN", "created_at": "SINCE"},
            empty="no campaigns yet",
        )

    return group


def _campaign() -> typer.Typer:
    group = typer.Typer(
        name="campaign",
        help="One client's outreach with one profile in force.",
        no_args_is_help=True,
    )

    @group.command("add")
    def add(name: Name, client: ClientName = "default", as_json: AsJson = False) -> None:
        """Add a campaign; put its profile in force with `sluice icp use`.

        Example: sluice campaign add spring --client nordwind
        """
        from leads.store import campaigns

        with workplace() as at, at.store.write() as tx:
            made = campaigns.campaign_of(tx, at.client(tx, client), name, make=True)
        emit_json({"id": made.id, "name": made.name}) if as_json else emit(made.name)

    @group.command("list")
    def show_all(client: ClientName = "default", as_json: AsJson = False) -> None:
        """List a client's campaigns.

        Example: sluice campaign list --client nordwind
        """
        from leads.store import campaigns

        with workplace() as at, at.store.read() as tx:
            rows = [asdict(row) for row in campaigns.of_client(tx, at.client(tx, client))]
        if as_json:
            emit_json(rows)
        else:
            table(
                rows,
                {"name": "CAMPAIGN", "created_at": "SINCE"},
                empty="no campaign yet: `sluice icp use FILE` makes one",
            )

    @group.command("show")
    def show(name: Name, client: ClientName = "default", as_json: AsJson = False) -> None:
        """Show a campaign: its profile, its stages by fit, its queue.

        Example: sluice campaign show spring
        """
        from leads.store import profiles, queue, verdicts

        with workplace() as at, at.store.read() as tx:
            _, campaign_id = at.campaign(tx, client, name)
            icp = profiles.in_force(tx, campaign_id)
            found: dict[str, Any] = {
                "name": name,
                "icp": {"name": icp.name, "version": icp.version} if icp else None,
                "by_fit": verdicts.count_by_stage(tx, campaign_id),
                "queue": queue.counts(tx, campaign_id),
            }
        if as_json:
            emit_json(found)
            return
        emit(f"{name}: {f'{icp.name} version {icp.version}' if icp else 'no profile in force'}")
        for part in ("by_fit", "queue"):
            for key, count in found[part].items():
                emit(f"  {key}: {count:,}")

    return group


def _user() -> typer.Typer:
    group = typer.Typer(name="user", help="The people who work with Sluice.", no_args_is_help=True)

    @group.command("add")
    def add(
        name: Name,
        role: Annotated[str, typer.Option(help="admin, manager, sdr or operator.")] = "sdr",
        as_json: AsJson = False,
    ) -> None:
        """Add a person.

        Example: sluice user add ann --role sdr
        """
        from leads.errors import UsageError
        from leads.store import users

        if role not in ("admin", "manager", "sdr", "operator"):
            raise UsageError(f"{role!r} is no role", "one of admin, manager, sdr, operator")
        with workplace() as at, at.store.write() as tx:
            made = users.add(tx, name, role)
        emit_json({"id": made.id, "name": name, "role": role}) if as_json else emit(name)

    @group.command("list")
    def show_all(as_json: AsJson = False) -> None:
        """List the people.

        Example: sluice user list
        """
        from leads.store import users

        with workplace() as at, at.store.read() as tx:
            rows = [_user_row(row) for row in users.every(tx)]
        if as_json:
            emit_json(rows)
        else:
            table(
                rows,
                {"name": "USER", "role": "ROLE"},
                empty="nobody yet: anyone may pull with --as NAME",
            )

    @group.command("show")
    def show(name: Name, as_json: AsJson = False) -> None:
        """Show a person.

        Example: sluice user show ann
        """
        from leads.errors import NotFoundError
        from leads.store import users

        with workplace() as at, at.store.read() as tx:
            found = users.find(tx, name)
        if found is None:
            raise NotFoundError(f"there is no user {name!r}", "see `sluice user list`")
        if as_json:
            emit_json(_user_row(found))
        else:
            note(f"since {found.created_at:%Y-%m-%d}")
            emit(f"{found.name} ({found.role})")

    return group


def _user_row(user: Any) -> dict[str, Any]:
    """A user as it is printed."""
    row = asdict(user)
    del row["clients"]
    return row
