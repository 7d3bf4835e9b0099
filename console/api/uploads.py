"""Files in the body of a request: written to a folder of their own while they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import Depends, Query, Request

#: Bytes of an uploaded file.
LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    path: str

    @property
    def name(self) -> str:
        """What the sender calls it."""
        return Path(self.path).name


async def uploaded(
    request: Request,
    file: Annotated[
        str,
        Query(
            pattern=r"^[\w][\w .()-]{0,99}$",
            description="The file's name, whose ending says its format.",
        ),
    ] = "upload.csv",
) -> AsyncIterator[Upload]:
    """The body as a file, which is deleted when the answer is sent."""
    with TemporaryDirectory(prefix="sluice-upload-") as folder:
        request.state.folder = folder
        path = Path(folder) / file
        with path.open("xb") as target:
            async for part in request.stream():
                target.write(part)
        yield Upload(str(path))


async def uploaded_yaml(request: Request) -> AsyncIterator[Upload]:
    """The body as a YAML file."""
    async for one in uploaded(request, "upload.yaml"):
        yield one


File = Annotated[Upload, Depends(uploaded)]
YamlFile = Annotated[Upload, Depends(uploaded_yaml)]


def takes(*media_types: str) -> Mapping[str, Any]:
    """The description of a body that is a file."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in media_types}
    return {"requestBody": {"required": True, "content": content}, "x-upload": True}


LIST_FILE = takes(
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/x-ndjson",
)
YAML_FILE = takes("application/yaml")
