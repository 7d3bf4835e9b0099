"""Share a report by a link that ends: make links, list them, end them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from actions import shared_reports
from actions.actor import Right
from actions.reports import Period
from actions.session import check_actor
from actions.shared_reports import PARTS, ShareRow
from console.cli.report_options import period_of
from console.reports.page import period_words
from console.web.confirming import Question, ask
from console.web.fields import Asked, Text
from console.web.kept import whole_address
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.clock import now
from leads.errors import SluiceError

router = APIRouter()

#: How long a link may last, with the words of the choice.
LASTS = {"7d": "a week", "30d": "30 days", "90d": "90 days", "365d": "a year"}
ShareId = Annotated[UUID, Form()]


@router.get("/reports/shares")
def show(
    request: Request, here: Reader, part: Asked = "funnel", since: Asked = "", until: Asked = ""
) -> Response:
    """Show the links of the client, and the form that makes one."""
    return _page(request, here, {"part": part, "since": since, "until": until})


@router.post("/reports/shares")
def make(
    request: Request,
    here: Writer,
    part: Text = "",
    since: Text = "",
    until: Text = "",
    lasts: Text = "30d",
) -> Response:
    """Make a link; it is shown once."""
    typed = {"part": part, "since": since, "until": until, "lasts": lasts}
    try:
        period = period_of(since or None, until or None)
        made = shared_reports.share_report(here.session, here.where, part, period, lasts)
    except SluiceError as error:
        return _page(request, here, typed, error)
    link = whole_address(request, f"/shared/{made.token}")
    return _page(request, here, typed, made=(link, made.share))


@router.post("/reports/shares/end")
def end(request: Request, here: Writer, share_id: ShareId, sure: Text = "") -> Response:
    """End a link, once it is plain that it does not come back."""
    try:
        if not sure:
            found = shared_reports.show_share(here.session, here.where.client, share_id)
            return ask(request, _question(found))
        shared_reports.end_share(here.session, here.where.client, share_id)
        said = "The link is over: it shows nothing any more."
    except SluiceError as error:
        return _page(request, here, {}, error)
    return saying(request, RedirectResponse("/reports/shares", 303), said)


def _question(share: ShareRow) -> Question:
    opened = "It was never opened."
    if share.viewed_at:
        times = "once" if share.views == 1 else f"{share.views:,} times"
        opened = f"It was opened {times}, last on {share.viewed_at:%Y-%m-%d %H:%M} UTC."
    return Question(
        title="End this link?",
        lines=(opened, "Anyone who has the link sees nothing any more. It cannot be brought back."),
        action="/reports/shares/end",
        fields=(("share_id", str(share.id)),),
        label="End the link",
        back="/reports/shares",
    )


def _page(
    request: Request,
    here: Here,
    typed: dict[str, str],
    error: SluiceError | None = None,
    made: tuple[str, ShareRow] | None = None,
) -> Response:
    check_actor(here.actor, Right.SHARE)
    values: dict[str, Any] = {
        "parts_shared": PARTS,
        "lasts": LASTS,
        "typed": {"part": "funnel", "since": "", "until": "", "lasts": "30d"} | typed,
        "shares": [
            (one, period_words(Period(one.since, one.until)))
            for one in shared_reports.list_shares(here.session, here.where.client)
        ],
        "made": made,
        "at": now(),
        "failed": worded(error) if error else "",
    }
    return page(request, "report_shares.html", values, status=400 if error else 200)
