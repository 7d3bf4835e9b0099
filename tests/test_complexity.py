"""The gate of `.ci/complexity.py` names functions that are too complex."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SIMPLE = "def f(a):\n" + "    if a: a = 1\n" * 11
COMPLEX = SIMPLE + "    if a: a = 2\n"
IN_A_CLASS = "class C:\n" + "".join(f"    {line}\n" for line in COMPLEX.splitlines())


def gate(folder: Path, content: str) -> list[str]:
    """What the gate prints about a repository of one file."""
    (folder / ".ci").mkdir(exist_ok=True)
    shutil.copy(ROOT / ".ci" / "complexity.py", folder / ".ci")
    (folder / "a.py").write_text(content)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "a.py"], cwd=folder, check=True)

    command = [sys.executable, ".ci/complexity.py"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert done.returncode == (1 if lines else 0), done.stderr
    return lines


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        (SIMPLE, []),
        (COMPLEX, ["a.py f: complexity 13, at most 12"]),
        (IN_A_CLASS, ["a.py C.f: complexity 13, at most 12"]),
    ],
)
def test_a_complex_function_is_named(content: str, findings: list[str], tmp_path: Path) -> None:
    assert gate(tmp_path, content) == findings
