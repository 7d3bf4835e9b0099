"""Responses of sources that many questions share, such as a list of every company."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic

from leads.clock import now
from sources.exchange import Request, Response
from workers.source_turns import TooLong

#: The folder of the data folder that holds them.
KEPT = Path("cache", "sources")
#: Bytes that the folder may hold; the oldest files go first.
MOST_BYTES = 200_000_000
#: Seconds that a process waits for another one to download the same.
PATIENCE = 60.0
_POLL = 0.05


class Reused:
    """Responses that are kept: in this process, and for others in a folder.

    The folder may be missing, read only, or full: then each process downloads for itself.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, Response] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def get(
        self, request: Request, download: Callable[[], Awaitable[Response | TooLong]]
    ) -> Response | TooLong:
        """The response that is kept for a request, or a new one; one process downloads it."""
        key = _key(request)
        for_so_long = timedelta(seconds=request.reuse_seconds)
        if (kept := self._find(key, for_so_long)) is not None:
            return kept
        async with self._locks[key], self._alone(key):
            if (kept := self._find(key, for_so_long)) is not None:
                return kept
            response = await download()
            if isinstance(response, Response) and response.status == 200:
                self._keep(key, response)
            return response

    def forget(self, request: Request) -> None:
        """Download the response of a request again the next time: nobody could read it."""
        key = _key(request)
        self._kept.pop(key, None)
        with suppress(OSError):
            self._file(key).unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.response"

    def _find(self, key: str, for_so_long: timedelta) -> Response | None:
        if key not in self._kept and (stored := _read(self._file(key))) is not None:
            self._kept[key] = stored
        kept = self._kept.get(key)
        if kept is None or kept.received is None:
            return None
        # What seems to come from the future was kept by a clock that is wrong.
        if kept.received <= now() < kept.received + for_so_long:
            return kept
        del self._kept[key]
        return None

    def _keep(self, key: str, response: Response) -> None:
        self._kept[key] = response
        with suppress(OSError):
            _write(self._file(key), response)
            _make_room(self._folder)

    @asynccontextmanager
    async def _alone(self, key: str) -> AsyncIterator[None]:
        """Let one process of this machine download at a time; a dead one holds nobody up."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._folder / f"{key[0]}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            yield
            return
        try:
            until = monotonic() + PATIENCE
            while not _locked(lock) and monotonic() < until:
                await asyncio.sleep(_POLL)
            yield
        finally:
            os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A file system without locks.
        return True
    return True


def _key(request: Request) -> str:
    said = json.dumps([request.url, sorted(request.headers.items())])
    return blake2b(said.encode(), digest_size=16).hexdigest()


def _write(file: Path, response: Response) -> None:
    """Write a response in one step: nobody reads half of it."""
    assert response.received is not None
    about = {
        "received": response.received.isoformat(),
        "headers": dict(response.headers),
        "digest": _digest(response.body),
    }
    with NamedTemporaryFile(dir=file.parent, suffix=".response", delete=False) as made:
        try:
            made.write(json.dumps(about).encode() + b"\n" + response.body)
            made.flush()
            Path(made.name).replace(file)
        except OSError:
            Path(made.name).unlink(missing_ok=True)
            raise


def _read(file: Path) -> Response | None:
    """The response in a file; None if there is none, or it is damaged."""
    try:
        first, _, body = file.read_bytes().partition(b"\n")
        about = json.loads(first)
        if about["digest"] != _digest(body):
            return None
        received = datetime.fromisoformat(about["received"])
        return Response(200, about["headers"], body, received=received)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


def _make_room(folder: Path) -> None:
    """Delete the oldest files until the others fit."""
    files = [(file.stat(), file) for file in folder.glob("*.response")]
    total = sum(about.st_size for about, _ in files)
    for about, file in sorted(files, key=lambda one: one[0].st_mtime):
        if total <= MOST_BYTES:
            return
        file.unlink(missing_ok=True)
        total -= about.st_size
