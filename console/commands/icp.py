"""`sluice icp`: the ideal customer profile."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import counted, emit, emit_json, note
from console.commands import icp_diff, icp_explain, icp_new, icp_replay, icp_words

File = Annotated[str, typer.Argument(help="An ICP file (YAML); - for stdin.", metavar="FILE")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of profiles."""
    group = typer.Typer(
        name="icp",
        help="Write a profile, check it, put it in force, and see what it decides and why.",
        no_args_is_help=True,
    )
    for add in (
        icp_new.add_to,
        icp_words.add_to,
        _check,
        _schema,
        _use,
        icp_explain.add_to,
        icp_diff.add_to,
        icp_replay.add_to,
    ):
        add(group)
    app.add_typer(group)


def _check(group: typer.Typer) -> None:
    @group.command("check")
    def check(file: File, as_json: AsJson = False) -> None:
        """Read a profile and say what it asks, or what is wrong in which line.

        Says too which criteria nothing can meet, contradict each other, change nothing, or will
        find no answer in lists and pages. Exit code 1: as it stands, no company can ever fit.

        Example: sluice icp check examples/worked/icp.yaml
        """
        from dataclasses import asdict

        from actions.profiles import read_icp
        from leads.errors import SluiceError
        from qualify.check.checking import check as check_icp
        from qualify.words.read_back import read_back

        icp = read_icp(file).icp
        criteria = [
            {
                "section": section.value,
                "id": criterion.id,
                "attributes": list(criterion.attributes),
                "asks": read_back(criterion),
            }
            for section, criterion in icp.sections()
        ]
        remarks = [asdict(remark) for remark in check_icp(icp)]
        if as_json:
            said = {
                "icp": icp.name,
                "version": icp.version,
                "company_is": icp.company_is.value,
                "criteria": criteria,
                "remarks": remarks,
            }
            emit_json(said)
        else:
            wrong = counted(len(remarks), "remark") if remarks else "nothing wrong"
            emit(
                f"{icp.name} version {icp.version}:"
                f" {counted(len(criteria), 'criterion', 'criteria')}, {wrong}"
            )
            for one in criteria:
                emit(f"  {one['section']}: {one['id']}: {one['asks']}")
            for remark in remarks:
                emit(f"{remark['level']}: {remark['criterion']}: {remark['message']}")
        if any(remark["level"] == "problem" for remark in remarks):
            raise SluiceError(
                f"{icp.name} version {icp.version} can never be met",
                "change the criteria that are named as a problem",
            )


def _schema(group: typer.Typer) -> None:
    @group.command("schema")
    def schema(
        as_json: AsJson = False,  # noqa: ARG001
    ) -> None:
        """Print the JSON Schema of profiles, for editors that complete and check while one writes.

        Example: sluice icp schema > icp.schema.json
        """
        import json

        from qualify.profile.schema import schema as schema_of_profiles

        emit(json.dumps(schema_of_profiles(), indent=2))


def _use(group: typer.Typer) -> None:
    @group.command("use")
    def use(
        file: File,
        client: ClientName = "default",
        campaign: CampaignName = None,
        user: UserName = None,
        as_json: AsJson = False,
    ) -> None:
        """Put a profile version in force for a campaign and decide anew about its companies.

        A version that was used before with other criteria is refused: raise the number. The
        campaign is named after the profile unless --campaign says otherwise.

        Example: sluice icp use icp.yaml --campaign spring
        """
        from actions.actor import Right
        from actions.follow_up import work_off
        from actions.profiles import put_in_force, read_icp
        from actions.session import open_session
        from console.cli.warnings import note_warning
        from console.cli.work import note_others

        read = read_icp(file)
        icp = read.icp
        with open_session(user) as session:
            with session.write(Right.MANAGE) as work:
                used = put_in_force(work, work.client(client), campaign or icp.name, read)
            done = work_off(session)
        changed = used.changed
        note_warning(used.warning)
        note_others(done)
        if as_json:
            emit_json(
                {
                    "icp": icp.name,
                    "version": icp.version,
                    "campaign": campaign or icp.name,
                    "changed": changed,
                }
            )
            return
        emit(
            f"{icp.name} version {icp.version} {'is' if changed else 'was already'} in force for"
            f" {campaign or icp.name}"
        )
        note(
            "see `sluice campaign show` for the stages, `sluice queue next` for the first prospect"
        )
