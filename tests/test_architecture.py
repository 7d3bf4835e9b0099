"""The walls of the house: who may import whom, how long a file may be, and what it may be called."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from leads.migrations import HEAD
from leads.ownership import PACKAGES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
LINES = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in SOURCES}


def import_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)


def test_imports_keep_their_contracts() -> None:
    done = import_contracts(ROOT)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


#: The subpackages of `leads` that contracts name.
FLOORS = ("store", "tables", "migrations", "sheets", "lexicon")


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """Our packages without their content, under our contracts."""
    for package in (*PACKAGES, *(f"leads/{name}" for name in FLOORS)):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        pytest.param("qualify/added.py", "import dedupe", 1, id="a stage imports a stage"),
        pytest.param("leads/added.py", "import workers", 1, id="an import points up"),
        pytest.param(
            "dedupe/added.py", "import leads.tables", 1, id="a pure file knows the tables"
        ),
        pytest.param(
            "intake/added.py", "import sqlalchemy", 1, id="a pure file knows the database"
        ),
        pytest.param(
            "enrich/run.py",
            "import redis",
            2,
            id="a stage knows the queue, which two contracts forbid",
        ),
        pytest.param("console/added.py", "import leads.store", 1, id="the console knows the store"),
        pytest.param("console/added.py", "import outreach", 1, id="the console knows a stage"),
        pytest.param("console/added.py", "import actions, leads", 0, id="as it may"),
        pytest.param(
            "dedupe/run.py",
            "import leads.store, leads.tables, sqlalchemy",
            0,
            id="the edge may know the store",
        ),
        pytest.param(
            "outreach/run/desk.py", "import leads.store", 0, id="so may one of several edges"
        ),
    ],
)
def test_the_contracts_catch_a_breach(file: str, line: str, broken: int, empty_house: Path) -> None:
    (empty_house / file).parent.mkdir(exist_ok=True)
    (empty_house / file).parent.joinpath("__init__.py").touch()
    (empty_house / file).write_text(line + "\n")
    done = import_contracts(empty_house)
    assert f" {broken} broken" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    "folder", ["leads", "leads/lexicon", "leads/store", "qualify", "workers", "console"]
)
def test_the_contracts_catch_a_circle(folder: str, empty_house: Path) -> None:
    room = empty_house / folder
    room.mkdir(exist_ok=True)
    dotted = folder.replace("/", ".")
    files = {
        "__init__.py": "",
        "one.py": f"import {dotted}.two",
        "two.py": f"import {dotted}.three",
        "three.py": f"import {dotted}.one",
    }
    for name, content in files.items():
        (room / name).write_text(content + "\n")
    done = import_contracts(empty_house)
    assert " 1 broken" in done.stdout, done.stdout + done.stderr
    assert f"No cycles are allowed in {dotted}." in done.stdout


def test_every_room_has_its_place_in_each_list() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    tools = settings["tool"]
    contracts = {one["type"]: one for one in tools["importlinter"]["contracts"]}
    layers = " | ".join(contracts["layers"]["layers"])

    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms == set(PACKAGES)
    assert rooms == set(tools["importlinter"]["root_packages"])
    assert rooms == set(contracts["acyclic_siblings"]["ancestors"])
    assert rooms == set(layers.split(" | "))
    assert rooms == set(tools["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert rooms == set(tools["mypy"]["files"]) - {"tests", "bench", ".ci"}
    assert rooms == set(tools["deptry"]["known_first_party"])
    assert rooms == set(tools["ruff"]["lint"]["isort"]["known-first-party"])


def test_no_file_is_too_long_to_hold_one_concept() -> None:
    assert {str(path): count for path, count in LINES.items() if count > 300} == {}
    long = {str(path): count for path, count in LINES.items() if count > 250}
    assert len(long) * 10 <= len(LINES), f"nine in ten files stay under 250 lines: {long}"


def test_every_file_is_named_after_its_topic() -> None:
    nothing_said = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [str(path) for path in LINES if nothing_said & {*path.parts[:-1], path.stem}] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is_and_is_typed(package: str) -> None:
    assert (ROOT / package / "__init__.py").read_text("utf-8").startswith('"""')
    assert (ROOT / package / "py.typed").is_file()


def test_no_package_hides_under_tests() -> None:
    # With one, pytest would import the folder of tests in place of our package of the same name.
    assert [str(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_migrations_form_one_line() -> None:
    """Two branches that take the same number would leave a database with two newest versions."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "leads" / "migrations" / "versions").glob("*.py")):
        text = path.read_text("utf-8")
        number, before = (
            re.search(rf'^{name} = (?:"(\d+)"|None)$', text, re.MULTILINE)
            for name in ("revision", "down_revision")
        )
        assert number is not None, path.name
        assert before is not None, path.name
        assert path.name.startswith(f"{number[1]}_")
        assert number[1] not in found, f"{path.name} and {found[number[1]]} have one number"
        found[number[1]] = path.name
        if before[1]:
            assert int(before[1]) == int(number[1]) - 1, path.name
    assert max(found) == HEAD
