"""Errors as problem documents (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel

from leads.errors import SluiceError

_LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
#: The answer's status of each kind of error.
STATUS: Mapping[str, int] = {
    "usage": 400,
    "not_found": 404,
    "not_allowed": 403,
    "partly_done": 422,
    "service_down": 503,
    "key_reused": 422,
    "under_way": 409,
}


class Flaw(BaseModel):
    """One field of a request that is wrong."""

    field: str
    message: str


class Problem(BaseModel):
    """What went wrong, and the way out."""

    type: str
    title: str
    status: int
    detail: str = ""
    #: How to fix it.
    hint: str = ""
    #: The fields that are wrong.
    errors: list[Flaw] = []


class StateError(SluiceError):
    """The state of a thing, or of a request, does not allow this."""

    def __init__(self, status: int, code: str, message: str, hint: str = "") -> None:
        """`status` is that of the answer."""
        super().__init__(message, hint)
        self.status, self.code = status, code


def problem(
    status: int,
    detail: str = "",
    hint: str = "",
    *,
    code: str = "",
    errors: Sequence[Flaw] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An answer that says what went wrong."""
    title = HTTPStatus(status).phrase
    made = Problem(
        type=f"urn:sluice:problem:{code or title.lower().replace(' ', '_')}",
        title=title,
        status=status,
        detail=_sendable(detail),
        hint=_sendable(hint),
        errors=list(errors),
    )
    return JSONResponse(made.model_dump(), status, dict(headers or {}), media_type=MEDIA_TYPE)


def of_error(error: SluiceError, folder: str = "") -> JSONResponse:
    """The answer to an error; the paths of files in `folder` are cut to their names."""
    status = error.status if isinstance(error, StateError) else STATUS.get(error.code, 500)
    if status >= 500:
        return of_fault(error)
    said = [text.replace(f"{folder}/", "") if folder else text for text in _texts(error)]
    return problem(status, *said, code=error.code)


def of_fault(error: SluiceError) -> JSONResponse:
    """The answer when a service failed: the log has the cause, which names parts of the inside."""
    _LOG.error("%s: %s", error.code, error.message)
    status = STATUS.get(error.code, 500)
    return problem(status, "a service does not answer", "try again in a minute", code=error.code)


def flaws(errors: Sequence[Mapping[str, Any]]) -> list[Flaw]:
    """What is wrong with a request, by field."""
    return [
        Flaw(
            field=_sendable(".".join(str(part) for part in one["loc"])),
            message=_sendable(one["msg"]),
        )
        for one in errors
    ]


def _sendable(text: str) -> str:
    """A text without the halves of characters that a broken file leaves in it."""
    return text.encode("utf-8", "replace").decode()


def _texts(error: SluiceError) -> tuple[str, str]:
    return error.message, error.hint
