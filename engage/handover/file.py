"""A hand-over file: who agreed, what a qualified lead is, reasons to reject; read and checked."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from engage.handover.working_days import working_days
from leads.durations import known_duration
from leads.yaml_model import read_model
from leads.yaml_tree import FileKind

KIND = FileKind(
    name="hand-over file",
    least="write `handover:`, `version:`, `agreed_by:`, `qualified:` and `reject_reasons:`",
    example="examples/leads/handover.yaml is a complete one",
)


def _a_day(text: object) -> object:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError("must be a day such as 2026-11-21") from None


def _working_days(text: str) -> str:
    working_days(text)
    return text


Day = Annotated[date, BeforeValidator(_a_day)]
Duration = Annotated[str, AfterValidator(known_duration)]
Name = Annotated[str, Field(pattern=r"^\w[\w .-]{0,99}$")]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Question = Literal["icp", "need", "will", "timeline", "budget", "authority"]
Reply = Literal["yes", "partly", "no", "unknown"]
Replies = Annotated[tuple[Reply, ...], Field(min_length=1, max_length=4)]
Way = Annotated[dict[Question, Replies], Field(min_length=1)]


class Strict(BaseModel):
    """A part of the file that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Agreed(Strict):
    """Who agreed to the file, and when."""

    name: Text
    side: Literal["agency", "client"]
    on: Day


class Reason(Strict):
    """A reason to reject a lead."""

    says: Text
    #: When the lead is contacted again; without it the nurture file decides.
    again_after: Duration | None = None


class Stages(Strict):
    """Which qualifications of the scoring file bring a lead to a stage."""

    mql: Annotated[tuple[Word, ...], Field(max_length=50)] = ("mql",)
    sql: Annotated[tuple[Word, ...], Field(max_length=50)] = ("sql", "pql", "service")


class HandoverFile(Strict):
    """What the agency and its client agreed on."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Hand-over file of Sluice")

    handover: Name
    version: Annotated[int, Field(ge=1, le=999_999_999)]
    agreed_by: Annotated[tuple[Agreed, ...], Field(min_length=1, max_length=20)]
    #: With `b2c` only a company with a recorded opt-in counts as a lead.
    audience: Literal["b2b", "b2c"] = "b2b"
    answer_within: Annotated[str, AfterValidator(_working_days)] = "2 working days"
    #: One way is enough; every question it names must have one of its replies.
    qualified: Annotated[tuple[Way, ...], Field(min_length=1, max_length=20)]
    stages: Stages = Stages()
    reject_reasons: Annotated[dict[Word, Reason], Field(min_length=1, max_length=50)]
    #: What to ask the company, in the client's own words.
    questions: dict[Question, Text] = Field(default_factory=dict)

    def content_hash(self) -> str:
        """What two files that say the same have in common, whatever their comments."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def ways(self) -> list[dict[str, tuple[str, ...]]]:
        """The ways to a qualified lead: the replies that each question may have."""
        return [
            {str(name): tuple(wanted) for name, wanted in way.items()} for way in self.qualified
        ]

    def missing_sides(self) -> list[str]:
        """The sides that did not agree."""
        agreed = {one.side for one in self.agreed_by}
        return [side for side in ("agency", "client") if side not in agreed]


def read(text: str, file: str) -> HandoverFile:
    """Read a file; UsageError with line and path at the first thing that is wrong."""
    return read_model(text, file, KIND, HandoverFile)


def schema() -> dict[str, Any]:
    """The JSON Schema of such files."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | HandoverFile.model_json_schema()
