"""What many questions share is downloaded once, by one of several processes."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from leads.clock import now
from sources.answers import Outcome
from sources.exchange import Request, Response
from sources.registers.sec import Sec
from sources.subject import Subject
from tests.made_clock import MadeClock
from tests.sources.fake_sources import FakeSources, Sent
from workers import source_reuse
from workers.source_http import SourceClient
from workers.source_reuse import Reused

LIST = Request("https://bulk.example/all", reuse_seconds=3600)


@dataclass
class Downloads:
    """A source that counts what is downloaded."""

    status: int = 200
    count: int = 0
    body: bytes = b"[]"
    bodies: list[bytes] = field(default_factory=list)

    async def __call__(self) -> Response:
        self.count += 1
        return Response(self.status, {"etag": '"1"'}, self.body, received=now())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sources"


def get(
    folder: Path, download: Callable[[], Awaitable[Response]], request: Request = LIST
) -> object:
    """What a new process gets."""
    return asyncio.run(Reused(folder).get(request, download))


def test_another_process_uses_what_is_kept(folder: Path) -> None:
    download = Downloads()
    first, second = get(folder, download), get(folder, download)
    assert first == second
    assert download.count == 1
    get(folder, download, replace(LIST, url="https://bulk.example/other"))
    get(folder, download, replace(LIST, headers={"X-Api-Key": "other"}))
    assert download.count == 3


def test_it_is_downloaded_again_when_it_is_old(folder: Path, clock: MadeClock) -> None:
    download = Downloads()
    get(folder, download)
    clock.at += timedelta(minutes=59)
    get(folder, download)
    assert download.count == 1
    clock.at += timedelta(minutes=2)
    get(folder, download)
    assert download.count == 2
    # The clock was ahead when it was kept.
    clock.at -= timedelta(days=1)
    get(folder, download)
    assert download.count == 3


def test_a_refusal_is_not_kept(folder: Path) -> None:
    download = Downloads(status=429)
    get(folder, download)
    get(folder, download)
    assert download.count == 2


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _other(file: Path) -> None:
    file.write_bytes(b'["received"]\n[]')


@pytest.mark.parametrize("damage", [_cut, _empty, _other])
def test_a_damaged_file_is_replaced(folder: Path, damage: Callable[[Path], None]) -> None:
    download = Downloads()
    get(folder, download)
    [file] = folder.glob("*.response")
    damage(file)
    get(folder, download)
    get(folder, download)
    assert download.count == 2


def test_what_nobody_could_read_is_forgotten(folder: Path) -> None:
    download, kept = Downloads(), Reused(folder)
    asyncio.run(kept.get(LIST, download))
    kept.forget(LIST)
    asyncio.run(kept.get(LIST, download))
    assert download.count == 2


def test_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder belongs", "utf-8")
    download, kept = Downloads(), Reused(tmp_path / "cache" / "sources")
    asyncio.run(kept.get(LIST, download))
    asyncio.run(kept.get(LIST, download))
    assert download.count == 1


def test_the_oldest_files_make_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_reuse, "MOST_BYTES", 2_500)
    download = Downloads(body=b"x" * 1_000)
    for number in range(4):
        get(folder, download, replace(LIST, url=f"https://bulk.example/{number}"))
    assert sum(file.stat().st_size for file in folder.glob("*.response")) <= 2_500
    get(folder, download, replace(LIST, url="https://bulk.example/3"))
    assert download.count == 4


@pytest.fixture
def fake() -> Iterator[FakeSources]:
    made = FakeSources()
    listed = {"0": {"cik_str": 1999001, "ticker": "QQ", "title": "Quiet Quarry Inc"}}
    made.hosts["www.sec.gov"] = lambda _: Sent(listed)
    with made.serving():
        yield made


async def _names(folder: Path, fake: FakeSources, first: int) -> None:
    """Ask the SEC about 250 names that are not listed, many at a time."""
    sec, kept, slots = Sec(), Reused(folder), asyncio.Semaphore(16)
    async with SourceClient("Tests/1.0 (tests.example)", fake.allowed()) as client:

        async def one_question(number: int) -> None:
            talk = sec.ask(Subject(names=(f"Unlisted {number}",)), (), "", now().date())
            request = next(talk)
            got = await kept.get(request, partial(client.send, request, sec.card.hosts))
            assert isinstance(got, Response)
            with pytest.raises(StopIteration) as end:
                talk.send(got)
            assert end.value.value.outcome is Outcome.NO_MATCH

        async def in_turn(number: int) -> None:
            async with slots:
                await one_question(number)

        await asyncio.gather(*(in_turn(first + number) for number in range(250)))


def test_a_thousand_names_of_four_processes_need_one_download(
    folder: Path, fake: FakeSources
) -> None:
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                asyncio.run(_names(folder, fake, 250 * number))
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
    assert len(fake.asked["www.sec.gov"]) == 1
