"""Run the main job: lists in, a queue of prospects out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff
from actions.imports import ImportReport, ListAbout, ReadOptions, file_report
from actions.profiles import Notice, put_in_force, read_icp
from actions.reviews import waiting_pairs
from actions.session import Session
from actions.strictness import check_strictness, use_strictness
from intake.read_list import Reading
from intake.run import Imported
from leads.store import campaigns
from workers.crawl_settings import check_crawl_settings
from workers.drivers import driver_of
from workers.importing import ImportRequest, list_names, names_with_folders
from workers.main_job import RunPlan, RunReport, run_job
from workers.main_job import to_json as run_json
from workers.pipeline import ALL, CHEAP

__all__ = ["ReadOptions", "RunReport", "RunRequest", "RunResult", "run_json", "run_lists"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """Which files to run, with which profile, for whom, and how."""

    files: Sequence[str]
    #: The profile's file; `-` is stdin.
    icp: str
    client: str = "default"
    #: Add the client when it does not exist; a slip of its name must not make one.
    new_client: bool = False
    #: None: named after the profile.
    campaign: str | None = None
    #: Whether company sites are visited for what the lists leave open.
    crawl: bool = True
    #: `inline` (this process) or `rq` (workers).
    driver: str = "inline"
    options: ReadOptions = field(default_factory=ReadOptions)
    #: How much evidence a merge needs, from now on; None: as the client has it.
    strictness: str | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """The counts of a run, and what came of each file."""

    report: RunReport
    #: How much evidence a merge of the client's companies needs.
    strictness: str
    #: Pairs of records that a person must decide.
    review_pairs: int
    imports: Sequence[ImportReport]
    #: What is done otherwise than the profile says.
    warning: Notice | None
    #: The campaign, when the client has several, so that its queue must be named.
    campaign: str | None = None

    @property
    def work(self) -> WorkedOff:
        """The background work that the run left to others."""
        return WorkedOff(others_waiting=self.report.others_waiting)


def run_lists(
    session: Session, request: RunRequest, on_import: Callable[[ImportReport], None]
) -> RunResult:
    """Import the files, do all that follows, and count; `on_import` is called for each file."""
    check_strictness(request.strictness)
    file = read_icp(request.icp)
    if request.crawl:
        check_crawl_settings(session.settings)
    drive, context = driver_of(request.driver, session.context())

    with session.write(Right.MANAGE) as work:
        find = work.make_client if request.new_client else work.client
        client_id = find(request.client)
        campaign = request.campaign or file.icp.name
        used = put_in_force(work, client_id, campaign, file, crawl=request.crawl)
        several = len(campaigns.of_client(work.tx, client_id)) > 1
        requests = _import_requests(request, client_id, work.actor.name)
        strictness = use_strictness(work, request.client, request.strictness)

    reports: list[ImportReport] = []

    def imported(one: Imported, reading: Reading) -> None:
        reports.append(file_report(session, one, reading, request.client))
        on_import(reports[-1])

    plan = RunPlan(client_id, used.campaign_id, requests, ALL if request.crawl else CHEAP)
    report = run_job(context, plan, drive, imported)
    return RunResult(
        report,
        strictness,
        waiting_pairs(session, request.client),
        reports,
        used.warning,
        campaign if several else None,
    )


def _import_requests(request: RunRequest, client_id: UUID, who: str) -> list[ImportRequest]:
    """Make an import of each file, all prospects, into lists named after the files."""
    paths = request.files
    names = zip(paths, list_names(paths), names_with_folders(paths), strict=True)
    return [
        ImportRequest(
            client_id=client_id,
            path=path,
            name=name,
            about=ListAbout(role="prospects"),
            options=request.options,
            who=who,
            otherwise=with_folder,
        )
        for path, name, with_folder in names
    ]
