"""Settings: defaults, then `config.toml` in the home folder, then the environment; each value knows
where it came from.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from leads.errors import UsageError

PREFIX = "SLUICE_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, default, meaning, and whether its value is shown."""

    name: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = (
    Setting(
        "home",
        "~/.sluice",
        "folder of the database, reject files and the key of hashed suppressions",
    ),
    Setting(
        "database_url", "", "PostgreSQL to use instead of sluice.db in the home folder", secret=True
    ),
    Setting(
        "redis_url",
        "",
        "Redis for the rq driver; empty: the inline driver, or a private Redis of `sluice up`",
        secret=True,
    ),
    Setting(
        "user",
        "",
        "who is written into events and leases when --as is not given; default: the login name",
    ),
    Setting("lease_minutes", "30", "how long a prospect stays with the one who pulled it"),
    Setting("keep_tasks_days", "14", "how many days the ledger keeps tasks that are done"),
    Setting(
        "user_agent",
        "Sluice/0.1 (+https://sluice.example/crawler)",
        "what the crawler says it is; put an address where you can be reached",
    ),
    Setting(
        "hash_key",
        "",
        "key of hashed suppressions; default: a file made in the home folder",
        secret=True,
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Given:
    """A setting's value and where it came from: `default`, a file, or an environment variable."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of this run."""

    given: Mapping[str, Given]

    def __getitem__(self, name: str) -> str:
        return self.given[name].value

    @property
    def home(self) -> Path:
        """The home folder, which may not exist yet."""
        return Path(self["home"]).expanduser()

    @property
    def database_url(self) -> str:
        """Where the database is, as an SQLAlchemy address."""
        return self["database_url"] or f"sqlite:///{self.home / 'sluice.db'}"

    @property
    def lease_minutes(self) -> int:
        """How long a lease lasts; UsageError when the setting is not a whole number from 1."""
        return self._whole("lease_minutes", "minutes")

    @property
    def keep_tasks_days(self) -> int:
        """How long the ledger keeps done tasks; UsageError when not a whole number from 1."""
        return self._whole("keep_tasks_days", "days")

    def _whole(self, name: str, unit: str) -> int:
        text = self[name]
        if not text.isdecimal() or int(text) < 1:
            raise UsageError(
                f"{name} is {text!r}, not a whole number of {unit}",
                f"set it to {_BY_NAME[name].default}, for example",
            )
        return int(text)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force; UsageError when a file or variable names a setting that does not
    exist.
    """
    environ = os.environ if environ is None else environ
    given = {setting.name: Given(setting.default, "default") for setting in SETTINGS}
    # A variable that is set to nothing is not set.
    variables = {
        name[len(PREFIX) :].lower(): name
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }
    if "home" in variables:
        given["home"] = Given(environ[variables["home"]], variables["home"])
    file = Path(given["home"].value).expanduser() / "config.toml"
    for name, value in _read(file).items():
        _known(name, str(file))
        given[name] = Given(str(value), str(file))
    for name, variable in variables.items():
        if name.startswith(("test_", "bench_")):
            continue
        _known(name, f"the environment variable {variable}")
        given[name] = Given(environ[variable], variable)
    return Settings(given)


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{file} cannot be read: {error}", "mend the file or move it away"
        ) from None


def _known(name: str, where: str) -> None:
    if name not in _BY_NAME:
        near = get_close_matches(name, _BY_NAME, 1)
        raise UsageError(
            f"{where} names the setting {name!r}, which does not exist",
            f"did you mean {near[0]!r}?" if near else "see `sluice config`",
        )
