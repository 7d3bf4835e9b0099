"""A way to run the command as a user does, in this process."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from actions.session import Session
from console.cli.main import run_command
from tests.sources.asking import Asking, reach
from tests.sources.fake_sources import FakeSources


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.err.strip().splitlines()[-1])["error"]
        return found


Sluice = Callable[..., Ran]


@pytest.fixture
def sluice(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Sluice:
    def run(*arguments: object, stdin: str = "", code: int | None = 0) -> Ran:
        monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        )
        capsys.readouterr()
        ended = run_command([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert code is None or ended == code, f"exit code {ended}: {said.err}"
        return Ran(ended, said.out, said.err)

    return run


def held(sluice: Sluice, user: str) -> list[str]:
    """The names of the prospects that a user holds."""
    mine = sluice("queue", "mine", "--as", user, "--json").json
    return [one["name"] for one in mine["held"]]


def names_in_queue(sluice: Sluice) -> set[str]:
    """The names of the prospects that the queue shows."""
    return {row["name"] for row in sluice("queue", "show", "--json").json}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the commands use each kind of database in turn; its URL."""
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def queued(database: str, sluice: Sluice, tmp_path: Path) -> Callable[..., None]:
    """Run a list of these names; all of them fit, and more employees give a higher score."""

    def run(*names: str, client: str = "default") -> None:
        icp = tmp_path / "icp.yaml"
        icp.write_text(
            "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\nscore:\n"
            "  - {points: 10, employees: {at_least: 20}}\n"
        )
        rows = [f"{name},{name.split()[0].lower()}.example,DE,30" for name in names]
        path = tmp_path / f"{names[0].split()[0]}.csv"
        path.write_text("name,website,country,employees\n" + "\n".join(rows) + "\n")
        options = ("--no-crawl", "--new-client", "--client", client)
        sluice("run", path, "--icp", icp, *options)

    return run


@pytest.fixture
def asking(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    fake = FakeSources()
    with fake.serving():
        made = Asking(sluice, tmp_path, home, fake)
        monkeypatch.setattr(Session, "context", reach(fake))
        monkeypatch.setenv("HEADCOUNTS_KEY", "right")
        yield made
