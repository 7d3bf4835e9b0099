"""Files for CRMs, sequencers and spreadsheets, and the log of them."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from actions import accuracy, exports
from actions.actor import Right
from actions.export_profiles import list_profiles
from actions.exports import ExportRequest, Only
from actions.session import check_actor
from console.web.fields import Text, Texts
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, worded
from leads.errors import SluiceError, UsageError
from leads.stages import Stage

router = APIRouter()

FORMATS = ("csv", "xlsx", "jsonl", "parquet")
#: What a file holds, by the name of the choice.
WHAT: Mapping[str, str] = {
    "all": "all of these stages",
    "new": "those that no earlier file of this profile holds",
    "removals": "companies of earlier files that must stop",
}
#: Exports that the page lists.
LISTED = 50


@router.get("/exports")
def show(request: Request, here: Reader) -> Response:
    """Show the profiles, and the latest files."""
    return _page(request, here)


@router.post("/exports/file")
def make(
    request: Request,
    here: Writer,
    profile: Text = "",
    kind: Text = "csv",
    what: Text = "all",
    stage: Texts = None,
    *,
    with_sources: Annotated[bool, Form()] = False,
) -> Response:
    """Write a file and send it; it is logged, and what must not be contacted is left out."""
    check_actor(here.actor, Right.EXPORT)
    folder = Path(tempfile.mkdtemp(prefix="sluice-export-"))
    try:
        files = _written(here, folder, profile, kind, what, stage or (), with_sources=with_sources)
    except SluiceError as error:
        shutil.rmtree(folder)
        return _page(request, here, error)
    except BaseException:
        shutil.rmtree(folder)
        raise
    file = files[0] if len(files) == 1 else _packed(folder, files)
    name = f"{here.where.client}-{profile}{file.suffix}"
    return FileResponse(file, filename=name, background=BackgroundTask(shutil.rmtree, folder))


def _written(
    here: Here,
    folder: Path,
    profile: str,
    kind: str,
    what: str,
    stages: Sequence[str],
    *,
    with_sources: bool,
) -> list[Path]:
    if kind not in FORMATS or what not in WHAT:
        raise UsageError("this is no format or choice of the page", "choose one of the list")
    request = ExportRequest(
        where=here.where,
        profile=profile,
        built_in_only=True,
        path=str(folder / f"companies.{kind}"),
        stages=() if what == "removals" else tuple(stages),
        removals=what == "removals",
        only=Only.NEW if what == "new" else Only.ALL,
        with_sources=with_sources,
    )
    report = exports.export_companies(here.session, request)
    beside = [] if report.attribution_file is None else [report.attribution_file]
    return [Path(one) for one in (*report.files, *beside)]


def _packed(folder: Path, files: Sequence[Path]) -> Path:
    """Several files as one archive: parts that the limits of a tool split, and the attribution."""
    path = folder / "companies.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            archive.write(one, one.name)
    return path


def _page(request: Request, here: Here, error: SluiceError | None = None) -> Response:
    check_actor(here.actor, Right.EXPORT)
    values = {
        "profiles": list_profiles(),
        "formats": FORMATS,
        "what": WHAT,
        "stages": [one.value for one in Stage],
        "log": exports.export_log(here.session, here.where, LISTED),
        "flags": accuracy.accuracy_flags(here.session, here.where),
        "failed": worded(error) if error else "",
    }
    return page(request, "exports.html", values, status=400 if error else 200)
