"""What an SDR runs all day, and what compares files, starts fast: it imports no library that it does
not use.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

HEAVY = {
    "alembic",
    "dedupe.engine",
    "enrich.run",
    "holidays",
    "intake",
    "numpy",
    "pandas",
    "phonenumbers",
    "psycopg",
    "qualify.run.deciding",
    "rapidfuzz",
    "redis",
    "requests",
    "rich",
    "scrapy",
    "sqlalchemy.orm",
    "sqlmodel",
    "tldextract",
}
PROGRAM = """
import sys
from console.cli.main import run_command

code = run_command(sys.argv[2:])
print(code, *sorted(set(sys.argv[1].split()) & sys.modules.keys()), file=sys.stderr)
"""
PROGRAM_OF_LOOKS = """
import json
import sys
from console.cli.main import run_command

found = {}
for look in sys.argv[2:]:
    seen = set(sys.modules)
    code = run_command(look.split())
    found[look] = (code, sorted(set(sys.argv[1].split()) & sys.modules.keys() - seen))
print(json.dumps(found), file=sys.stderr)
"""
ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"


def imported(*arguments: str, heavy: set[str] = HEAVY) -> str:
    """The exit code of a command in its own process, and the heavy modules that it imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, " ".join(heavy), *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stderr.splitlines()[-1]


@pytest.fixture
def town(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text(
        "name,website,country\nZeta GmbH,zeta.example,DE\nOmega AG,omega.example,DE\n"
    )
    sluice("run", tmp_path / "list.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    sluice("campaign", "set", "all", "--call-hours", "workdays 9-17")
    sluice("suppress", "add", "Kappa GmbH")


#: What no command that only looks needs. Tables measure the width of characters with one part of rich.
UNSEEN = (HEAVY - {"rich"}) | {
    "aiohttp",
    "dedupe.engine",
    "enrich",
    "python_calamine",
    "rich.console",
    "rich.table",
    "rq",
    "twisted",
}
LOOKS = [
    "campaign list",
    "campaign show all",
    "client list",
    "client show default",
    "config",
    "lists",
    "lists scorecard list",
    "lists show list",
    "ops failures",
    "ops status",
    "queue mine --as ann",
    "queue show",
    "queue stats",
    "suppress list",
    "user list",
    "user show ann",
]


@pytest.mark.usefixtures("town")
def test_a_command_that_only_looks_imports_nothing_heavy(sluice: Sluice) -> None:
    sluice("user", "add", "ann")
    looks = subprocess.run(
        [sys.executable, "-c", PROGRAM_OF_LOOKS, " ".join(UNSEEN), *LOOKS],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(looks.stderr.splitlines()[-1]) == {look: [0, []] for look in LOOKS}


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "arguments",
    [
        ("queue", "next", "--any-time", "--as", "bob"),
        ("queue", "done", "no_answer", "--as", "ann"),
        ("queue", "release", "--as", "ann"),
        ("suppress", "check", "Omega AG"),
    ],
    ids=" ".join,
)
def test_a_command_of_an_sdr_imports_nothing_heavy(
    sluice: Sluice, arguments: tuple[str, ...]
) -> None:
    sluice("queue", "next", "--any-time", "--as", "ann")
    assert imported(*arguments) == "0"


#: What only a database, a worker, a crawl or a drawn line of progress needs.
STORE = {
    "alembic",
    "pandas",
    "psycopg",
    "redis",
    "requests",
    "rich",
    "rq",
    "scrapy",
    "sqlalchemy",
    "sqlmodel",
    "tldextract",
    "twisted",
}
#: What only a name, host or figure of some kind needs, and none in `list.csv` is of that kind.
RARE = {"alembic", "idna", "openpyxl", "phonenumbers", "sklearn"}
FILES = [
    ("cluster", "list.csv", "-o", "out.csv"),
    ("link", "list.csv", "list.csv", "-o", "out.csv"),
    ("qualify", "list.csv", "--icp", "icp.yaml"),
    ("extract", "page.html", "--url", "https://zeta.example/"),
    ("technologies", "page.html"),
]


@pytest.mark.parametrize("arguments", FILES, ids=lambda one: one[0])
def test_a_command_about_files_imports_no_database(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("icp.yaml").write_text(ICP)
    Path("list.csv").write_text("name,country\nZeta GmbH,DE\nZeta,DE\n")
    Path("page.html").write_text("<html><title>Zeta GmbH</title><p>Zeta GmbH, Exton</p></html>")
    assert imported(*arguments, heavy=STORE) == "0"


@pytest.mark.parametrize("command", ["cluster", "link"])
def test_a_command_that_compares_files_imports_nothing_else(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("name,website,country\nZeta GmbH,zeta.com,DE\nZeta,,DE\n")
    files = ["list.csv"] * (2 if command == "link" else 1)
    assert imported(command, *files, "-o", "out.csv", heavy=STORE | RARE) == "0"


#: What only a crawl, a worker, an answer of a site, a new database or a comparison of profiles needs.
UNUSED = {
    "aiohttp",
    "alembic",
    "enrich",
    "openpyxl",
    "pandas",
    "psycopg",
    "redis",
    "requests",
    "rq",
    "scrapy",
    "sklearn",
    "sqlalchemy.orm",
    "sqlmodel",
    "twisted",
}


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("command", [("import",), ("run", "--icp", "icp.yaml", "--no-crawl")])
def test_a_command_that_takes_a_list_imports_no_crawler(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("more.csv").write_text("name,website,country\nSigma GmbH,sigma.example,DE\n")
    assert imported(command[0], "more.csv", *command[1:], heavy=UNUSED) == "0"
