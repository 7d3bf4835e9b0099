"""`sluice queue answer`: what a prospect said, kept as a fact, and decided about anew."""

from __future__ import annotations

from typing import Annotated

import typer

from console.options import AsJson, CampaignName, ClientName, UserName
from console.output import emit, emit_json, note, plain
from console.workplace import workplace


def add_to(group: typer.Typer) -> None:
    """Add the command to the queue's."""

    @group.command("answer")
    def answer(
        company: Annotated[str, typer.Argument(help="A company, by name, domain or id.")],
        criterion: Annotated[
            str,
            typer.Argument(help="The criterion's id, as the card and `sluice icp check` show it."),
        ],
        said: Annotated[
            str,
            typer.Argument(
                help="yes or no, or release to take back what was said.", metavar="yes|no|release"
            ),
        ],
        user: UserName = None,
        value: Annotated[
            str | None,
            typer.Option(
                "--value", help="What exactly was said: 85, 6 Mio. EUR, Odoo.", metavar="TEXT"
            ),
        ] = None,
        text: Annotated[
            str,
            typer.Option(
                "--note", help="In whose words, for the next one who looks.", metavar="TEXT"
            ),
        ] = "",
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Write down a company's own answer to a criterion, and decide about it anew.

        The answer stands above what lists and pages say until it is released or too old; nothing
        that was known is lost.

        Example: sluice queue answer "Nordwind Maschinenbau" windows yes --as ann --note "all PCs"
        """
        from console.at_once import ask_for, work_off
        from leads.answers import Answer
        from leads.errors import UsageError
        from leads.store import companies, verdicts
        from qualify.run import person_answers

        choices = {Answer.YES.value: Answer.YES, Answer.NO.value: Answer.NO, "release": None}
        if said.casefold() not in choices:
            raise UsageError(
                f"{said!r} is no answer",
                "say yes, no or release; what nobody knows needs no answer",
            )
        with workplace() as at:
            with at.store.write() as tx:
                client_id, campaign_id = at.campaign(tx, client, campaign)
                word = person_answers.PersonAnswer(
                    company=company,
                    criterion=criterion,
                    answer=choices[said.casefold()],
                    by=at.user(user),
                    value=value,
                    note=text,
                )
                result, changes = person_answers.answer(tx, client_id, campaign_id, word)
                ask_for(tx, changes)
            work_off(at)
            with at.store.read() as tx:
                company_id = companies.find(tx, client_id, company)["id"]
                verdict = verdicts.in_force(tx, campaign_id, [company_id]).get(company_id)
        result |= (
            {"verdict": verdict.verdict, "stage": verdict.fit_stage}
            if verdict
            else {"verdict": None, "stage": "name"}
        )
        if as_json:
            emit_json(result)
            return
        emit(
            f"{plain(result['company'])}: {criterion} {result['answer']}; it is a"
            f" {result['stage']} now"
        )
        note("see `sluice icp explain COMPANY` for all answers")
