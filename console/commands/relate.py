"""`sluice dedupe relate` and `unrelate`: which companies are sites, brands and parts of others."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.options import AsJson, ClientName, Reason, UserName
from console.cli.output import emit, emit_json, plain
from console.workplace import workplace
from leads.errors import UsageError

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]


def add_to(group: typer.Typer) -> None:
    """Add both commands."""
    _relate(group)
    _unrelate(group)


def _relate(group: typer.Typer) -> None:
    @group.command("relate")
    def relate(
        company: Company,
        kind: Annotated[
            str,
            typer.Argument(
                help="What it is of the other: site_of, brand_of or part_of.", metavar="KIND"
            ),
        ],
        other: Annotated[str, typer.Argument(help="The company it belongs to.", metavar="OTHER")],
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Say that a company is a site, a brand or a part of another; a profile's company_is says
        which of these count together.

        Example: sluice dedupe relate "Nordwind Service" part_of "Nordwind Holding"
        """
        from console.at_once import ask_for, work_off
        from dedupe.run.linking import relate as link
        from leads.company_links import SAID, LinkKind

        if kind not in [one.value for one in LinkKind]:
            raise UsageError(
                f"{kind!r} is no way to belong together", f"use one of: {', '.join(LinkKind)}"
            )
        with workplace() as at:
            with at.store.write() as tx:
                said, changes = link(
                    tx, at.client(tx, client), company, LinkKind(kind), other, at.user(user), reason
                )
                ask_for(tx, changes)
            work_off(at)
        (
            emit_json(said)
            if as_json
            else emit(
                f"{plain(said['company'])} is {SAID[LinkKind(kind)]} {plain(said['of'])} from"
                " now on"
            )
        )


def _unrelate(group: typer.Typer) -> None:
    @group.command("unrelate")
    def unrelate(
        company: Company,
        other: Annotated[
            str, typer.Argument(help="The company it does not belong to.", metavar="OTHER")
        ],
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Say that two companies do not belong together; it is remembered whatever lists and pages
        say.

        Example: sluice dedupe unrelate "Nordwind Service" "Nordwind Holding" --reason "sold in May"
        """
        from console.at_once import ask_for, work_off
        from dedupe.run.linking import unrelate as part

        with workplace() as at:
            with at.store.write() as tx:
                said, changes = part(
                    tx, at.client(tx, client), company, other, at.user(user), reason
                )
                ask_for(tx, changes)
            work_off(at)
        (
            emit_json(said)
            if as_json
            else emit(
                f"{plain(said['unrelated'][0])} and {plain(said['unrelated'][1])} do not belong"
                " together"
            )
        )
