"""Download a file of a whole register: to disk as it comes, taken up where it broke off."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import aiohttp
from scrapy.exceptions import CannotResolveHostError

from leads.clock import now
from spiders.registers.asking import body_of
from spiders.registers.errors import RegisterError
from spiders.registers.handler import RegisterHandler, Streamed
from spiders.registers.part import Part, Version
from spiders.registers.patience import TRIES, pause, wait_for

_MOST_REDIRECTS = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Seconds without a byte after which a connection is given up.
_STALLED = 60.0
_CHUNK = 1 << 20
_INDEX_BYTES = 4_000_000
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)", re.ASCII)
_BROKEN = (aiohttp.ClientError, OSError, TimeoutError, CannotResolveHostError)
#: What a user reads of an error.
_WHY: Sequence[tuple[type[Exception], str]] = (
    (CannotResolveHostError, "no such host"),
    (aiohttp.ClientConnectorDNSError, "no such host"),
    (aiohttp.ClientSSLError, "no trusted certificate"),
    (aiohttp.ClientConnectorError, "no connection"),
    (TimeoutError, "no bytes came in time"),
)


@dataclass(frozen=True, slots=True)
class FileAt:
    """Where the newest file is."""

    url: str
    #: Its bytes and its companies, as the register states them beside it; None: it does not. Of the
    #: bytes it is not documented whether they are packed.
    size: int | None = None
    records: int | None = None


@dataclass(slots=True)
class Download:
    """One file, and where it goes."""

    hosts: Collection[str]
    #: The address of the file, or of what says where the newest one is.
    url: str
    #: Reads what says where the file is; None: `url` is the file. RegisterError if it does not say.
    find: Callable[[bytes], FileAt] | None
    #: Names the file by where it is.
    place: Callable[[FileAt], Part]
    #: RegisterError if a file does not begin like this.
    check: Callable[[bytes], None]
    #: Bytes of the largest file.
    most: int
    #: Hears how many bytes of how many are there; 0: nobody knows.
    progress: Callable[[int, int], None]
    #: Ask where the file is, and no more.
    only_find: bool = False
    found: FileAt | None = None
    part: Part | None = None

    async def run(self, handler: RegisterHandler) -> None:
        """Download the file, unless the newest one is there."""
        self.found = await self._find(handler)
        self.part = part = self.place(self.found)
        if self.only_find or part.place.exists():
            return
        part.place.parent.mkdir(parents=True, exist_ok=True)
        with part.alone():
            try:
                await self._to_the_end(handler, part, self.found)
                part.finish()
            except RegisterError as error:
                if error.is_void:
                    part.discard()
                raise

    async def _find(self, handler: RegisterHandler) -> FileAt:
        if self.find is None:
            return FileAt(self.url)
        return self.find(await body_of(handler, self.url, _INDEX_BYTES))

    async def _to_the_end(self, handler: RegisterHandler, part: Part, file: FileAt) -> None:
        """Add bytes until all are there. A try that brought some does not count."""
        tries, furthest = 0, part.size
        while True:
            tries += 1
            try:
                wait = await self._add(handler, part, file, tries)
            except _BROKEN as error:
                if part.size > furthest:
                    tries, furthest = 0, part.size
                if tries >= TRIES:
                    why = f"the connection broke {TRIES} times: {_why(error)}"
                    raise RegisterError(why) from error
                wait = pause(tries)
            if wait is None:
                return
            await asyncio.sleep(wait)

    async def _add(
        self, handler: RegisterHandler, part: Part, file: FileAt, tries: int
    ) -> float | None:
        """Ask for the rest, and keep it; seconds before the next try, or None: all is there."""
        size, version = part.kept(file.url)
        headers = {}
        if version is not None:
            headers = {"Range": f"bytes={size}-", "If-Range": version.validator}
        url = file.url
        for _ in range(_MOST_REDIRECTS):
            async with handler.stream(url, headers, self.most) as answer:
                if answer.status in _REDIRECTS and answer.header("Location"):
                    url = urljoin(url, answer.header("Location"))
                    continue
                return await self._take(answer, part, file, tries)
        raise RegisterError("it redirects without end")

    async def _take(self, answer: Streamed, part: Part, file: FileAt, tries: int) -> float | None:
        size, version = part.kept(file.url)
        if answer.status == 416:
            # What is there may be too much, or of another version.
            part.discard()
            if tries >= TRIES:
                raise RegisterError("it refuses to send the rest (status 416)", is_void=True)
            return pause(tries)
        if answer.status not in (200, 206):
            return wait_for(answer.status, answer.header("Retry-After"), tries, now())
        total = _total(answer)
        if answer.status == 206 and not (version and _is_rest(answer, size)):
            # The next request is for the whole file.
            part.discard()
            if version is None or tries >= TRIES:
                raise RegisterError("it sends a part that was not asked for", is_void=True)
            return pause(tries)
        if answer.status == 200:
            part.begin(Version(file.url, _validator(answer), total))
        self._check_size(total)
        part.check_room(total)
        await self._copy(answer, part, total)
        if total is not None and part.size < total:
            raise aiohttp.ClientPayloadError
        return None

    def _check_size(self, total: int | None) -> None:
        if total is not None and total > self.most:
            raise RegisterError(
                f"the file has {total:,} bytes, and at most {self.most:,} are taken", is_void=True
            )

    async def _copy(self, answer: Streamed, part: Part, total: int | None) -> None:
        """Keep the bytes as they come, also those before a connection breaks."""
        came = bytearray()
        try:
            while data := await _some(answer):
                came += data
                if len(came) >= _CHUNK:
                    self._keep(came, part, total)
        finally:
            self._keep(came, part, total)

    def _keep(self, came: bytearray, part: Part, total: int | None) -> None:
        data = bytes(came)
        came.clear()
        if data and not part.size:
            self.check(data[:4096])
        if part.size + len(data) > (self.most if total is None else total):
            raise RegisterError("it sends more bytes than it announced", is_void=True)
        part.add(data)
        self.progress(part.size, total or 0)


def _why(error: Exception) -> str:
    """Why a connection broke; the first kind that fits counts."""
    return next((words for kind, words in _WHY if isinstance(error, kind)), "it ended early")


async def _some(answer: Streamed) -> bytes:
    """The next bytes; none at the end."""
    async with asyncio.timeout(_STALLED):
        data: bytes = await answer.body.readany()
        return data


def _total(answer: Streamed) -> int | None:
    """Bytes of the whole file."""
    if answer.status == 206:
        said = _RANGE.fullmatch(answer.header("Content-Range").strip())
        return None if said is None or said[3] == "*" else int(said[3])
    length = answer.header("Content-Length")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None


def _start(answer: Streamed) -> int:
    """Where the bytes of an answer begin in the file."""
    said = _RANGE.fullmatch(answer.header("Content-Range").strip())
    return -1 if said is None else int(said[1])


def _is_rest(answer: Streamed, size: int) -> bool:
    """Whether a part begins where the bytes that are there end."""
    return _total(answer) is not None and _start(answer) == size


def _validator(answer: Streamed) -> str:
    """What the version is known by; a weak ETag does not tell versions apart byte by byte."""
    etag = answer.header("Etag")
    if etag and not etag.startswith("W/"):
        return etag
    return answer.header("Last-Modified")
