"""The commands that notes and hints name work as they stand: with their client and campaign."""

import shlex
from pathlib import Path
from typing import Any

import pytest

from console.cli.hints import in_scope, set_scope
from tests.console.conftest import Sluice
from tests.console.test_command_tree import COMMANDS


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ("queue next", "see `sluice queue stats`"),
        ("queue next --client default", "see `sluice queue stats`"),
        ("queue next --client north", "see `sluice queue stats --client north`"),
        ("queue next --client=north", "see `sluice queue stats --client north`"),
        ("queue next --client 'a b'", "see `sluice queue stats --client 'a b'`"),
        (
            "queue next --client north --campaign spring",
            "see `sluice queue stats --client north --campaign spring`",
        ),
    ],
)
def test_a_hint_names_the_client_and_campaign(arguments: str, hint: str) -> None:
    set_scope(shlex.split(arguments))
    assert in_scope("see `sluice queue stats`") == hint


def test_commands_without_a_client_stay(sluice: Sluice) -> None:
    set_scope(["run", "--client", "north", "--campaign", "spring"])
    for command in (
        "`sluice config`",
        "`sluice ops failures`",
        "`sluice icp words WORD`",
        "`sluice queue done --help`",
        "`jq .`",
    ):
        assert in_scope(command) == command
    assert in_scope("`sluice lists`") == "`sluice lists --client north`"
    assert in_scope("`sluice contact list`") == "`sluice contact list --client north`"
    assert in_scope("`sluice sites undo NAME`") == "`sluice sites undo NAME --client north`"


def test_a_run_of_one_of_several_campaigns_names_it(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n")
    (tmp_path / "fair.csv").write_text("name,country\nZeta GmbH,DE\n")
    run = ("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    first = sluice(*run, "--client", "north", "--new-client")
    assert "`sluice queue next --client north`" in first.err
    sluice("campaign", "add", "spring", "--client", "north")
    assert (
        "`sluice queue next --client north --campaign all`" in sluice(*run, "--client", "north").err
    )


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS]
)
def test_a_hint_has_the_options_that_its_command_takes(path: tuple[str, ...], command: Any) -> None:
    set_scope(["--client", "north", "--campaign", "spring"])
    takes = {option for one in command.params for option in one.opts}
    hint = in_scope(f"`sluice {' '.join(path)}`").strip("`").split()
    assert ("--client" in hint) == ("--client" in takes)
    assert ("--campaign" in hint) == ("--campaign" in takes)
