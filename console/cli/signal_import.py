"""`sluice signal import`: record the signals of a file, or score them without a database."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.moments import user_zone
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.signal_flaws import end_in_part
from leads.errors import PartlyDoneError, UsageError

#: How many companies that nothing matches are named.
_SHOWN = 10


def import_file(
    file: Annotated[
        str, typer.Argument(help="Signals, one JSON object a line; - for stdin.", metavar="FILE")
    ],
    scoring: Annotated[
        str | None,
        typer.Option(
            "--scoring", help="Score with this file; nothing is recorded.", metavar="SCORING"
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", help="With --scoring: score as of this time; default: now.", metavar="TIME"
        ),
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record the signals of a file, or score them.

    Each line is an object with company (domain, name or id), kind, at and id; contact, channel,
    source, link, agent, value and machine may follow. The order of the lines and repeated ids
    change nothing. With --scoring no database is used. Exit code 5: lines could not be read, or no
    company matches.

    Example: sluice signal import signals.jsonl --scoring examples/scoring/seed.yaml --json
    """
    if scoring is not None:
        # Without the database, whose import takes a second.
        from console.cli.signal_scores import print_scores

        print_scores(file, scoring, at, as_json=as_json)
        return
    if at is not None:
        raise UsageError("--at needs --scoring", "add --scoring FILE, or leave --at out")
    _record(file, client, campaign, user, dry_run=dry_run, as_json=as_json)


def _record(
    file: str,
    client: str,
    campaign: str | None,
    user: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from actions.session import open_session
    from actions.signal_import import import_signals
    from actions.where import Where
    from console.cli.signal_kinds import note_unknown
    from console.cli.work import report_work

    with open_session(user) as session:
        done = import_signals(
            session, file, Where(client, campaign), user_zone(None).moment, dry_run=dry_run
        )
    counts = {"known": done.known, "machine": done.machine, "future": done.future}
    if as_json:
        emit_json({"recorded": done.recorded, **counts, "unmatched": done.unmatched})
    else:
        how = "would be recorded" if dry_run else "recorded"
        emit(f"{counted(done.recorded.total(), 'signal')} {how}")
        for kind, number in done.recorded.most_common():
            emit(f"  {plain(kind)}: {number:,}")
        for word, number in counts.items():
            if number:
                note(f"{counted(number, 'signal')} left out: {_WHY[word]}")
    note_unknown(done.recorded)
    for name, why in list(done.unmatched.items())[:_SHOWN]:
        note(f"{plain(name)}: {plain(why)}")
    if done.work is not None:
        report_work(done.work)
    end_in_part(file, done.flaws)
    if done.unmatched:
        raise PartlyDoneError(
            f"{counted(len(done.unmatched), 'company', 'companies')} of {file} matched nothing",
            "import the list that has them, then this file again",
        )


_WHY = {
    "known": "recorded before, or twice in the file",
    "machine": "caused by a machine",
    "future": "later than now",
}
