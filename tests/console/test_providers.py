"""`sluice providers`: which providers there are, and what is wrong with a file."""

import json
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.sources.providers.made_provider import KEY, LINES, with_lines


def test_providers_are_listed_with_their_price_and_whether_the_key_is_set(
    sluice: Sluice, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "providers").mkdir(parents=True)
    (home / "providers" / "orbit.yaml").write_text(LINES)
    (home / "providers" / "hunter.yaml").write_text("provider: hunter\n")
    monkeypatch.setenv("ORBIT_API_KEY", KEY)
    monkeypatch.delenv("APOLLO_API_KEY", raising=False)

    done = sluice("providers", "list")
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert list(lines) == ["NAME", "apollo", "orbit", "peopledatalabs"]
    assert "0.05 EUR a hit" in lines["orbit"]
    assert "ORBIT_API_KEY is set" in lines["orbit"]
    assert "APOLLO_API_KEY is not set" in lines["apollo"]
    assert "hunter cannot be used" in done.err

    found = sluice("providers", "list", "--json").json
    assert [one["provider"] for one in found["broken"]] == ["hunter"]
    assert [one["key_set"] for one in found["providers"]] == [False, True, False]
    shown = sluice("providers", "show", "orbit")
    assert shown.out == LINES
    assert "key: ORBIT_API_KEY is set" in shown.err
    assert KEY not in json.dumps([done.out, done.err, found, shown.out, shown.err])


def test_a_shown_provider_is_a_file_to_start_from(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "apollo.yaml"
    file.write_text(sluice("providers", "show", "apollo").out)
    done = sluice("providers", "check", file)
    assert done.out == "Apollo version 1: no mistakes\n"
    assert "costs 0.10 USD for each hit" in done.err
    assert sluice("providers", "check", file, "--json").json["hosts"] == ["api.apollo.io"]


def test_a_check_names_the_line_of_each_mistake(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "orbit.yaml"
    file.write_text(with_lines("https://api.orbit.example", "https://127.0.0.1"))
    done = sluice("providers", "check", file, code=2)
    assert f"{file}:5: url: must name a host, not an address in numbers" in done.err
    assert "there is no file" in sluice("providers", "check", tmp_path / "x.yaml", code=3).err


def test_an_unknown_provider_is_not_found(sluice: Sluice) -> None:
    done = sluice("providers", "show", "apolo", code=3)
    assert "did you mean apollo" in done.err


def test_the_schema_is_that_of_the_files(sluice: Sluice) -> None:
    assert "identity" in sluice("providers", "schema").json["properties"]


def test_a_file_of_another_name_is_named(sluice: Sluice, tmp_path: Path, home: Path) -> None:
    (tmp_path / "mine.yaml").write_text(LINES)
    done = sluice("providers", "check", tmp_path / "mine.yaml")
    assert "call it orbit.yaml: a file of another name is not used" in done.err
    (home / "providers").mkdir(parents=True)
    (home / "providers" / "orbit.yml").write_text(LINES)
    assert "orbit cannot be used" in sluice("providers", "list").err
    shown = sluice("providers", "show", "orbit", code=2).err
    assert "its name ends in .yml" in shown
    assert "call it orbit.yaml" in shown
