"""A stranger's package under one of our names stops the program before anything runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leads.ownership import PACKAGES

ROOT = Path(__file__).resolve().parent.parent


def start(*path: Path) -> subprocess.CompletedProcess[str]:
    """Import the console with these folders before all others on the path, as pip's folder comes
    before an editable installation.
    """
    code = "import sys; sys.path[:0] = sys.argv[1:]; import console"
    return subprocess.run(
        [sys.executable, "-c", code, *path],
        cwd=path[0],
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "name", ["dedupe", "enrich", "spiders", "workers"]
)  # Each is a project of the package index.
def test_a_foreign_package_is_refused_by_its_name_and_place(name: str, tmp_path: Path) -> None:
    foreign = tmp_path / name / "__init__.py"
    foreign.parent.mkdir()
    foreign.write_text("raise SystemExit('the stranger was run')")

    done = start(tmp_path, ROOT)

    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"ImportError: package '{name}' is not Sluice's but {foreign}")
    assert "clean environment" in last
    assert "the stranger was run" not in done.stderr


def test_the_nameless_rest_of_a_package_is_refused(tmp_path: Path) -> None:
    # `pip uninstall dedupe` takes our __init__.py along when both were installed into one folder.
    shutil.copytree(
        ROOT / "leads", tmp_path / "leads", ignore=shutil.ignore_patterns("data", "__pycache__")
    )
    shutil.copytree(
        ROOT / "console", tmp_path / "console", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in PACKAGES:
        (tmp_path / name).mkdir(exist_ok=True)
        if name not in {"leads", "console", "dedupe"}:
            (tmp_path / name / "__init__.py").touch()
    # -S leaves site-packages out, where our packages are whole.
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import console"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert "ImportError: package 'dedupe' is not Sluice's but None" in done.stderr


def test_our_own_packages_are_accepted() -> None:
    done = start(ROOT)
    assert (done.returncode, done.stderr) == (0, "")
