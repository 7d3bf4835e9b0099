"""Files that are made for an answer, in a folder that is deleted when they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import Depends, Request


def folder(request: Request) -> Iterator[str]:
    """A new folder while a request is answered."""
    with TemporaryDirectory(prefix="sluice-download-") as made:
        request.state.folder = made
        yield made


Folder = Annotated[str, Depends(folder)]
