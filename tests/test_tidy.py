"""The gate of `.ci/tidy.py` names what must not be committed, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def findings(folder: Path, files: dict[str, str]) -> list[str]:
    """What the gate prints about a repository of these files, without its own."""
    for name, content in {
        **files,
        ".ci/tidy.py": (ROOT / ".ci" / "tidy.py").read_text("utf-8"),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    git = shutil.which("git") or "git"
    subprocess.run([git, "init", "-q"], cwd=folder, check=True)
    subprocess.run([git, "add", "."], cwd=folder, check=True)
    done = subprocess.run(
        [sys.executable, folder / ".ci" / "tidy.py"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert done.returncode == (1 if lines else 0), done.stderr
    return lines


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("a.lock", "x @ https://files" + ".host.example/x.whl", "address of a package registry"),
        ("Makefile", "pip install --extra-index" + "-url x", "address of a package registry"),
        ("pip.conf", "https://host.example/sim" + "ple/", "address of a package registry"),
        ("docs/a.md", "see /wo" + "rk/main", "path of one machine"),
        ("a.py", 'open("/ro' + 'ot/list.csv")', "path of one machine"),
        ("leads/a.py", "raise NotImplemented" + "Error", "unfinished place"),
        ("leads/a.py", "# TO" + "DO: later", "unfinished place"),
        ("tests/test_a.py", "@pytest.mark." + "skip", "test switched off"),
        ("uv.lock", "", "lock with addresses"),
        ("leads/utils.py", "", "says nothing about its topic"),
        ("tests/leads/__init__.py", "", "hides our package"),
    ],
)
def test_what_must_not_be_committed_is_named(
    name: str, content: str, finding: str, tmp_path: Path
) -> None:
    (line,) = findings(tmp_path, {name: content + "\n"})
    assert line.startswith(name)
    assert finding in line


def test_ordinary_content_passes(tmp_path: Path) -> None:
    ordinary = {
        "README.md": "https://fair.example/work/list and docs/home/page\n",
        "Makefile": "uv pip compile --no-emit-index-url\n",
        "list.csv": "name,country\nSimple Works Ltd,NA\n",
        "leads/lexicon/names/company_names.py": "HOME = '~/.sluice'\n",
        "page.bin": "\0" + "TO" + "DO",
    }
    assert findings(tmp_path, ordinary) == []
