"""Profiles as YAML files: the built-in ones of a folder, and those of users."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from leads.errors import NotFoundError, UsageError
from leads.yaml_mistakes import did_you_mean
from leads.yaml_model import read_model
from leads.yaml_tree import MAX_CHARACTERS, FileKind

Model = TypeVar("Model", bound=BaseModel)
#: Characters of an unknown name that a message repeats.
_SHOWN = 60


@dataclass(frozen=True)
class ProfileFiles(Generic[Model]):
    """The profiles of one kind."""

    kind: FileKind
    model: type[Model]
    #: Of the built-in ones, each in NAME.yaml.
    folder: Path
    #: The command that lists them.
    listing: str

    def read(self, text: str, file: str) -> Model:
        """Read a profile; UsageError `file:line: path: message` at the first thing that is wrong."""
        return read_model(text, file, self.kind, self.model)

    def built_in(self) -> dict[str, Model]:
        """Read the built-in profiles, by name."""
        return {name: self._built_in(name) for name in self._names()}

    def find(self, name: str, *, built_in_only: bool = False) -> Model:
        """Find a profile by the name of a built-in one, or by the path of a YAML file.

        NotFoundError when there is none. `built_in_only`: a request from another machine must
        not name a file of this one.
        """
        if name in self._names():
            return self._built_in(name)
        if built_in_only:
            raise NotFoundError(
                f"there is no {self.kind.name} {name[:_SHOWN]!r}",
                f"choose one of {', '.join(self._names())}",
            )
        if Path(name).suffix.lower() not in (".yaml", ".yml"):
            raise self._unknown(name)
        return self.of_file(name)

    def of_file(self, path: str) -> Model:
        """Read a user's file; NotFoundError or UsageError when it cannot be read."""
        return self.read(self._text(Path(path)), path)

    def built_in_text(self, name: str) -> str:
        """Read the file of a built-in profile, as a start for one's own."""
        if name not in self._names():
            raise self._unknown(name)
        return (self.folder / f"{name}.yaml").read_text("utf-8")

    def _names(self) -> list[str]:
        """Those of the built-in profiles."""
        return sorted(file.stem for file in self.folder.glob("*.yaml"))

    def _built_in(self, name: str) -> Model:
        return self.read(self.built_in_text(name), f"{name}.yaml")

    def _unknown(self, name: str) -> NotFoundError:
        near = did_you_mean(name, self._names()).removeprefix(", ")
        hint = f"{near}? " if near else ""
        return NotFoundError(
            f"there is no {self.kind.name} {name!r}",
            f"{hint}see `{self.listing}`, or name a .yaml file",
        )

    def _text(self, file: Path) -> str:
        try:
            with file.open(encoding="utf-8") as stream:
                # One more than may be: a longer text is refused, and never read whole.
                return stream.read(MAX_CHARACTERS + 1)
        except FileNotFoundError:
            raise NotFoundError(f"there is no file {file}", f"see `{self.listing}`") from None
        except OSError as error:
            raise UsageError(
                f"{file} cannot be read: {error.strerror}", "name a YAML file"
            ) from None
        except UnicodeDecodeError:
            raise UsageError(f"{file} is not UTF-8 text", "save it as UTF-8") from None
