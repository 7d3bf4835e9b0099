"""A nurture file: what to do with a lead next, and when; read and checked."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from engage.handover.stages import LeadStage
from leads.durations import known_duration
from leads.yaml_model import read_model
from leads.yaml_tree import FileKind

KIND = FileKind(
    name="nurture file",
    least="write `nurture:`, `version:`, `touches:` and `otherwise:`",
    example="examples/leads/nurture.yaml is a complete one",
)

Duration = Annotated[str, AfterValidator(known_duration)]
Name = Annotated[str, Field(pattern=r"^\w[\w .-]{0,99}$")]
Text = Annotated[str, Field(min_length=1, max_length=200)]


class Strict(BaseModel):
    """A part of the file that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Otherwise(Strict):
    """What to do, and how long after the last contact or change."""

    after: Duration
    do: Text


class TouchInFile(Otherwise):
    """The same, for leads of some stages and temperatures."""

    stage: tuple[LeadStage, ...] = ()
    temperature: tuple[Literal["cold", "warm", "hot"], ...] = ()


class NurtureFile(Strict):
    """The next touch of every lead: the first line that matches decides."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Nurture file of Sluice")

    nurture: Name
    version: Annotated[int, Field(ge=1, le=999_999_999)]
    touches: Annotated[tuple[TouchInFile, ...], Field(min_length=1, max_length=100)]
    #: For leads that no line matches, so that every lead has a next touch.
    otherwise: Otherwise

    def content_hash(self) -> str:
        """What two files that say the same have in common, whatever their comments."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def read(text: str, file: str) -> NurtureFile:
    """Read a file; UsageError with line and path at the first thing that is wrong."""
    return read_model(text, file, KIND, NurtureFile)


def schema() -> dict[str, Any]:
    """The JSON Schema of such files."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | NurtureFile.model_json_schema()
