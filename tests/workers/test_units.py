"""The units for systemd call commands that exist, with options that exist."""

import shlex
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from console.cli.main import app

UNITS = Path(__file__).resolve().parents[2] / "deploy"


def read(name: str) -> RawConfigParser:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNITS / name, "utf-8")
    return unit


def called(name: str) -> list[str]:
    """The words after `sluice`, without what a shell would put in."""
    line = read(name)["Service"]["ExecStart"].partition("sluice ")[2]
    return shlex.split(line.partition("$")[0].replace("'", ""))


@pytest.mark.parametrize("name", sorted(path.name for path in UNITS.glob("*.service")))
def test_a_unit_calls_a_command_as_it_is(name: str) -> None:
    command: Any = get_command(app)
    words = called(name)
    while hasattr(command, "get_command"):
        group = command.make_context("sluice", list(words))
        command = command.get_command(group, words.pop(0))
    assert command.name in ("up", "worker", "check", "serve")
    assert command.make_context(str(command.name), words)  # Raises over an option that is none.


@pytest.mark.parametrize("name", ["sluice-up.service", "sluice-worker.service"])
def test_a_unit_leaves_running_jobs_their_time(name: str) -> None:
    from workers.supervise import GRACE

    service = read(name)["Service"]
    assert service["KillMode"] == "mixed", "the supervisor ends its workers itself"
    assert int(service["TimeoutStopSec"]) > GRACE
    assert service["Restart"] == "always"


def test_the_timer_starts_the_check() -> None:
    assert (UNITS / "sluice-check.service").exists()
    assert read("sluice-check.timer")["Timer"]["OnUnitActiveSec"] == "5min"
