"""The do-not-contact list as a file: import one with its counts, and export."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from actions import suppression_exports, suppression_imports, suppression_table, uploads
from actions.actor import Right
from actions.session import check_actor
from actions.suppression_imports import ImportedSuppressions
from actions.suppressions import Scope
from actions.upload_preview import named
from actions.uploads import Upload
from actions.where import Where
from console.cli.suppress import hit
from console.web.fields import Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from console.web.sent_file import sent_file
from leads.errors import SluiceError

router = APIRouter()


@router.get("/suppressions/import")
def choose(request: Request, here: Reader) -> Response:
    """Show the form that sends a do-not-contact list."""
    check_actor(here.actor, Right.MANAGE)
    return _form(request, "")


@router.post("/suppressions/import")
async def send(request: Request, here: Reader) -> Response:
    """Keep the file, and count what an import would do."""
    try:
        async with sent_file(request, here, Right.MANAGE) as file:
            upload = await run_in_threadpool(
                uploads.keep,
                here.session,
                here.where.client,
                file.name,
                file.stream,
                uploads.SUPPRESSIONS,
            )
            fields = {name: file.fields.get(name, "") for name in ("level", "reason", "country")}
        return await run_in_threadpool(_counted, request, here, upload, fields)
    except SluiceError as error:
        return _form(request, worded(error))


@router.post("/suppressions/import/{upload_id}")
def store(
    request: Request,
    here: Writer,
    upload_id: UUID,
    level: Text = "",
    reason: Text = "",
    country: Text = "",
) -> Response:
    """Suppress everything that the file names."""
    upload = uploads.find(here.session, upload_id, uploads.SUPPRESSIONS)
    fields = {"level": level, "reason": reason, "country": country}
    try:
        done = _run(here, upload, fields, dry_run=False)
    except SluiceError as error:
        return _form(request, worded(named(error, upload)))
    uploads.drop(upload)
    said = f"{done.new:,} suppressed, {done.known:,} known before; {hit(done.hits)}"
    return saying(request, RedirectResponse("/suppressions", 303), said)


@router.post("/suppressions/export")
def export(here: Writer, level: Text = "") -> Response:
    """Send the suppressions as a file."""
    with tempfile.NamedTemporaryFile(prefix="sluice-", suffix=".csv", delete=False) as kept:
        path = Path(kept.name)
    try:
        suppression_exports.export_file(
            here.session, here.where.client, str(path), level=level or None, force=True
        )
    except SluiceError:
        path.unlink()
        raise
    return FileResponse(
        path,
        media_type="text/csv; charset=utf-8",
        filename="do-not-contact.csv",
        background=BackgroundTask(path.unlink),
    )


def _run(
    here: Here, upload: Upload, fields: Mapping[str, str], *, dry_run: bool
) -> ImportedSuppressions:
    level = fields["level"]
    where = here.where if level == "campaign" else Where(upload.client)
    return suppression_imports.import_file(
        here.session,
        Scope(where, level or "client"),
        str(upload.path),
        country=fields["country"] or None,
        reason=fields["reason"] or f"from {upload.file_name}",
        keep_levels=not level,
        dry_run=dry_run,
    )


def _counted(request: Request, here: Here, upload: Upload, fields: Mapping[str, str]) -> Response:
    try:
        done = _run(here, upload, fields, dry_run=True)
    except SluiceError as error:
        uploads.drop(upload)
        raise named(error, upload) from None
    values = {"upload": upload, "done": done, "fields": fields, "hit": hit(done.hits, dry_run=True)}
    return page(request, "suppressions_counted.html", values)


def _form(request: Request, failed: str) -> Response:
    values = {"failed": failed, "levels": suppression_table.LEVELS}
    return page(request, "suppressions_import.html", values, status=400 if failed else 200)
