"""`sluice signal import`: score the signals of a file."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.signal_scores import ScoredSignals, score_signals
from console.cli.moments import day_start, user_zone
from console.cli.options import AsJson
from console.cli.output import counted, emit_json, note, plain
from console.cli.tables import table
from leads.clock import now
from leads.errors import PartlyDoneError

#: How many lines that cannot be read are named.
_SHOWN = 5


def import_file(
    file: Annotated[
        str, typer.Argument(help="Signals, one JSON object a line; - for stdin.", metavar="FILE")
    ],
    scoring: Annotated[str, typer.Option("--scoring", help="The scoring file.", metavar="SCORING")],
    at: Annotated[
        str | None,
        typer.Option("--at", help="Score as of this time; default: now.", metavar="TIME"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score the signals of a file.

    No database is used. Each line is an object with company, kind, at and id; contact, channel,
    source, link, agent, value and machine may follow. The order of the lines and repeated ids
    change nothing. Exit code 5: lines could not be read.

    Example: sluice signal import signals.jsonl --scoring examples/scoring/seed.yaml --json
    """
    moment = day_start(at) if at else now()
    found = score_signals(file, scoring, moment, user_zone(None).moment)
    if as_json:
        emit_json([one.as_json() for one in found.results])
    else:
        _show(found)
    _note_left_out(found)
    if found.flaws:
        for flaw in found.flaws[:_SHOWN]:
            note(f"{file}:{flaw.line}: {plain(flaw.message)}")
        raise PartlyDoneError(
            f"{counted(len(found.flaws), 'line')} of {file} could not be read",
            'write {"company": "acme.example", "kind": "quote_requested", "at":'
            ' "2026-11-20T10:00:00Z", "id": "1"}',
        )


def _show(found: ScoredSignals) -> None:
    rows = [
        {
            "company": one.company,
            "engagement": one.engagement,
            "temperature": found.scoring.labels.get(one.temperature, one.temperature),
            "cold": one.cold_at,
            "qualifications": [found.scoring.labels.get(name, name) for name in one.qualifications],
            "suppressed": one.suppressed,
        }
        for one in found.results
    ]
    columns = {
        "engagement": "SCORE",
        "temperature": "TEMPERATURE",
        "cold": "COLD AT",
        "company": "COMPANY",
        "qualifications": "QUALIFIED AS",
        "suppressed": "SUPPRESSED",
    }
    table(rows, columns, empty="there are no signals")


def _note_left_out(found: ScoredSignals) -> None:
    """Say which signals were read and do not count."""
    if found.future:
        note(f"{counted(found.future, 'signal')} later than {plain(found.at)} UTC left out")
    if found.repeats:
        note(f"{counted(found.repeats, 'signal')} with an id that came before left out")
    if found.machine:
        note(f"{counted(found.machine, 'signal')} caused by a machine left out")
    for word, (number, near) in found.unknown_kinds.items():
        note(f"{counted(number, 'signal')} left out: there is no kind {plain(word)}{plain(near)}")
