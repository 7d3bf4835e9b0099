"""Files that users send to be imported, kept in the home folder until they are."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.ids import new_id

__all__ = [
    "ImportPlan",
    "Upload",
    "drop",
    "find",
    "forget_old",
    "keep",
    "of_client",
    "plan",
    "write_whole",
]

#: How long a file waits for its import.
_KEPT = timedelta(days=1)
#: Files of one client that may wait: each may hold hundreds of megabytes.
_MOST = 50
_FOLDER, _ABOUT = "uploads", "about.json"
#: The kinds of files.
LIST, SUPPRESSIONS = "list", "suppressions"
_ODD = re.compile(r"[^\w .()+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """Into which list a file goes, and how it is read; empty: as found or as it was."""

    name: str
    role: str = ""
    vendor: str = ""
    cost: str = ""
    as_of: str = ""
    country: str = ""
    currency: str = ""
    encoding: str = ""
    sheet: str = ""
    #: The file is not the whole list: withdraw nothing.
    add: bool = False
    #: The fields that the user chose, by the place of the column.
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a user sent for a client."""

    id: UUID
    client: str
    user: str
    #: What it is: a `list`, or `suppressions`.
    kind: str
    #: As the user called it.
    file_name: str
    bytes: int
    plan: ImportPlan
    folder: Path

    @property
    def path(self) -> Path:
        """Where the file is kept until it is imported."""
        return self.folder / "file"


def keep(
    session: Session, client: str, file_name: str, stream: BinaryIO, kind: str = LIST
) -> Upload:
    """Keep a file that a user sent; UsageError when it is empty."""
    with session.read(Right.MANAGE) as work:
        work.client(client)
        user = work.actor.name
    forget_old(session.settings.home)
    if len(_kept_of(session, client)) >= _MOST:
        raise NotAllowedError(
            f"{_MOST} files of {client} wait to be imported", "import or drop some of them first"
        )
    name = _plain_name(file_name)
    made = new_id()
    folder = _root(session) / str(made)
    folder.mkdir(parents=True, mode=0o700)
    path = folder / "file"
    path.touch(mode=0o600)
    with path.open("wb") as kept:
        shutil.copyfileobj(stream, kept, 1 << 20)
    size = path.stat().st_size
    if not size:
        shutil.rmtree(folder)
        raise UsageError(f"{name} is empty", "choose the file with the list")
    upload = Upload(
        id=made,
        client=client,
        user=user,
        kind=kind,
        file_name=name,
        bytes=size,
        plan=ImportPlan(name=Path(name).stem[:200] or "list"),
        folder=folder,
    )
    _store(upload)
    return upload


def find(session: Session, upload_id: UUID, kind: str = LIST) -> Upload:
    """Find a file that was sent; NotFoundError when it is gone, or is another client's."""
    found = _read(_root(session) / str(upload_id))
    if found is None or found.kind != kind:
        raise NotFoundError(
            "this upload is not kept any more", "see the client's lists, or upload the file again"
        )
    with session.read(Right.MANAGE) as work:
        work.client(found.client)
    return found


def of_client(session: Session, client: str) -> list[Upload]:
    """The lists that were sent for a client and are kept, the newest first."""
    with session.read(Right.MANAGE) as work:
        work.client(client)
    kept = [one for one in _kept_of(session, client) if one.kind == LIST]
    return sorted(kept, key=lambda one: one.id, reverse=True)


def _kept_of(session: Session, client: str) -> list[Upload]:
    root = _root(session)
    found = [_read(folder) for folder in root.iterdir()] if root.is_dir() else []
    return [one for one in found if one and one.client == client]


def _read(folder: Path) -> Upload | None:
    """The upload of a folder; None when it is gone, or another version wrote it."""
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
        return Upload(
            id=UUID(folder.name),
            client=about["client"],
            user=about["user"],
            kind=about["kind"],
            file_name=about["file_name"],
            bytes=about["bytes"],
            plan=ImportPlan(**about["plan"]),
            folder=folder,
        )
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return None


def plan(upload: Upload, wanted: ImportPlan) -> Upload:
    """Keep how a file is to be imported."""
    changed = replace(upload, plan=wanted)
    _store(changed)
    return changed


def drop(upload: Upload) -> None:
    """Delete a file that was sent, and what is known of it."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def write_whole(path: Path, document: Any) -> None:
    """Write a JSON file that readers see whole, in the old state or in the new one."""
    fresh = path.with_name(f"{path.name}.{new_id()}")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(document, default=str), "utf-8")
    fresh.replace(path)


def _store(upload: Upload) -> None:
    about = {
        "client": upload.client,
        "user": upload.user,
        "kind": upload.kind,
        "file_name": upload.file_name,
        "bytes": upload.bytes,
        "plan": asdict(upload.plan),
    }
    write_whole(upload.folder / _ABOUT, about)


def _root(session: Session) -> Path:
    return session.settings.home / _FOLDER


def _plain_name(text: str) -> str:
    """The last part of a file name, without characters that no list's name may have."""
    last = text.replace("\\", "/").rpartition("/")[2]
    return _ODD.sub("_", last).strip()[-180:] or "list"


def forget_old(home: Path) -> None:
    """Delete what nobody came back to: the files hold what the lists hold, personal data included."""
    root = home / _FOLDER
    if not root.is_dir():
        return
    oldest = now() - _KEPT
    for folder in root.iterdir():
        try:
            changed = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        except FileNotFoundError:
            continue
        if changed < oldest:
            shutil.rmtree(folder, ignore_errors=True)
