"""A form that sends a file: nothing of it is read before the user is known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO

from fastapi import Request
from starlette.datastructures import UploadFile

from actions.actor import Right
from actions.session import check_actor
from console.web.logged_in import Here, check_key
from leads.errors import UsageError


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that a user sent; its bytes are in a temporary file."""

    name: str
    stream: BinaryIO
    #: The other fields of the form.
    fields: dict[str, str]


@asynccontextmanager
async def sent_file(request: Request, here: Here, right: Right) -> AsyncIterator[SentFile]:
    """The file of a form while the block runs; UsageError without one."""
    check_actor(here.actor, right)
    async with request.form(max_files=1, max_fields=20) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        check_key(here, fields.get("form_key", ""), fields.get("form_place", ""))
        if flawed := [name for name, value in fields.items() if "\x00" in value]:
            raise UsageError(f"the field {flawed[0]} holds a NUL character", "type it again")
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise UsageError("no file was chosen", "choose a file, and send the form again")
        yield SentFile(file.filename.replace("\x00", ""), file.file, fields)
