"""Hand-over and nurture files in force, on both databases."""

from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.console.conftest import Sluice
from tests.console.made_leads import AGREEMENT, NURTURE

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]


def test_a_file_needs_both_sides(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    text = AGREEMENT.read_text("utf-8")
    file = tmp_path / "handover.yaml"
    lines = [line for line in text.splitlines() if "side: client" not in line]
    file.write_text("\n".join(lines))
    (remark,) = sluice("handover", "check", file, "--json", code=1).json["remarks"]
    assert (remark["path"], remark["line"]) == ("agreed_by", 4)
    assert "nobody of the client agreed" in sluice("handover", "use", file, code=2).err

    file.write_text(text.replace("on: 2026-11-21", "on: 2999-11-21"))
    (remark,) = sluice("handover", "check", file, "--json", code=1).json["remarks"]
    assert (remark["path"], remark["line"]) == ("agreed_by[2].on", 6)


def test_a_used_version_never_changes(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    text, file = AGREEMENT.read_text("utf-8"), tmp_path / "handover.yaml"
    file.write_text(text)
    assert "would be in force" in sluice("handover", "use", file, "--dry-run").out
    sluice("handover", "send", "zeta.example", "-o", "-", code=3)
    assert sluice("handover", "use", file, "--json").json["changed"]
    file.write_text("# another comment\n" + text)
    assert not sluice("handover", "use", file, "--json").json["changed"]
    file.write_text(text.replace("2 working days", "3 working days"))
    assert "other content" in sluice("handover", "use", file, code=4).err
    assert sluice("handover", "show").out == text


def test_a_nurture_file_is_shown_and_used(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    twice = tmp_path / "nurture.yaml"
    row = "  - {temperature: [hot], after: 1 day, do: call}\n"
    end = "otherwise: {after: 3 days, do: ask}\n"
    twice.write_text(f"nurture: ours\nversion: 1\ntouches:\n{row}{row}{end}")
    assert "nurture.yaml:5: touches[2]" in sluice("lead", "plan", twice, code=2).err
    assert "nurture: standard" in sluice("lead", "plan").out
    sluice("lead", "plan", NURTURE)
    assert sluice("lead", "plan", "--json").json["text"] == NURTURE.read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(sluice("lead", "schema").json)
    jsonschema.Draft202012Validator.check_schema(sluice("handover", "schema").json)
