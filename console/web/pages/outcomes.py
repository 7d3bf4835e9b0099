"""What other tools report of companies: import a file, and take the last import back."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from actions import outcomes, undo_outcomes
from actions.actor import Right
from actions.outcomes import SAY_ORDER, ImportedOutcomes, Order, OutcomeFile
from actions.session import check_actor
from console.cli.moments import user_zone
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from console.web.sent_file import SentFile, sent_file
from leads.errors import SluiceError

router = APIRouter()

#: What the form holds before anything is chosen.
_UNTOUCHED: Mapping[str, str] = {"profile": "", "currency": "", "dates": ""}
#: How the days of dates such as 11/10/2026 are read.
_ORDERS: Mapping[str, Order] = {one: one for one in get_args(Order)}
_ENDING = re.compile(r"\.[a-z]{2,5}")


@router.get("/outcomes")
def show(request: Request, here: Reader) -> Response:
    """Show the form that sends a file of outcomes."""
    return _page(request, here)


@router.post("/outcomes")
async def send(request: Request, here: Reader) -> Response:
    """Import a file, or only count what that would do."""
    fields: Mapping[str, str] = _UNTOUCHED
    try:
        async with sent_file(request, here, Right.MANAGE) as file:
            fields = {**_UNTOUCHED, **file.fields}
            is_try = file.fields.get("then") != "import"
            done = await run_in_threadpool(_import, here, file, is_try=is_try)
    except SluiceError as error:
        return await run_in_threadpool(_page, request, here, error, fields=fields)
    return await run_in_threadpool(_page, request, here, None, done, is_try=is_try, fields=fields)


@router.post("/outcomes/undo")
def undo(request: Request, here: Writer) -> Response:
    """Take the last import of outcomes back."""
    try:
        undo_outcomes.undo_outcomes(here.session, here.where)
        said = "the last import of outcomes is taken back"
    except SluiceError as error:
        said = worded(error)
    return saying(request, RedirectResponse("/outcomes", 303), said)


def _import(here: Here, file: SentFile, *, is_try: bool) -> ImportedOutcomes:
    ending = Path(file.name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="sluice-outcomes-") as folder:
        path = Path(folder) / f"outcomes{ending if _ENDING.fullmatch(ending) else '.csv'}"
        with path.open("wb") as kept:
            shutil.copyfileobj(file.stream, kept, 1 << 20)
        wanted = OutcomeFile(
            where=here.where,
            path=str(path),
            name=file.name,
            profile=file.fields.get("profile", ""),
            built_in_only=True,
            moment=user_zone(here.zone).moment,
            order=_ORDERS.get(file.fields.get("dates", "")),
            currency=file.fields.get("currency", "").strip() or None,
            dry_run=is_try,
        )
        return outcomes.import_outcomes(here.session, wanted)


def _page(
    request: Request,
    here: Here,
    error: SluiceError | None = None,
    done: ImportedOutcomes | None = None,
    *,
    is_try: bool = False,
    fields: Mapping[str, str] = _UNTOUCHED,
) -> Response:
    check_actor(here.actor, Right.MANAGE)
    values = {
        "profiles": outcomes.list_profiles(),
        "done": done,
        "examples": [(line, _on_page(why)) for line, why in done.examples] if done else [],
        "fields": fields,
        "orders": tuple(_ORDERS),
        "is_try": is_try,
        "failed": worded(error) if error else "",
    }
    return page(request, "outcomes.html", values, status=400 if error else 200)


def _on_page(reason: str) -> str:
    """Why a row is rejected, without options of commands."""
    return reason.replace(SAY_ORDER, "choose the order of day and month")
