"""The gates on words: `.ci/words.py` for pages and docstrings, `.ci/help_lines.py` for help."""

import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOOK = "words:\n  anew: again\n  say of|says of: check\nclean:\n"


def findings(folder: Path, files: dict[str, str], *clean: str, given: str = "") -> list[str]:
    """What the gate prints about a repository of these files."""
    book = BOOK + "".join(f"  - {path}\n" for path in clean)
    for name, content in {**files, ".ci/words.yaml": book}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    shutil.copy(ROOT / ".ci" / "words.py", folder / ".ci")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)

    command = [sys.executable, ".ci/words.py", *given.split()]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert done.returncode == (1 if lines else 0), done.stderr
    return lines


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("README.md", "One\nAnew", "README.md:2: 'Anew'; write: again"),
        ("docs/a/b.md", "it says of it", "docs/a/b.md:1: 'says of'; write: check"),
        ("leads/a.py", '"""Say of."""', "leads/a.py:1: 'Say of'; write: check"),
        (
            "leads/a.py",
            'def f():\n    """One.\n\n    anew"""',
            "leads/a.py:4: 'anew'; write: again",
        ),
    ],
)
def test_a_word_in_a_clean_file_is_named(
    name: str, content: str, finding: str, tmp_path: Path
) -> None:
    assert findings(tmp_path, {name: content}, name.split("/")[0]) == [finding]


def test_only_clean_paths_are_checked_unless_all_are_asked_for(tmp_path: Path) -> None:
    files = {"leads/a.py": '"""Anew."""', "leadsman.py": '"""Anew."""', "leads2/b.py": '"""A."""'}
    assert findings(tmp_path, files, "leads2") == []
    assert len(findings(tmp_path, files, "leads2", given="--everywhere")) == 2


def test_code_tests_and_parts_of_words_pass(tmp_path: Path) -> None:
    files = {"leads/a.py": "anew = 'say of'", "tests/a.py": '"""Anew."""', "README.md": "Manewell"}
    assert findings(tmp_path, files, "leads", "README.md") == []


def test_a_clean_path_that_is_gone_is_named(tmp_path: Path) -> None:
    assert findings(tmp_path, {"README.md": "x"}, "docs") == [
        ".ci/words.yaml: docs holds no page and no module"
    ]


@pytest.fixture(scope="module")
def help_lines() -> ModuleType:
    spec = spec_from_file_location("help_lines", ROOT / ".ci" / "help_lines.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("length", "listed", "finding"),
    [
        (60, set(), None),
        (61, set(), "sluice run: 61 characters, at most 60: "),
        (61, {"sluice run"}, None),
        (60, {"sluice run"}, "sluice run: short now or gone"),
    ],
)
def test_a_help_line_is_short_or_listed(
    help_lines: ModuleType, length: int, listed: set[str], finding: str | None
) -> None:
    found = help_lines.judge({"sluice run": "x" * length}, listed)
    assert len(found) == (0 if finding is None else 1)
    assert finding is None or found[0].startswith(finding)


def test_every_command_and_option_has_a_place(help_lines: ModuleType) -> None:
    from typer.main import get_command

    from console.cli.main import app

    places = dict(help_lines.lines(get_command(app), "sluice"))
    assert {"sluice", "sluice queue", "sluice queue done", "sluice queue done --as"} <= set(places)
    assert places["sluice queue done"]
