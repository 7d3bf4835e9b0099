"""Every command of the tree: help with an example, `--json`, and no import that makes help slow."""

import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from console.cli.main import app
from tests.console.conftest import Sluice


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    inside = getattr(command, "entries", {}) or getattr(command, "commands", {})
    if not inside or getattr(command, "invoke_without_command", False):
        yield path, command
    for name in inside:
        yield from leaves(command.get_command(None, name), (*path, name))


COMMANDS = list(leaves(get_command(app)))


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS]
)
def test_a_command_says_what_it_does_and_speaks_json(
    path: tuple[str, ...], command: Any, sluice: Sluice
) -> None:
    shown = sluice(*path, "--help").out
    assert f"Example: sluice {' '.join(path)}" in " ".join(shown.split())
    assert "--json" in shown
    assert not re.search(r"<[a-z ]+>|list\[|\{[A-Za-z]", shown), "a Python type or a brace"
    undocumented = [
        one.name for one in command.params if not getattr(one, "help", None) and one.name != "help"
    ]
    assert undocumented == []


@pytest.mark.parametrize(
    ("path", "usage"),
    [
        (("run",), "sluice run [OPTIONS] LIST..."),
        (("queue", "done"), "sluice queue done [OPTIONS] DISPOSITION"),
        (("dedupe", "explain"), "sluice dedupe explain [OPTIONS] COMPANY [OTHER]"),
    ],
)
def test_usage_names_arguments_in_capitals(
    path: tuple[str, ...], usage: str, sluice: Sluice
) -> None:
    assert f"Usage: {usage}\n" in sluice(*path, "--help").out


def test_an_unknown_command_is_a_usage_error(sluice: Sluice) -> None:
    assert sluice("qeueu", code=2).err.startswith("sluice: ")
    assert sluice("queue", "next", "--jsn", "--json", code=2).error["code"] == "usage"


def test_help_comes_at_once() -> None:
    """Under 0.3 s of CPU on an idle machine; the bound leaves room for a busy one, and the best of
    five counts.
    """
    took = []
    for _ in range(5):
        before = children_cpu()
        subprocess.run([sys.executable, "-m", "console", "--help"], check=True, capture_output=True)
        took.append(children_cpu() - before)
    assert min(took) < 0.6, statistics.median(took)


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_imports_no_heavy_library() -> None:
    heavy = (
        "sqlalchemy",
        "sqlmodel",
        "pandas",
        "numpy",
        "scrapy",
        "rq",
        "redis",
        "alembic",
        "yaml",
        "pydantic",
        "phonenumbers",
    )
    code = (
        f"import sys; import console.cli.main; print([name for name in {heavy!r} if name in"
        " sys.modules])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout.strip()
        == "[]"
    )


def test_a_closed_pipe_is_no_error() -> None:
    ended = subprocess.run(
        f"{sys.executable} -m console config | head -1",
        check=False,
        shell=True,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("home")
