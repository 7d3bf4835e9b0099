"""Export profiles: which columns a tool's import wants, as YAML files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from leads.errors import NotFoundError, UsageError
from leads.yaml_mistakes import did_you_mean
from leads.yaml_model import read_model
from leads.yaml_tree import FileKind
from outreach.exports.fields import FIELDS

KIND = FileKind(
    name="export profile",
    least="write at least `export:`, `version:` and one column",
    example="see `sluice export show plain` for a complete one",
)
FOLDER = Path(__file__).parent / "profiles"
#: Characters of a profile file.
LARGEST = 256_000

_Word = Annotated[str, Field(min_length=1, max_length=200)]


class ExportColumn(BaseModel):
    """One column of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    column: _Word
    #: The field it holds.
    field: str = Field(default="", alias="from")
    #: The same text in every row, instead of a field.
    text: str | None = None
    #: Leave companies out whose cell would be empty.
    required: bool = False
    #: What stands for which value; the case of a value does not matter.
    values: dict[str, str] = Field(default_factory=dict)
    #: What happens to a value that `values` does not name.
    otherwise: Literal["keep", "empty"] = "keep"
    #: What stands between several values.
    joined_by: Literal["semicolon", "comma", "line"] = "semicolon"
    #: Take the first of several values only.
    first: bool = False
    #: Cut texts to so many characters.
    longest: Annotated[int, Field(ge=1, le=100_000)] | None = None

    @field_validator("field")
    @classmethod
    def _known_field(cls, value: str) -> str:
        if value and value not in FIELDS:
            near = did_you_mean(value, FIELDS)
            raise ValueError(f"there is no field {value!r}{near}")
        return value

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.field) == (self.text is not None):
            raise ValueError(f"column {self.column!r} needs either `from` or `text`")
        return self

    @property
    def holds_numbers(self) -> bool:
        """Whether its cells are whole numbers."""
        return bool(self.field) and FIELDS[self.field].number and not self.values


class ExportProfile(BaseModel):
    """The columns of a file, in order, and how it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    export: _Word
    version: Annotated[int, Field(ge=1)]
    about: str = ""
    columns: Annotated[tuple[ExportColumn, ...], Field(min_length=1, max_length=500)]
    delimiter: Literal[",", ";", "\t", "|"] = ","
    #: Start a CSV with a byte order mark, by which Excel knows UTF-8.
    byte_order_mark: bool = False
    #: `keep` for programs; `escape` for people who open the CSV in a spreadsheet.
    formulas: Literal["keep", "escape"] = "keep"
    #: The most rows that the tool takes in one file.
    max_rows: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _columns_differ(self) -> Self:
        seen: set[str] = set()
        for one in self.columns:
            name = one.column.casefold()
            if name in seen:
                raise ValueError(f"two columns are called {one.column!r}")
            seen.add(name)
        return self


def read_profile(text: str, file: str) -> ExportProfile:
    """Read a profile; UsageError `file:line: path: message` at the first thing that is wrong."""
    return read_model(text, file, KIND, ExportProfile)


def find_profile(name: str) -> ExportProfile:
    """Find a profile by the name of a built-in one, or by the path of a file.

    NotFoundError when there is none.
    """
    built_in = profiles()
    if name in built_in:
        return built_in[name]
    file = Path(name)
    if file.suffix.lower() not in (".yaml", ".yml"):
        near = did_you_mean(name, built_in).removeprefix(", ")
        hint = f"{near}? " if near else ""
        raise NotFoundError(
            f"there is no export profile {name!r}",
            f"{hint}see `sluice export profiles`, or name a .yaml file",
        )
    return read_profile(profile_text(file), name)


def profile_text(file: Path) -> str:
    """Read the text of a profile file; NotFoundError or UsageError when it cannot be read."""
    try:
        text = file.read_bytes()[: LARGEST * 4 + 1].decode("utf-8")
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {file}", "see `sluice export profiles`") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "name a YAML file") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8 text", "save it as UTF-8") from None
    return text


@cache
def profiles() -> dict[str, ExportProfile]:
    """Read the built-in profiles, by name."""
    found = {}
    for file in _files():
        profile = read_profile(file.read_text("utf-8"), file.name)
        found[profile.export] = profile
    return found


def built_in_text(name: str) -> str:
    """Read the file of a built-in profile; NotFoundError when there is none."""
    find_profile(name)
    return (FOLDER / f"{name}.yaml").read_text("utf-8")


def _files() -> Iterator[Path]:
    yield from sorted(FOLDER.glob("*.yaml"))
