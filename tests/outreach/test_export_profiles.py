"""Export profiles: the built-in ones have what each tool needs, and mistakes name their line."""

from pathlib import Path

import pytest

from leads.errors import NotFoundError, UsageError
from outreach.exports.profile import PROFILES

TOOLS = (
    "apollo",
    "hubspot",
    "instantly",
    "lemlist",
    "outreach",
    "pipedrive",
    "plain",
    "salesforce",
    "spreadsheet",
)
LIMITS = {"hubspot": 249_999, "outreach": 100_000, "apollo": 10_000}
#: Fields that every company has.
ALWAYS = ("company_id", "name", "stage", "reason")


def test_every_tool_has_a_profile() -> None:
    assert tuple(sorted(PROFILES.built_in())) == TOOLS


@pytest.mark.parametrize("name", TOOLS)
def test_what_a_tool_needs_is_never_empty(name: str) -> None:
    profile = PROFILES.find(name)
    assert profile.export == name
    columns = {one.column: one for one in profile.columns}
    assert profile.max_rows == LIMITS.get(name, profile.max_rows)
    assert profile.needs
    for needed in profile.needs:
        one = columns[needed]
        assert one.required or one.text or one.field in ALWAYS


def test_every_profile_carries_the_company_id() -> None:
    for profile in PROFILES.built_in().values():
        assert any(one.field == "company_id" for one in profile.columns), profile.export


def test_only_the_profile_for_people_escapes_formulas() -> None:
    escaping = [one.export for one in PROFILES.built_in().values() if one.formulas == "escape"]
    assert escaping == ["spreadsheet"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "my.yaml: is empty"),
        ("export: x\nversion: 1\n", "my.yaml:1: `columns` is missing"),
        ("export: x\nversion: 0\ncolumns: [{column: a, from: name}]\n", "my.yaml:2: version:"),
        (
            "export: x\nversion: 1\ncolumns:\n  - {column: a, from: nam}\n",
            "my.yaml:4: columns[1].from: there is no field 'nam', did you mean name",
        ),
        (
            "export: x\nversion: 1\ncolumns:\n  - {column: a}\n",
            "my.yaml:4: columns[1]: column 'a' needs either `from` or `text`",
        ),
        (
            "export: x\nversion: 1\ncolumns:\n  - {column: a, from: name, size: 3}\n",
            "my.yaml:4: columns[1].size: there is no `size` here",
        ),
        (
            "export: x\nversion: 1\ncolumns: [{column: A, from: name}, {column: a, from: city}]\n",
            "my.yaml:1: two columns are called 'a'",
        ),
        (
            "export: x\nversion: 1\nneeds: [a, b]\ncolumns: [{column: a, from: name}]\n",
            "`needs` names 'b', which is no column of it",
        ),
        (
            "export: x\nversion: 1\nformulas: run\ncolumns: [{column: a, from: name}]\n",
            "my.yaml:3: formulas: must be one of keep, escape",
        ),
    ],
)
def test_a_mistake_names_its_line(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        PROFILES.read(text, "my.yaml")
    assert message in error.value.message


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(NotFoundError) as error:
        PROFILES.find("hubspott")
    assert "did you mean hubspot" in error.value.hint


def test_whoever_asks_from_another_machine_names_no_file(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(PROFILES.built_in_text("plain"), "utf-8")
    assert PROFILES.find(str(own)).export == "plain"
    assert PROFILES.find("plain", built_in_only=True).export == "plain"
    for name in (str(own), "../plain.yaml", "x" * 500):
        with pytest.raises(NotFoundError, match="there is no") as refused:
            PROFILES.find(name, built_in_only=True)
        assert refused.value.hint.startswith("choose one of apollo, hubspot")
        assert len(refused.value.message) < 120
