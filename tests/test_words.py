"""The gates on words: `.ci/words.py` for pages and docstrings, `.ci/help_lines.py` for help."""

import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOOK = "words:\n  anew: again\n  say of|says of: check\n"


def findings(folder: Path, files: dict[str, str]) -> list[str]:
    """What the gate prints about a repository of these files."""
    for name, content in {**files, ".ci/words.yaml": BOOK}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    shutil.copy(ROOT / ".ci" / "words.py", folder / ".ci")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)

    command = [sys.executable, ".ci/words.py"]
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
def test_a_word_is_named(name: str, content: str, finding: str, tmp_path: Path) -> None:
    assert findings(tmp_path, {name: content}) == [finding]


def test_code_tests_and_parts_of_words_pass(tmp_path: Path) -> None:
    files = {"leads/a.py": "anew = 'say of'", "tests/a.py": '"""Anew."""', "README.md": "Manewell"}
    assert findings(tmp_path, files) == []


@pytest.fixture(scope="module")
def help_lines() -> ModuleType:
    spec = spec_from_file_location("help_lines", ROOT / ".ci" / "help_lines.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("length", "findings"), [(60, 0), (61, 1)])
def test_a_help_line_is_short(help_lines: ModuleType, length: int, findings: int) -> None:
    assert len(help_lines.judge({"sluice run": "x" * length})) == findings


def test_every_command_and_option_has_a_place(help_lines: ModuleType) -> None:
    from typer.main import get_command

    from console.cli.main import app

    places = dict(help_lines.lines(get_command(app), "sluice"))
    assert {"sluice", "sluice queue", "sluice queue done", "sluice queue done --as"} <= set(places)
    assert places["sluice queue done"]
