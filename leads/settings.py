"""Settings from defaults, `config.toml` in the home folder and the environment, with source."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from leads.errors import UsageError
from leads.known_settings import SETTINGS as SETTINGS
from leads.known_settings import Setting as Setting

PREFIX = "SLUICE_"


_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Given:
    """A setting's value and its source: `default`, a file, or an environment variable."""

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
        """Return the home folder, which may not exist yet."""
        return Path(self["home"]).expanduser()

    @property
    def database_url(self) -> str:
        """Return the database address for SQLAlchemy."""
        return self["database_url"] or f"sqlite:///{self.home / 'sluice.db'}"

    @property
    def lease_minutes(self) -> int:
        """Return the lease duration; UsageError unless it is a whole number from 1."""
        return self._whole("lease_minutes", "minutes")

    @property
    def call_back_grace_hours(self) -> int:
        """Return how long a promised call-back stays reserved; UsageError unless whole, from 1."""
        return self._whole("call_back_grace_hours", "hours")

    @property
    def keep_tasks_days(self) -> int:
        """Return how long done tasks are kept; UsageError unless a whole number from 1."""
        return self._whole("keep_tasks_days", "days")

    @property
    def find_look_ups(self) -> int:
        """Return how many names are looked up for one company; UsageError unless whole, from 1."""
        return self._whole("find_look_ups", "names")

    @property
    def find_visits(self) -> int:
        """Return how many sites are visited for one company; UsageError unless whole, from 1."""
        return self._whole("find_visits", "sites")

    @property
    def fingerprints(self) -> Path | None:
        """Return the user's technology rules; UsageError if there is no such file or folder."""
        if not self["fingerprints"]:
            return None
        path = Path(self["fingerprints"]).expanduser()
        if not path.exists():
            raise UsageError(f"fingerprints names {path}, which does not exist", "correct the path")
        return path

    @property
    def keep_pages_days(self) -> int:
        """Return how long replaced pages are kept; UsageError unless a whole number from 1."""
        return self._whole("keep_pages_days", "days")

    @property
    def page_store_bytes(self) -> int:
        """Return the size that kept pages may have; UsageError unless a whole number from 1."""
        return self._whole("page_store_mb", "megabytes") * 1_000_000

    @property
    def promised_accuracy(self) -> float | None:
        """Return the promised share of right facts, above 0 and below 1; None: no promise.

        UsageError unless it is a number of per cent, or `off`.
        """
        text = self["promised_accuracy"]
        if text == "off":
            return None
        try:
            share = float(text) / 100
        except ValueError:
            share = 0.0
        if not 0.01 <= share <= 0.9999:
            raise UsageError(
                f"promised_accuracy is {text!r}, not a number from 1 to 99.99",
                "set it to 98, for example, or to off",
            )
        return share

    @property
    def unsubscribe_stops_all(self) -> bool:
        """Return whether an unsubscribe stops every contact; UsageError unless email or all."""
        text = self["unsubscribe_stops"]
        if text not in ("email", "all"):
            raise UsageError(f"unsubscribe_stops is {text!r}", "set it to email or all")
        return text == "all"

    def _whole(self, name: str, unit: str) -> int:
        text = self[name]
        if not text.isdecimal() or int(text) < 1:
            raise UsageError(
                f"{name} is {text!r}, not a whole number of {unit}",
                f"set it to {_BY_NAME[name].default}, for example",
            )
        return int(text)


def remember(settings: Settings, name: str, value: str) -> Path:
    """Add a setting to `config.toml` in the home folder, which must not name it yet; the file.

    UsageError if the file cannot be written.
    """
    file = settings.home / "config.toml"
    line = f"{name} = {json.dumps(value)}\n"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        before = file.read_text("utf-8") if file.exists() else ""
        # In front: what follows a table's head would belong to the table.
        file.write_text(line + before, "utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error}", f"add the line: {line}") from None
    return file


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Load the settings; UsageError if a file names an unknown setting, or a variable misspells one."""
    environ = os.environ if environ is None else environ
    given = {setting.name: Given(setting.default, "default") for setting in SETTINGS}
    # An empty variable counts as not set.
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
        if name not in _BY_NAME and not get_close_matches(name, _BY_NAME, 1):
            # Not a slip: scripts around the program use the prefix too.
            continue
        _known(name, f"the environment variable {variable}")
        given[name] = Given(environ[variable], variable)
    return Settings(given)


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        raise UsageError(
            f"{file.parent} is a file, not a folder", "set SLUICE_HOME to a folder"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{file} cannot be read: {error}", "fix the file or move it away"
        ) from None


def _known(name: str, where: str) -> None:
    if name not in _BY_NAME:
        near = get_close_matches(name, _BY_NAME, 1)
        raise UsageError(
            f"{where} names the setting {name!r}, which does not exist",
            f"did you mean {near[0]!r}?" if near else "see `sluice config`",
        )
