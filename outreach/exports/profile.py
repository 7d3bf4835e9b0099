"""Export profiles: which columns a tool's import wants, as YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from leads.yaml_mistakes import did_you_mean
from leads.yaml_tree import FileKind
from outreach.exports.fields import FIELDS
from outreach.profile_files import ProfileFiles

KIND = FileKind(
    name="export profile",
    least="write at least `export:`, `version:` and one column",
    example="see `sluice export show plain` for a complete one",
)

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
    #: Whether the tool calls or writes to companies: those worked lately for another client stay out.
    contacts: bool = False
    #: The channels that the tool uses: what the channel policy denies for them is not written.
    channels: tuple[Literal["phone", "email", "post", "social"], ...] = ()
    #: The columns that the tool's documentation asks for.
    needs: tuple[_Word, ...] = ()
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

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        columns = {one.column for one in self.columns}
        for name in self.needs:
            if name not in columns:
                raise ValueError(f"`needs` names {name!r}, which is no column of it")
        return self


PROFILES = ProfileFiles(
    kind=KIND,
    model=ExportProfile,
    folder=Path(__file__).parent / "profiles",
    name_of=lambda one: one.export,
    listing="sluice export profiles",
)
