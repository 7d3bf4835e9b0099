"""`sluice icp`: the ideal customer profile."""

from __future__ import annotations

from typing import Annotated

import typer

from console.options import AsJson, CampaignName, ClientName, UserName
from console.output import emit, emit_json, note
from console.workplace import workplace

File = Annotated[str, typer.Argument(help="An ICP file (YAML); - for stdin.", metavar="FILE")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of profiles."""
    group = typer.Typer(name="icp", help="Check a profile, put it in force.", no_args_is_help=True)
    _check(group)
    _use(group)
    app.add_typer(group)


def _check(group: typer.Typer) -> None:
    @group.command("check")
    def check(file: File, as_json: AsJson = False) -> None:
        """Read a profile and say what it asks, or what is wrong in which line.

        Example: sluice icp check examples/worked/icp.yaml
        """
        from console.profiles import read_icp

        icp, _ = read_icp(file)
        criteria = [
            {"section": section.value, "id": criterion.id, "attributes": list(criterion.attributes)}
            for section, criterion in icp.sections()
        ]
        if as_json:
            emit_json({"icp": icp.name, "version": icp.version, "company_is": icp.company_is.value, "criteria": criteria})
            return
        emit(f"{icp.name} version {icp.version}: {len(criteria)} criteria, nothing wrong")
        for one in criteria:
            emit(f"  {one['section']}: {one['id']}")


def _use(group: typer.Typer) -> None:
    @group.command("use")
    def use(
        file: File, client: ClientName = "default", campaign: CampaignName = None, user: UserName = None, as_json: AsJson = False
    ) -> None:
        """Put a profile version in force for a campaign and decide anew about its companies.

        A version that was used before with other criteria is refused: raise the number. The campaign is named after the profile
        unless --campaign says otherwise.

        Example: sluice icp use icp.yaml --campaign spring
        """
        from console.commands.queue import work_off
        from console.profiles import put_in_force, read_icp

        icp, text = read_icp(file)
        with workplace() as at:
            with at.store.write() as tx:
                client_id = at.client(tx, client)
                _, changed = put_in_force(tx, client_id, campaign or icp.name, icp, text, at.user(user))
            work_off(at)
        if as_json:
            emit_json({"icp": icp.name, "version": icp.version, "campaign": campaign or icp.name, "changed": changed})
            return
        emit(f"{icp.name} version {icp.version} {'is' if changed else 'was already'} in force for {campaign or icp.name}")
        note("see `sluice campaign show` for the stages, `sluice queue next` for the first prospect")
