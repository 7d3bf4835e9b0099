"""Write companies to a file that another tool imports, and list what was written."""

from __future__ import annotations

from collections.abc import Callable

from actions.actor import Right
from actions.export_attribution import attribute
from actions.export_job import ExportJob
from actions.export_values import Document, ExportReport, ExportRequest
from actions.session import Session
from actions.where import Where
from leads.sheets.part_files import open_parts
from leads.store import exports
from leads.store.exports import ExportLine
from outreach.exports.selection import Only

__all__ = [
    "ExportLine",
    "ExportReport",
    "ExportRequest",
    "Only",
    "export_companies",
    "export_log",
]


def export_companies(
    session: Session, request: ExportRequest, on_row: Callable[[Document], None] | None = None
) -> ExportReport:
    """Write the wanted companies; the files appear when all rows are written and logged.

    A suppressed company is never written, except by `removals`, which names who must stop.
    """
    job = ExportJob.of(session, request, on_row)
    options = job.options()
    if options is not None:
        options.check()

    export_id = job.begin()
    try:
        if options is None:
            job.run(export_id, None)
            job.finish(export_id)
            return job.report(())
        with open_parts(options) as files:
            job.run(export_id, files)
            beside = attribute(session, job.tally.licensed, options.path, files)
            # Logged first: a file without its log would never be named as one to stop.
            job.finish(export_id)
            return job.report(files.put(), beside)
    except BaseException:
        job.drop(export_id)
        raise


def export_log(session: Session, where: Where, limit: int) -> list[ExportLine]:
    """List the latest exports of a campaign."""
    with session.read(Right.LOOK) as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        return exports.log_of(work.tx, campaign_id, limit)
