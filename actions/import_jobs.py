"""Import an uploaded file in the background, one at a time, and say how far it is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from threading import Lock, Thread
from time import monotonic
from typing import Any

from actions import uploads
from actions.actor import Right
from actions.imports import ImportedFile, import_list
from actions.session import Session
from actions.upload_preview import file_of, named
from actions.uploads import Upload, write_whole
from intake.raw_list import open_list
from leads.errors import NotAllowedError, SluiceError

__all__ = ["Job", "discard", "start", "state", "unfinished"]

_FILE = "job.json"
#: Seconds between two notes of how far an import is.
_EVERY = 0.3
#: Imports of one process follow each other: side by side they would only wait for each other.
_TURN = Lock()
_RUNNING: set[str] = set()
_STARTING = Lock()
_ENDED = ("done", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An import, or a trial of one, and how far it is."""

    #: `waiting`, `running`, `done` or `failed`.
    state: str
    dry_run: bool
    #: What is being done, and how much of it; a total of 0 is unknown.
    what: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    hint: str = ""
    process: int = 0
    #: What came of the file, when it is done.
    report: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in _ENDED


def start(session: Session, upload: Upload, *, dry_run: bool) -> None:
    """Start an import in the background; NotAllowedError while one of this file runs."""
    with session.read(Right.MANAGE) as work:
        work.client(upload.client)
    # Two clicks may arrive at once: the second finds the job of the first.
    with _STARTING:
        before = state(upload)
        if before and not before.ended:
            raise NotAllowedError("this file is being imported already", "wait until it is done")
        if before and before.state == "done" and not before.dry_run:
            raise NotAllowedError("this file was imported already", "upload the next one")
        job = Job(state="waiting", dry_run=dry_run, process=os.getpid())
        _RUNNING.add(str(upload.id))
        _keep(upload, job)
    Thread(target=_run, args=(session, upload, job), daemon=True).start()


def state(upload: Upload) -> Job | None:
    """How far the import of a file is; None: none was started."""
    try:
        job = Job(**json.loads((upload.folder / _FILE).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if job.ended or _lives(upload, job.process):
        return job
    return replace(
        job,
        state="failed",
        error="the server stopped before the import was done",
        hint="nothing was stored by halves; start it again",
    )


def unfinished(session: Session, client: str) -> list[tuple[Upload, Job | None]]:
    """The files that were sent for a client and are not imported yet, each with its job."""
    found = [(one, state(one)) for one in uploads.of_client(session, client)]
    return [(one, job) for one, job in found if not job or job.dry_run or job.state != "done"]


def discard(upload: Upload) -> None:
    """Delete a file that was sent; NotAllowedError while it is imported."""
    job = state(upload)
    if job and not job.ended:
        raise NotAllowedError("this file is being imported", "wait until it is done, then undo it")
    uploads.drop(upload)


def _lives(upload: Upload, process: int) -> bool:
    if process == os.getpid():
        return str(upload.id) in _RUNNING
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _run(session: Session, upload: Upload, job: Job) -> None:
    try:
        with _TURN:
            _keep(upload, replace(job, state="running"))
            ended = _imported(replace(session, progress=_noting(upload, job)), upload, job)
        _keep(upload, ended)
    finally:
        _RUNNING.discard(str(upload.id))


def _imported(session: Session, upload: Upload, job: Job) -> Job:
    plan = upload.plan
    try:
        table = open_list(
            str(upload.path),
            encoding=plan.encoding or None,
            sheet=plan.sheet or None,
            if_needed=True,
        )
        done = import_list(session, file_of(upload, table.header), dry_run=job.dry_run)
    except SluiceError as error:
        said = named(error, upload)
        return replace(job, state="failed", error=said.message, hint=said.hint)
    except Exception:
        _keep(upload, replace(job, state="failed", error="the import failed", hint="see the log"))
        raise
    if not job.dry_run:
        # What is stored need not be kept twice.
        upload.path.unlink(missing_ok=True)
    return replace(job, state="done", report=_report(done))


def _report(done: ImportedFile) -> dict[str, Any]:
    report = done.report
    reading = asdict(report.reading)
    return {
        "list": report.list_name,
        "counts": asdict(report.counts),
        "why_withheld": report.why_withheld,
        "opted_out": report.opted_out,
        "roles": report.roles,
        "notes": [*report.role_notes, *reading["notes"]],
        "rejected": reading["rejected"],
        "dropped": reading["dropped"],
        "rejects": str(report.rejects.file) if report.rejects and report.rejects.file else "",
        "review_pairs": done.review_pairs,
        "waiting_tasks": done.work.own_waiting,
        "failed_tasks": done.work.own_failed,
    }


def _noting(upload: Upload, job: Job) -> Callable[[str, int, int], None]:
    last = 0.0

    def note(what: str, done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= _EVERY:
            last = monotonic()
            _keep(upload, replace(job, state="running", what=what, done=done, total=total))

    return note


def _keep(upload: Upload, job: Job) -> None:
    write_whole(upload.folder / _FILE, asdict(job))
