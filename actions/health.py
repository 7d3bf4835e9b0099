"""Check the installation: Python, folders, disk, clock, database, workers, Redis and browser."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from actions import page_store
from leads.clock import now
from leads.errors import SluiceError
from leads.migrations import HEAD
from leads.settings import Settings, load_settings
from leads.store import Store, server_roles
from leads.store.ledger import tasks as ledger
from leads.store.migrate import version, way_out
from workers.checkup import of_clocks, of_redis, of_versions
from workers.private_redis import socket_of
from workers.redis_client import connect, redis_url
from workers.rendering import check_browser

ROOM_NEEDED = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    what: str
    ok: bool
    found: str
    cure: str = ""


def check_installation() -> list[Finding]:
    """Run every check; each builds on the ones before."""
    try:
        settings = load_settings()
    except SluiceError as error:
        return [Finding("settings", ok=False, found=error.message, cure=error.hint)]
    return [
        finding
        for check in (_python, _home, _room, _clock, _database, _redis, _browser)
        for finding in _safely(check, settings)
    ]


def _safely(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> list[Finding]:
    what = check.__name__.strip("_")
    try:
        return list(check(settings))
    except SluiceError as error:
        return [Finding(what, ok=False, found=error.message, cure=error.hint)]
    except OSError as error:
        return [
            Finding(what, ok=False, found=str(error), cure="check the folder's owner and rights")
        ]


def _python(_settings: Settings) -> Iterator[Finding]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("python", ok=sys.version_info >= (3, 11), found=found)


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    probe = home / ".probe"
    probe.touch()
    probe.unlink()
    yield Finding("home", ok=True, found=f"{home} can be written")


def _room(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.home).free
    cure = "" if free > ROOM_NEEDED else "free some space: an import stops when the disk is full"
    yield Finding("disk", ok=free > ROOM_NEEDED, found=f"{free / 1e9:,.1f} GB free", cure=cure)


def _clock(_settings: Settings) -> Iterator[Finding]:
    # Leases and ids depend on the clock: a clock in the past hands work out twice.
    ok = now() > datetime(2026, 1, 1, tzinfo=UTC)
    yield Finding(
        "clock",
        ok=ok,
        found=f"{now():%Y-%m-%d %H:%M} UTC",
        cure="" if ok else "set the machine's clock",
    )


def _database(settings: Settings) -> Iterator[Finding]:
    store = Store(settings.database_url)
    try:
        found = version(store)
        kind = store.engine.dialect.name
        if found is None:
            yield Finding("database", ok=True, found=f"{kind}, empty: the first command creates it")
            return
        yield Finding(
            "database",
            ok=found == HEAD,
            found=f"{kind}, version {found}",
            cure="" if found == HEAD else way_out(found),
        )
        if found == HEAD:
            yield from _row_security(store)
            yield from _tasks(store)
            yield from _workers(store)
            yield from _pages(store, settings)
    finally:
        store.close()


def _row_security(store: Store) -> Iterator[Finding]:
    """Whether PostgreSQL itself keeps clients apart."""
    if store.engine.dialect.name != "postgresql":
        return
    with store.read() as tx:
        found = server_roles.standing(tx)
    yield Finding(
        "row security",
        ok=True,
        found=f"{'on' if found.is_held else 'off'} for the role {found.role}",
        cure=""
        if found.is_held
        else "it owns the tables; with several clients, add a role by `sluice db role`",
    )


def _redis(settings: Settings) -> Iterator[Finding]:
    if settings["redis_url"] or socket_of(settings.home).exists():
        url = redis_url(settings)
        with connect(url) as redis:
            yield from (
                Finding(one.what, one.ok, one.found, one.cure) for one in of_redis(url, redis)
            )


def _browser(settings: Settings) -> Iterator[Finding]:
    if found := check_browser(settings):
        yield Finding("browser", ok=True, found=found)


def _workers(store: Store) -> Iterator[Finding]:
    with store.read() as tx:
        found = [*of_clocks(tx), *of_versions(tx)]
    yield from (Finding(one.what, one.ok, one.found, one.cure) for one in found)


def _pages(store: Store, settings: Settings) -> Iterator[Finding]:
    with store.read() as tx:
        found = page_store.room(tx, settings)
    yield Finding("page store", ok=not found.is_over, found=found.says, cure=found.do)


def _tasks(store: Store) -> Iterator[Finding]:
    with store.read() as tx:
        counts, given_up = ledger.counts(tx), ledger.dead(tx, 1)
    waiting = sum(some.get("pending", 0) + some.get("running", 0) for some in counts.values())
    yield Finding(
        "tasks",
        ok=True,
        found=f"{waiting:,} waiting or running",
        cure="run `sluice run` again to go on" if waiting else "",
    )
    dead = sum(some.get("dead", 0) + some.get("quarantined", 0) for some in counts.values())
    cure = f"the newest says: {given_up[0].error}" if given_up else ""
    yield Finding(
        "given up", ok=not dead, found=f"{dead:,} tasks" if dead != 1 else "1 task", cure=cure
    )
