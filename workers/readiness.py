"""Check whether this machine can take work."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from redis.exceptions import RedisError

from leads.errors import SluiceError
from leads.migrations import HEAD
from leads.store.ledger import crews
from leads.store.migrate import version
from workers.context import Context
from workers.host import this_host

#: Bytes that must be free for this machine to take work.
FREE_BYTES = 200_000_000


def readiness(context: Context) -> dict[str, str]:
    """What this machine needs to take work; each is `ok` or the error."""
    return {
        "database": _result(lambda: _check_write(context)),
        "schema": _result(lambda: _check_version(context)),
        "redis": _result(lambda: _check_redis(context)),
        "disk": _result(lambda: _check_free_bytes(context)),
    }


def _result(check: Callable[[], None]) -> str:
    try:
        check()
    except (SluiceError, RedisError, OSError) as error:
        return str(error) or type(error).__name__
    return "ok"


def _check_write(context: Context) -> None:
    with context.store.rehearse() as tx:
        crews.leave(tx, this_host())


def _check_version(context: Context) -> None:
    found = version(context.store)
    if found != HEAD:
        raise SluiceError(f"the database is at version {found}, this Sluice needs {HEAD}")


def _check_redis(context: Context) -> None:
    assert context.redis is not None
    context.redis.ping()


def _check_free_bytes(context: Context) -> None:
    home = context.settings.home
    free = shutil.disk_usage(home if home.exists() else "/").free
    if free < FREE_BYTES:
        raise SluiceError(f"{free / 1e6:,.0f} MB free")
