"""Record the signals of a file, and tell what came of them."""

from __future__ import annotations

from actions.inbound import LIST
from actions.session import open_session
from actions.signal_import import ImportedSignals, import_signals
from actions.where import Where
from console.cli.moments import user_zone
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import waiting
from console.cli.signal_flaws import end_in_part
from console.cli.signal_kinds import note_unknown
from console.cli.work import report_work
from leads.errors import PartlyDoneError

#: How many companies that nothing matches are named.
_SHOWN = 10
#: Why signals are left out.
_WHY = {
    "known": "recorded before, or twice in the file",
    "future": "later than now",
}


def record_signals(
    file: str,
    client: str,
    campaign: str | None,
    user: str | None,
    *,
    inbound: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Record the signals of a file, and print what came of them."""
    with waiting("recording signals") as progress, open_session(user, progress) as session:
        done = import_signals(
            session,
            file,
            Where(client, campaign),
            user_zone(None).moment,
            inbound=inbound,
            dry_run=dry_run,
        )
    counts = {"known": done.known, "future": done.future}
    if as_json:
        came = {"added": list(done.added), "leads": done.leads}
        counts |= {"machine": done.machine}
        emit_json({"recorded": done.recorded, **counts, **came, "unmatched": done.unmatched})
    else:
        how = "would be recorded" if dry_run else "recorded"
        emit(f"{counted(done.recorded.total(), 'signal')} {how}")
        for kind, number in done.recorded.most_common():
            emit(f"  {plain(kind)}: {number:,}")
        for word, number in counts.items():
            if number:
                note(f"{counted(number, 'signal')} left out: {_WHY[word]}")
        if done.machine:
            note(f"{counted(done.machine, 'signal')} caused by a machine: recorded, not counted")
        _tell_arrivals(done, dry_run=dry_run)
    note_unknown(done.recorded)
    for name, why in list(done.unmatched.items())[:_SHOWN]:
        note(f"{plain(name)}: {plain(why)}")
    if len(done.unmatched) > _SHOWN:
        note(f"and {len(done.unmatched) - _SHOWN:,} more; --json names all")
    if done.work is not None:
        report_work(done.work)
    end_in_part(file, done.flaws)
    if done.unmatched:
        raise PartlyDoneError(
            f"{counted(len(done.unmatched), 'company', 'companies')} of {file} matched nothing",
            "import the list that has them, then this file again",
        )


def _tell_arrivals(done: ImportedSignals, *, dry_run: bool) -> None:
    """Tell which companies came by themselves."""
    if done.added:
        how = "would be added" if dry_run else "added"
        shown = ", ".join(done.added[:_SHOWN])
        more = " …" if len(done.added) > _SHOWN else ""
        number = counted(len(done.added), "company", "companies")
        emit(f"{number} {how} to the list {LIST}: {plain(shown, 500)}{more}")
    if done.leads:
        told = "would be made" if dry_run else "see `sluice lead due`"
        emit(f"{counted(done.leads, 'new lead')}: {told}")
