"""Import a file: send it, check its columns, try it, store it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from actions import clients, import_jobs, upload_preview, uploads
from actions.actor import Right
from actions.session import check_actor
from actions.uploads import ImportPlan, Upload
from console.cli.list_options import day_of
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from console.web.sent_file import sent_file
from leads.errors import NotFoundError, SluiceError

router = APIRouter()

#: Columns whose field can be chosen on the page.
CHOSEN = 80
#: Seconds after which a page of a running import is loaded again.
_AGAIN = "2"
_TEXTS = ("name", "role", "vendor", "cost", "as_of", "country", "currency", "encoding", "sheet")


@router.get("/lists/imports")
def choose(request: Request, here: Reader) -> Response:
    """Show the form that sends a file."""
    check_actor(here.actor, Right.MANAGE)
    return page(request, "import_new.html", {"failed": ""})


@router.post("/lists/imports")
async def send(request: Request, here: Reader) -> Response:
    """Keep the file that the form sends, and show how it would be read."""
    try:
        async with sent_file(request, here, Right.MANAGE) as file:
            kept = await run_in_threadpool(
                uploads.keep, here.session, here.where.client, file.name, file.stream
            )
    except SluiceError as error:
        return page(request, "import_new.html", {"failed": worded(error)}, status=400)
    return RedirectResponse(f"/lists/imports/{kept.id}", 303)


@router.get("/lists/imports/{upload_id}")
def show(request: Request, here: Reader, upload_id: UUID) -> Response:
    """Show how a file would be read, how far its import is, or what came of it."""
    upload = uploads.find(here.session, upload_id)
    job = import_jobs.state(upload)
    if job is None or job.state == "failed" or (job.ended and job.dry_run):
        return _preview(request, here, upload)
    values = {"upload": upload, "job": job, "campaigns": ()}
    if not job.ended:
        answer = page(request, "import_job.html", values)
        answer.headers["Refresh"] = _AGAIN
        return answer
    values["campaigns"] = clients.list_campaigns(here.session, upload.client)
    return page(request, "import_done.html", values)


@router.post("/lists/imports/{upload_id}")
async def change(request: Request, here: Writer, upload_id: UUID) -> Response:
    """Keep how the file is to be read, and try or start the import if asked to."""
    form = await request.form()
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_change, request, here, upload_id, typed)


@router.post("/lists/imports/{upload_id}/drop")
def drop(request: Request, here: Writer, upload_id: UUID) -> Response:
    """Delete a file that was sent."""
    upload = uploads.find(here.session, upload_id)
    import_jobs.discard(upload)
    said = f"{upload.file_name} was deleted; nothing of it was stored"
    return saying(request, RedirectResponse("/lists", 303), said)


@router.get("/lists/imports/{upload_id}/rejects")
def rejects(here: Reader, upload_id: UUID) -> Response:
    """Send the rejected rows as a file."""
    upload = uploads.find(here.session, upload_id)
    job = import_jobs.state(upload)
    path = Path(job.report.get("rejects", "")) if job else Path()
    if not path.is_file():
        raise NotFoundError("there are no rejected rows", "every row was accepted")
    name = f"{upload.plan.name}-rejects.csv"
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=name)


def _change(request: Request, here: Here, upload_id: UUID, typed: Mapping[str, str]) -> Response:
    upload = uploads.find(here.session, upload_id)
    wanted = _plan(upload.plan, typed)
    try:
        day_of(wanted.as_of or None)
        upload_preview.file_of(replace(upload, plan=wanted))
        upload = uploads.plan(upload, wanted)
        if typed.get("then") in ("try", "start"):
            import_jobs.start(here.session, upload, dry_run=typed["then"] == "try")
    except SluiceError as error:
        return _preview(request, here, replace(upload, plan=_harmless(wanted)), error)
    return RedirectResponse(f"/lists/imports/{upload_id}", 303)


def _plan(before: ImportPlan, typed: Mapping[str, str]) -> ImportPlan:
    fields = dict(before.fields)
    for name, value in typed.items():
        kind, _, place = name.partition("_")
        if kind != "column" or not place.isdecimal():
            continue
        if value != typed.get(f"was_{place}"):
            fields[place] = value
        if not value:
            fields.pop(place, None)
    texts = {name: typed[name].strip() for name in _TEXTS if name in typed}
    return replace(before, **texts, add="add" in typed, fields=fields)


def _harmless(plan: ImportPlan) -> ImportPlan:
    """The plan without what no preview can be made with."""
    try:
        date.fromisoformat(plan.as_of or "2000-01-01")
    except ValueError:
        plan = replace(plan, as_of="")
    return replace(plan, cost="", country="", currency="")


def _preview(
    request: Request, here: Here, upload: Upload, error: SluiceError | None = None
) -> Response:
    found = upload_preview.preview(here.session, upload)
    job = import_jobs.state(upload)
    values: dict[str, Any] = {
        "upload": upload,
        "plan": asdict(upload.plan),
        "preview": found,
        "job": job,
        "roles": upload_preview.ROLES,
        "chosen": CHOSEN,
        "failed": worded(error) if error else "",
    }
    return page(request, "import_preview.html", values, status=400 if error else 200)
