"""`sluice icp replay`: whether stored verdicts follow from stored facts."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.options import AsJson, CampaignName, ClientName
from console.cli.output import emit, emit_json
from console.workplace import workplace


def add_to(group: typer.Typer) -> None:
    """Add the command to the profile's."""

    @group.command("replay")
    def replay(
        every: Annotated[
            bool, typer.Option("--every", help="The superseded verdicts too.")
        ] = False,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Decide every stored verdict again from the facts and the profile version it names, and
        compare.

        Exit code 1: some came out otherwise. Verdicts of an older evaluator may; they are counted
        apart. Nothing is written.

        Example: sluice icp replay --client nordwind
        """
        from leads.errors import SluiceError
        from qualify.run.replaying import replay as replay_all
        from qualify.run.replaying import replayed_json

        with workplace() as at, at.store.read() as tx:
            _, campaign_id = at.campaign(tx, client, campaign)
            found = replay_all(tx, campaign_id, every=every)
        if as_json:
            emit_json(replayed_json(found))
        else:
            emit(
                f"{found.verdicts:,} verdicts decided again: {found.same:,} the same,"
                f" {len(found.different):,} different"
            )
            if found.by_other_versions:
                emit(
                    f"{found.by_other_versions:,} more differ, decided by an older evaluator;"
                    " `sluice qualify` decides anew"
                )
        if found.different:
            raise SluiceError(
                f"{len(found.different)} verdicts do not follow from their facts",
                "`sluice qualify` decides anew; please report it",
            )
