"""`sluice qualify`: companies against a profile, from a table without a store, or all of a
campaign's anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.options import AsJson, CampaignName, ClientName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.workplace import workplace

if TYPE_CHECKING:
    from intake.read_list import Reading, Row
    from qualify.profile.icp import Icp

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}
_TURNED = {"yes": "no", "no": "yes", "unknown": "unknown"}


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("qualify")
    def qualify(
        file: Annotated[
            str | None,
            typer.Argument(
                help="A table of companies: CSV, XLSX or JSONL; - for stdin.", metavar="[FILE]"
            ),
        ] = None,
        icp: Annotated[
            str | None,
            typer.Option("--icp", help="The ICP file; needed with FILE.", metavar="FILE"),
        ] = None,
        mapping: Annotated[
            list[str] | None,
            typer.Option("--map", help="Say what a column is.", metavar="FIELD=COLUMN"),
        ] = None,
        encoding: Annotated[
            str | None, typer.Option("--encoding", help="Needed for files that are not UTF-8.")
        ] = None,
        sheet: Annotated[
            str | None, typer.Option("--sheet", help="Of an XLSX, by name or number.")
        ] = None,
        as_lines: Annotated[
            bool, typer.Option("--jsonl", help="Print one JSON object per line.")
        ] = False,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Say of each row of FILE whether the company fits, why, and what would decide it; nothing
        is stored.

        Without FILE: decide anew about every company of the client's campaign, and count.

        Example: sluice qualify companies.csv --icp icp.yaml --json
        """
        from console.profiles import read_icp
        from leads.errors import UsageError

        if file is None:
            if icp is not None:
                raise UsageError(
                    "--icp without a table",
                    "name the table, or put the profile in force with `sluice icp use`",
                )
            found = _anew(client, campaign)
            emit_json(found) if as_json else _print_counts(found)
            return
        if icp is None:
            raise UsageError("a table needs a profile", "add --icp FILE")
        reading = _open(file, mapping or [], encoding, sheet)
        profile, _ = read_icp(icp)
        stated = set[str]()
        answers = _answers(_noting(reading, stated), profile)
        if as_lines:
            emit_json(answers, lines=True)
        elif as_json:
            emit_json(list(answers))
        else:
            sections = {criterion.id: section.value for section, criterion in profile.sections()}
            for one in answers:
                _print(one, sections)
        _say_not_stated(reading, profile, stated)
        _say_rejected(reading)


def _open(file: str, mapping: list[str], encoding: str | None, sheet: str | None) -> Reading:
    from console.list_options import read_options
    from intake.read_list import open_reading

    return open_reading(
        file,
        read_options(mapping, encoding, sheet, None),
        source=f"file:{Path(file).name}",
        client_id=None,
    )


def _answers(rows: Iterable[Row], icp: Icp) -> Iterator[dict[str, Any]]:
    from console.profiles import warn
    from intake.parsed_list import name_of
    from leads.clock import now
    from qualify.bulk.table import qualify_rows
    from qualify.members.roll_up import of_table

    warn(of_table(icp.company_is))
    return qualify_rows(
        icp, ((row.row, name_of(row.facts), row.facts) for row in rows), now().date()
    )


def _noting(rows: Iterable[Row], stated: set[str]) -> Iterator[Row]:
    """The same rows; the attributes that any of them states are put into `stated`."""
    for row in rows:
        stated.update(fact.attribute for fact in row.facts)
        yield row


def _say_not_stated(reading: Reading, icp: Icp, stated: set[str]) -> None:
    """Name what the profile asks and a column could give, but none does: the column may have a name
    that nobody knows.
    """
    from intake.mapping import fields
    from leads.attributes import CUSTOM
    from qualify.profile.criteria import Section

    if not reading.accepted:
        return
    asked = dict.fromkeys(
        name
        for section, one in icp.sections()
        if section is not Section.MUST_NOT
        for name in one.attributes
    )
    for name in asked:
        could = name in fields() or name.startswith(CUSTOM)
        if could and name not in stated and not reading.mapping.of(name):
            note(f"the profile asks {name}; no column gives it: if one does, --map {name}=COLUMN")


def _print(one: dict[str, Any], sections: dict[str, str]) -> None:
    score, verdict = one["score"], one["verdict"].replace("_", " ")
    points = f"{score['worst']} to {score['best']}" if "score" in sections.values() else "-"
    emit(f"{one['row']:>5} {plain(one['name'])}: {one['stage']} ({verdict}, score {points})")
    for answer in one["answers"]:
        against = sections[answer["criterion"]] == "must_not"
        mark = _MARKS[_TURNED[answer["answer"]] if against else answer["answer"]]
        emit(f"        {mark} {answer['criterion']}: {plain(answer['reason'])}")
    if one["what_next"]:
        emit(f"        {plain(one['what_next'])}")


def _say_rejected(reading: Reading) -> None:
    from console.imports import about
    from leads.errors import PartlyDoneError

    for line in about(reading):
        note(line)
    if not reading.accepted + reading.rejected:
        note(f"{plain(reading.file_name)} has no rows")
    if reading.rejected:
        raise PartlyDoneError(
            f"{counted(reading.rejected, 'row')} {'was' if reading.rejected == 1 else 'were'}"
            " rejected",
            "`sluice import FILE --dry-run` says why",
        )


def _anew(client: str, campaign: str | None) -> dict[str, Any]:
    from leads.changes import IcpChanged
    from leads.store import companies
    from workers.inline import work_off_own
    from workers.pipeline import CHEAP, follow
    from workers.report import funnel

    progress = Progress()
    with workplace() as at:
        context = at.context(progress=progress)
        with at.store.write() as tx:
            client_id, campaign_id = at.campaign(tx, client, campaign)
            follow(tx, [IcpChanged(client_id, campaign_id)], context.trace_id)
        try:
            work_off_own(context, CHEAP)
        finally:
            progress.end()
        with at.store.read() as tx:
            ids = sorted(companies.companies_of(tx, client_id))
            return {
                "companies": len(ids),
                **funnel(tx, client_id, campaign_id, ids, context.secret),
            }


def _print_counts(found: dict[str, Any]) -> None:
    emit(counted(found["companies"], "company", "companies"))
    for name, count in found["stages"].items():
        emit(f"  {name.replace('_', ' ')}: {count:,}")
