"""Files that say what counts: profiles, scoring files and the like; exports, outcomes, reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.encoders import jsonable_encoder
from fastapi.responses import FileResponse

from actions import exports, outcomes, profile_files, profiles, reports, scoring, scoring_files
from actions.exports import ExportRequest
from actions.outcomes import OutcomeFile
from actions.reports import Period
from actions.undo_outcomes import undo_outcomes
from console.api.callers import Caller, Campaign, needs
from console.api.downloads import Folder
from console.api.moments import aware, utc
from console.api.uploads import LIST_FILE, YAML_FILE, File, YamlFile
from console.api.words import STORABLE, Asked, Limit, Word
from console.reports import documents

#: The name of a built-in profile.
ProfileName = Annotated[str, Query(pattern=STORABLE, max_length=300)]

router = APIRouter()
Reader = Annotated[Caller, needs("profiles:read")]
Writer = Annotated[Caller, needs("profiles:write")]
Exporter = Annotated[Caller, needs("exports:create")]
Importer = Annotated[Caller, needs("outcomes:write")]
Reporter = Annotated[Caller, needs("reports:read")]
_REPORTS = {
    "whole": documents.report,
    "funnel": documents.funnel,
    "cost": documents.costs,
    "sdr": documents.sdrs,
    "weeks": documents.by_week,
    "lists": documents.lists,
}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file, and everything that should be known of it."""

    name: str
    version: int
    remarks: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class InForce:
    """The version that is in force now."""

    name: str
    version: int
    changed: bool


@router.post("/profiles/check", tags=["profiles"], openapi_extra=dict(YAML_FILE))
def check_profile(caller: Reader, sent: YamlFile) -> CheckedFile:  # noqa: ARG001 - it lets in
    """Check a profile."""
    found = profile_files.check_icp(sent.path)
    remarks = [asdict(one) for one in found.remarks]
    return CheckedFile(found.icp.name, found.icp.version, remarks)


@router.post("/profiles/use", tags=["profiles"], openapi_extra=dict(YAML_FILE))
def use_profile(caller: Writer, where: Campaign, sent: YamlFile) -> InForce:
    """Put a profile in force for a campaign."""
    read = profiles.read_icp(sent.path)
    used = profiles.use_icp(caller.session, read, where.client, where.campaign)
    return InForce(used.icp.name, used.icp.version, used.put_in_force.changed)


@router.post("/scoring/check", tags=["profiles"], openapi_extra=dict(YAML_FILE))
def check_scoring(caller: Reader, sent: YamlFile) -> CheckedFile:  # noqa: ARG001 - it lets in
    """Check a scoring file."""
    found = scoring_files.check_scoring(sent.path)
    remarks = [asdict(one) for one in found.remarks]
    return CheckedFile(found.scoring.name, found.scoring.version, remarks)


@router.post("/scoring/use", tags=["profiles"], openapi_extra=dict(YAML_FILE))
def use_scoring(
    caller: Writer, where: Campaign, sent: YamlFile, *, dry_run: bool = False
) -> InForce:
    """Put a scoring file in force for a campaign."""
    used = scoring.use_scoring(caller.session, sent.path, where, dry_run=dry_run)
    one = used.checked.scoring
    return InForce(one.name, one.version, used.changed)


@router.post("/exports", tags=["exports"], response_class=FileResponse)
def export(
    caller: Exporter,
    where: Campaign,
    folder: Folder,
    profile: ProfileName = "plain",
    form: Annotated[Literal["csv", "xlsx", "jsonl"], Query(alias="format")] = "csv",
    stage: Annotated[list[Word], Query(max_length=20)] = [],  # noqa: B006 - FastAPI copies it
    *,
    queue: bool = False,
) -> FileResponse:
    """Export companies as a file; it is logged, and what must not be contacted is left out.

    The header `X-Attribution` holds what licences want to be said beside the data, as JSON.
    """
    path = Path(folder) / f"companies.{form}"
    wanted = ExportRequest(
        where=where,
        profile=profile,
        built_in_only=True,
        path=str(path),
        stages=stage,
        queue=queue,
    )
    report = exports.export_companies(caller.session, wanted)
    some = [asdict(one) for one in report.attributions]
    headers = {"X-Attribution": json.dumps(some)} if some else None
    return FileResponse(path, filename=path.name, headers=headers)


@router.get("/exports", tags=["exports"])
def list_exports(caller: Exporter, where: Campaign, limit: Limit = 100) -> list[dict[str, Any]]:
    """List a campaign's exports, newest first."""
    found = exports.export_log(caller.session, where, limit)
    return [jsonable_encoder(one) | {"file": Path(one.file).name} for one in found]


@router.post("/outcomes", tags=["outcomes"], status_code=201, openapi_extra=dict(LIST_FILE))
def import_outcomes(
    caller: Importer,
    where: Campaign,
    sent: File,
    profile: ProfileName = "plain",
    currency: Asked = "",
    *,
    dry_run: bool = False,
) -> dict[str, Any]:
    """Import what another tool reports of companies."""
    file = OutcomeFile(
        where=where,
        path=sent.path,
        name=sent.name,
        profile=profile,
        moment=utc,
        built_in_only=True,
        currency=currency or None,
        dry_run=dry_run,
    )
    done = outcomes.import_outcomes(caller.session, file)
    hidden = ("rejects", "work", "hits")
    return {
        name: jsonable_encoder(getattr(done, name))
        for name in type(done).__slots__
        if name not in hidden
    }


@router.post("/outcomes/undo", tags=["outcomes"])
def undo(caller: Importer, where: Campaign, *, dry_run: bool = False) -> dict[str, Any]:
    """Undo the last import of outcomes."""
    done = undo_outcomes(caller.session, where, dry_run=dry_run)
    return {"taken_back": jsonable_encoder(done.taken_back)}


@router.get("/reports/{name}", tags=["reports"])
def report(
    caller: Reporter,
    where: Campaign,
    name: Literal["whole", "funnel", "cost", "sdr", "weeks", "lists"],
    since: datetime | None = None,
    until: datetime | None = None,
    by: Asked = "",
) -> dict[str, Any]:
    """Report on a campaign, with the keys of `sluice report --json`."""
    period = Period(since and aware(since), until and aware(until))
    with_lists = name in ("whole", "lists")
    if name in ("funnel", "weeks"):
        found = reports.steps_report(caller.session, where, period, by or None)
    else:
        found = reports.report(caller.session, where, period, by or None, with_lists=with_lists)
    document: dict[str, Any] = jsonable_encoder(_REPORTS[name](found))
    return document
