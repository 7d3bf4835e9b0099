"""Print the scores of a file of signals."""

from __future__ import annotations

from actions.signal_scores import ScoredSignals, score_signals
from console.cli.moments import day_start, user_zone
from console.cli.output import counted, emit_json, note, plain
from console.cli.signal_flaws import end_in_part
from console.cli.tables import table
from leads.clock import now


def print_scores(file: str, scoring: str, at: str | None, *, as_json: bool) -> None:
    """Score the signals of a file as of a moment, and print the companies."""
    moment = day_start(at) if at else now()
    found = score_signals(file, scoring, moment, user_zone(None).moment)
    if as_json:
        emit_json([one.as_json() for one in found.results])
    else:
        _show(found)
    _note_left_out(found)
    end_in_part(file, found.flaws)


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
