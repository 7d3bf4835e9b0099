"""Settings: which one wins, and what a wrong one says."""

from pathlib import Path

import pytest

from leads.errors import UsageError
from leads.settings import load_settings, remember


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('user = "ann"\nlease_minutes = 15\n')
    settings = load_settings({"SLUICE_HOME": str(tmp_path), "SLUICE_USER": "ben"})
    assert (settings["user"], settings.given["user"].origin) == ("ben", "SLUICE_USER")
    assert (settings.lease_minutes, settings.given["lease_minutes"].origin) == (
        15,
        str(tmp_path / "config.toml"),
    )
    assert settings.given["redis_url"].origin == "default"
    assert settings.database_url == f"sqlite:///{tmp_path / 'sluice.db'}"


def test_a_variable_of_another_program_is_no_setting(tmp_path: Path) -> None:
    settings = load_settings({"SLUICE_HOME": str(tmp_path), "SLUICE_BIN": "/opt/bin"})
    assert "bin" not in settings.given


@pytest.mark.parametrize(
    ("file", "environment", "says"),
    [
        pytest.param("usr = 'ann'", {}, "did you mean 'user'", id="a typo in the file"),
        pytest.param(
            "",
            {"SLUICE_LEASE_MINUTE": "3"},
            "did you mean 'lease_minutes'",
            id="a typo in the environment",
        ),
        pytest.param("user = ", {}, "fix the file", id="no TOML"),
        pytest.param("lease_minutes = 0", {}, "set it to 30", id="no time at all"),
        pytest.param("lease_minutes = 'soon'", {}, "set it to 30", id="no number"),
    ],
)
def test_a_wrong_setting_says_the_way_out(
    tmp_path: Path, file: str, environment: dict[str, str], says: str
) -> None:
    (tmp_path / "config.toml").write_text(file)
    with pytest.raises(UsageError) as caught:
        _ = load_settings({"SLUICE_HOME": str(tmp_path), **environment}).lease_minutes
    assert says in caught.value.hint


@pytest.mark.parametrize("before", ["", 'user = "ann"\n', 'user = "ann"'])
def test_a_remembered_setting_counts_from_then_on(tmp_path: Path, before: str) -> None:
    file = tmp_path / "home" / "config.toml"
    if before:
        file.parent.mkdir()
        file.write_text(before)
    where = {"SLUICE_HOME": str(tmp_path / "home")}
    said = 'Acme "1"/1.0 (+https://acme.example/é)'
    assert remember(load_settings(where), "user_agent", said) == file
    assert load_settings(where)["user_agent"] == said
