"""Copies of a PostgreSQL database, by PostgreSQL's own `pg_dump` and `pg_restore`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg.conninfo import make_conninfo
from sqlalchemy import inspect

from leads.errors import ServiceDownError, SluiceError, UsageError
from leads.migrations import HEAD
from leads.migrations.row_security import protect
from leads.store.engine import Store
from leads.store.schema import NAMES
from leads.store.server_roles import keep_version

#: What a dump of ours lists, a line each: what it is, its schema and its name.
_ENTRY = re.compile(
    r"^\d+; \d+ \d+ (TABLE DATA|TABLE|CONSTRAINT|FK CONSTRAINT|INDEX|ROW SECURITY|POLICY)"
    r" \S+ (\S+) "
)
#: What is not taken from a dump, but made again: it says who may see what.
_MADE_AGAIN = ("ROW SECURITY", "POLICY")


def save(store: Store, to: Path, version: str) -> None:
    """Write one moment of the database into a new file in PostgreSQL's custom format; the tables of
    others stay out.
    """
    with store.read() as tx:
        found = inspect(tx)
        # Which tables another version has is not known here.
        names = sorted(NAMES) if version == HEAD else found.get_table_names()
        schema = found.default_schema_name
    tables = [f'--table="{schema}"."{name}"' for name in names]
    _call(
        "pg_dump",
        store,
        ["--format=custom", "--no-owner", "--no-privileges", f"--file={to}", *tables],
    )


def examine(file: Path) -> None:
    """Raise UsageError when the file is no dump of Sluice's tables, or lists anything else."""
    lines = _run("pg_restore", ["--list", str(file)]).splitlines()
    listed = [line for line in lines if line and not line.startswith(";")]
    tables = set()
    for line in listed:
        entry = _ENTRY.match(line)
        if not entry or (entry[1].startswith("TABLE") and entry[2] not in NAMES):
            raise _foreign(f"it holds {line!r}")
        if entry[1] == "TABLE DATA":
            tables.add(entry[2])

    if missing := NAMES - tables:
        raise _foreign(f"it has no table {min(missing)!r}")
    # The list is at the beginning; whether all rows follow shows only when they are read.
    _run("pg_restore", [f"--file={os.devnull}", str(file)])


def _foreign(what: str) -> UsageError:
    return UsageError(
        f"the database in the backup is not one of Sluice: {what}",
        "use another backup; nothing was restored",
    )


def load(store: Store, file: Path) -> None:
    """Put the dump's tables in place of the database's, in one transaction: any failure leaves it
    as it was.
    """
    store.close()
    lines = _run("pg_restore", ["--list", str(file)]).splitlines()
    entries = [(line, _ENTRY.match(line)) for line in lines]
    wanted = [line for line, entry in entries if not entry or entry[1] not in _MADE_AGAIN]
    with TemporaryDirectory(prefix="sluice-") as folder:
        listed = Path(folder) / "list"
        listed.write_text("\n".join(wanted), encoding="utf-8")
        _call(
            "pg_restore",
            store,
            [
                "--single-transaction",
                "--clean",
                "--if-exists",
                "--no-owner",
                "--no-privileges",
                f"--use-list={listed}",
                str(file),
            ],
        )
    with store.write() as tx:
        protect(tx)
        # The table is new, and default privileges have given every role all of it.
        keep_version(tx)


def _call(program: str, store: Store, arguments: list[str]) -> None:
    _, address = store.engine.dialect.create_connect_args(store.engine.url)
    password = address.pop("password", None)
    # The driver's own objects are among them, of which PostgreSQL's programs know nothing.
    told = {name: str(value) for name, value in address.items() if isinstance(value, (str, int))}
    # In the environment and not among the arguments, which every user of the machine may read.
    secret = {"PGPASSWORD": str(password)} if password else {}
    _run(program, ["--no-password", f"--dbname={make_conninfo(**told)}", *arguments], secret)


def _run(program: str, arguments: list[str], secret: dict[str, str] | None = None) -> str:
    found = shutil.which(program)
    if found is None:
        raise UsageError(
            f"{program} is not on this machine",
            "install PostgreSQL's client programs (on Debian: apt install postgresql-client)",
        )
    environment = {**os.environ, "LC_ALL": "C", **(secret or {})}
    done = subprocess.run(  # noqa: S603 - a program we looked up, with arguments of our own
        [found, *arguments],
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise _explained(program, done.stderr)
    return done.stdout


def _explained(program: str, said: str) -> SluiceError:
    lines = [line.partition("error: ")[2] for line in said.splitlines() if "error: " in line]
    text = lines[0] if lines else said.strip().split("\n")[0]
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    if (
        "server version mismatch" in text
        or "unsupported version" in text
        or "unrecognized configuration parameter" in text
    ):
        return UsageError(
            f"{program} is not of the server's version: {text}",
            "put that of the server's version first on the PATH",
        )
    if "connection to server" in text or "could not connect" in text:
        return ServiceDownError(
            f"the database does not answer: {text}",
            "check SLUICE_DATABASE_URL, then `sluice doctor`",
        )
    return SluiceError(f"{program} failed: {text}", "nothing was changed")
