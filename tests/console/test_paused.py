"""A command whose work is paused says who paused it, since when, and how to go on."""

import re
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
SINCE = r"is paused by ann since \d{4}-\d\d-\d\d \d\d:\d\d UTC"

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def files(tmp_path: Path, database: str) -> Path:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text("name,website,country\nZeta GmbH,zeta.example,DE\n")
    (tmp_path / "more.csv").write_text("name,website,country\nOmega AG,omega.example,DE\n")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ((), "everything"),
        (("--queue", "cheap"), "the queue cheap"),
        (("--client", "default"), None),
    ],
)
def test_a_run_says_who_paused_it(
    sluice: Sluice, files: Path, options: tuple[str, ...], what: str | None
) -> None:
    run = ("run", files / "list.csv", "--icp", files / "icp.yaml", "--no-crawl")
    sluice(*run)
    sluice("ops", "pause", *options, "--as", "ann", "--reason", "new list")
    again = ("run", files / "more.csv", *run[2:])
    said = sluice(*again, code=1).err
    assert re.search(rf"{what or 'the client default'} {SINCE} \(new list\)", said), said
    resume = " ".join(("sluice ops resume", *options))
    assert f"`{resume}` ends the pause; then run the same command again" in said

    sluice("ops", "resume", *options)
    assert sluice(*again, "--json").json["waiting_tasks"] == 0


def test_an_action_says_so_and_is_kept(sluice: Sluice, files: Path) -> None:
    sluice("run", files / "list.csv", "--icp", files / "icp.yaml", "--no-crawl")
    sluice("ops", "pause", "--as", "ann")
    for command in (
        ("import", files / "more.csv"),
        ("suppress", "add", "zeta.example"),
        ("dedupe", "run"),
    ):
        said = sluice(*command).err
        assert re.search(rf"everything {SINCE}; `sluice ops resume` ends it", said), said
    assert re.search(rf"everything {SINCE}", sluice("ops", "status").out)


def test_a_pause_of_somebody_else_is_not_mentioned(sluice: Sluice, files: Path) -> None:
    sluice("client", "add", "nordwind")
    sluice("ops", "pause", "--client", "nordwind", "--as", "ann")
    done = sluice("run", files / "list.csv", "--icp", files / "icp.yaml", "--no-crawl")
    assert "paused" not in done.err
