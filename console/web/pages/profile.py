"""The ideal customer profile of a campaign: check it, compare it with the one in force, use it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import profile_files, profiles
from actions.actor import Right
from actions.profile_counts import Samples, StillCountingError, count_profile
from actions.profile_text import profile_text
from actions.session import check_actor
from console.cli.lazy import load
from console.web.fields import Text
from console.web.kept import kept_from_first_use
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError, UsageError

router = APIRouter()

#: What a first profile may look like.
_FIRST = """icp: manufacturers
version: 1
suspect:
  - industry: [manufacturing]
  - employees: {at_least: 20}
prospect:
  - uses: [windows-estate]
"""
#: How a file of the page is called in messages.
_NAME = "profile.yaml"


@router.get("/profile")
def show(request: Request, here: Reader) -> Response:
    """Show the profile in force."""
    return _page(request, here)


@router.post("/profile")
def change(request: Request, here: Writer, text: Text = "", then: Text = "check") -> Response:
    """Check a profile, count who would enter and leave, or put it in force."""
    check_actor(here.actor, Right.MANAGE)
    shown: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="sluice-profile-") as folder:
        path = Path(folder) / _NAME
        path.write_text(text.replace("\r\n", "\n"), "utf-8")
        try:
            if then == "use":
                file = profiles.read_icp(str(path))
                where = here.where
                used = profiles.use_icp(here.session, file, where.client, where.campaign)
                said = f"{used.icp.name} version {used.icp.version} is in force"
                return saying(request, RedirectResponse("/profile", 303), said)
            shown["checked"] = checked = profile_files.check_icp(str(path))
            samples = kept_from_first_use(request, "samples", Samples)
            shown["counted"] = count_profile(here.session, here.where, checked.icp, samples)
            if then == "compare":
                shown["compared"] = _compared(here, path)
        except StillCountingError as error:
            answer = _page(request, here, error, text, status=503)
            answer.headers["Retry-After"] = "1"
            return answer
        except SluiceError as error:
            return _page(request, here, _named(error, folder), text)
    return _page(request, here, None, text, **shown)


def _compared(here: Here, path: Path) -> dict[str, Any]:
    # Comparing needs pandas, which takes a third of the memory that a server should have.
    compare, as_json = (
        load(f"actions.comparing:{one}") for one in ("compare_over_client", "comparison_json")
    )
    return dict(as_json(compare(here.session, here.where, "current", str(path))))


def _named(error: SluiceError, folder: str) -> SluiceError:
    """The error without the folder that the text was written to."""
    return UsageError(error.message.replace(f"{folder}/", ""), error.hint)


def _page(
    request: Request,
    here: Here,
    error: SluiceError | None = None,
    text: str | None = None,
    status: int = 400,
    **shown: Any,
) -> Response:
    check_actor(here.actor, Right.MANAGE)
    in_force = profile_text(here.session, here.where)
    values = {
        "in_force": in_force,
        "example": _FIRST,
        "text": text if text is not None else in_force.text if in_force else _FIRST,
        "checked": shown.get("checked"),
        "counted": shown.get("counted"),
        "compared": shown.get("compared"),
        "failed": worded(error) if error else "",
    }
    return page(request, "profile.html", values, status=status if error else 200)
