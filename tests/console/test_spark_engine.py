"""`--engine spark`: what is refused before Spark starts, and one run on Spark where it is installed."""

import csv
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.console.conftest import Sluice, rows_of

_ROWS = """\
id,name,country,domain
7,Zyxwell Robotics GmbH,DE,zyxwell.example
8,Brandix Bakery Ltd,GB,
9,ZYXWELL ROBOTICS,Germany,www.zyxwell.example
10,,DE,
"""


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.csv"
    file.write_text(_ROWS, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--engine", "dusk"], "there is no engine named 'dusk'"),
        (["--master", "local[2]"], "--master needs Spark"),
    ],
)
def test_an_unknown_engine_or_a_master_without_spark_is_refused(
    sluice: Sluice, rows: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    done = sluice("cluster", rows, "-o", tmp_path / "out.csv", *options, code=2)
    assert says in done.err


def test_a_file_of_verdicts_needs_spark(sluice: Sluice, rows: Path, tmp_path: Path) -> None:
    profile = tmp_path / "icp.yaml"
    profile.write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n", encoding="utf-8")
    done = sluice("qualify", rows, "--icp", profile, "-o", tmp_path / "out.csv", code=2)
    assert "-o needs --engine spark" in done.err


def test_without_pyspark_the_error_says_what_to_install(
    sluice: Sluice, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    done = sluice("cluster", rows, "-o", tmp_path / "out.csv", "--engine", "spark", code=6)
    assert "pip install 'sluice[spark]'" in done.err


def test_clusters_on_spark_are_those_of_one_process(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("needs Java, and PySpark (480 MB): pip install 'sluice[spark]'")
    local, spark = tmp_path / "local.csv", tmp_path / "spark.csv"
    sluice("cluster", rows, "-o", local, code=5)
    sluice("cluster", rows, "-o", spark, "--engine", "spark", "--master", "local[1]", code=5)
    found = [
        row
        for part in sorted(spark.glob("part-*"))
        for row in csv.DictReader(part.read_text(encoding="utf-8").splitlines())
    ]
    compared = ("id", "cluster_id", "score", "review_with")
    assert [
        tuple(row[name] for name in compared)
        for row in sorted(found, key=lambda row: int(row["id"]))
    ] == [tuple(row[name] for name in compared) for row in rows_of(local)]
