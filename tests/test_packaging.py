"""One distribution owns our package names, and what it ships works from the wheel alone."""

import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from leads.ownership import PACKAGES

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, built with the backend in the environment: no network, no installation."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("sluice-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "content")
    return folder / "content"


@pytest.mark.parametrize("package", PACKAGES)
def test_nobody_else_owns_a_package_of_ours(package: str) -> None:
    # An editable installation lists nothing, so no owner is fine too; a second one is not.
    assert set(packages_distributions().get(package, [])) <= {"sluice"}


@pytest.mark.parametrize("table", ["wheel", "types"])
def test_every_list_of_packages_is_the_same(table: str) -> None:
    tools = PROJECT["tool"]
    given = {
        "wheel": tools["hatch"]["build"]["targets"]["wheel"]["packages"],
        "types": [name for name in tools["mypy"]["files"] if name in PACKAGES],
    }[table]
    assert tuple(given) == PACKAGES == tuple(tools["importlinter"]["root_packages"])


def test_the_wheel_holds_every_file_of_our_packages_and_nothing_else(unpacked_wheel: Path) -> None:
    ours = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    shipped = {
        str(path.relative_to(unpacked_wheel))
        for path in unpacked_wheel.rglob("*")
        if path.is_file()
    }
    assert {name for name in shipped if ".dist-info/" not in name} == ours
    assert any(name.startswith("leads/lexicon/data/") for name in shipped), (
        "data files are among them"
    )
    assert any(name.endswith("LICENSE") for name in shipped)


def test_the_command_runs_from_the_wheel_alone(unpacked_wheel: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from console.cli.main import main; main()", "--help"],
        cwd=tmp_path,
        check=False,
        env={"PYTHONPATH": str(unpacked_wheel), "SLUICE_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "sluice" in done.stdout


def test_the_lock_holds_every_requirement_by_its_hash_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    blocks = [block for block in text.split("\n") if block and not block.startswith((" ", "#"))]
    locked: dict[str, list[str]] = {}
    for line in blocks:
        name, _, version = line.split(" ")[0].partition("==")
        locked.setdefault(canonicalize_name(name), []).append(version)
    wanted = [
        Requirement(line)
        for line in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"])
    ]
    missing = [
        str(one)
        for one in wanted
        if not any(
            one.specifier.contains(version)
            for version in locked.get(canonicalize_name(one.name), [])
        )
    ]
    assert missing == [], "`make lock` brings them in"
    assert all(line.endswith("\\") for line in blocks), "every version is followed by its hashes"
    assert "://" not in text
