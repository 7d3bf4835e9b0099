"""The example of the documentation works."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from console.api.app import bare_api
from console.api.description import described
from console.api.reference import render
from tests.api.conftest import MakeProgram

ROOT = Path(__file__).resolve().parents[2]
Queued = Callable[..., None]


def test_the_example_works_a_prospect(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north", scopes=["prospects:work"])
    command = [sys.executable, str(ROOT / "examples/api_day.py"), ann.at]
    done = subprocess.run([*command, ann.token], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("Alder GmbH waits for:")
    assert "again at 20" in done.stdout
    refused = subprocess.run([*command, "nonsense"], check=False, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "Unauthorized" in refused.stderr


def test_the_page_about_the_api_names_every_endpoint() -> None:
    document = described(bare_api())
    page = render(document)
    for path, operations in document["paths"].items():
        for method in operations:
            assert f"### {method.upper()} {path}\n" in page
    assert page == (ROOT / "docs/api.md").read_text("utf-8")
