"""`sluice outcomes undo`."""

from __future__ import annotations

from collections.abc import Iterator

from actions.session import open_session
from actions.undo_outcomes import UndoneOutcomes, undo_outcomes
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.work import report_work


def undo(
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Undo the last import of outcomes.

    Its signals are taken back. Its suppressions end, unless another import asks for the same one.
    Companies that it closed stand as before, unless somebody changed that since. The file may be
    imported again. Run it again to undo the import before.

    Example: sluice outcomes undo --dry-run
    """
    with open_session(user) as session:
        done = undo_outcomes(session, Where(client, campaign), dry_run=dry_run)

    if as_json:
        _json(done, dry_run=dry_run)
    else:
        first, *rest = _lines(done, dry_run=dry_run)
        emit(first)
        for line in rest:
            note(line)
    report_work(done.work)


def _json(done: UndoneOutcomes, *, dry_run: bool) -> None:
    found = done.taken_back
    emit_json(
        {
            "import": {
                "file": done.of.file,
                "profile": done.of.source,
                "by": done.of.by,
                "at": done.of.at,
            },
            "signals": found.signals,
            "suppressions_ended": found.lifted,
            "suppressions_kept": found.kept,
            "relationships_restored": found.restored,
            "relationships_changed_since": found.changed_since,
            "dry_run": dry_run,
        }
    )


def _lines(done: UndoneOutcomes, *, dry_run: bool) -> Iterator[str]:
    found, verb = done.taken_back, "would be undone" if dry_run else "undone"
    what = f"{plain(done.of.file)} of {done.of.at:%Y-%m-%d %H:%M} UTC by {plain(done.of.by)}"
    yield f"{what} {verb}: {counted(found.signals, 'signal')} taken back"
    if found.lifted:
        yield f"{counted(found.lifted, 'suppression')} ended"
    if found.kept:
        yield f"{counted(found.kept, 'suppression')} kept: another import asks for the same"
    if found.restored:
        said = counted(found.restored, "company stands", "companies stand")
        yield f"{said} as before"
    if found.changed_since:
        said = counted(found.changed_since, "company", "companies")
        yield f"{said} left alone: changed since"
