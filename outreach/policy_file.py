"""A channel policy as a user writes it, read and checked."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.places.countries import country_code
from leads.lexicon.reference import document
from leads.yaml_mistakes import did_you_mean
from leads.yaml_model import read_model
from leads.yaml_tree import FileKind
from outreach.policy import ANY, UNKNOWN, Channel

KIND = FileKind(
    name="channel policy",
    least="write `policy:`, `version:` and one rule",
    example="`sluice policy show --yaml` prints a complete one",
)


def _known_place(text: str) -> str:
    groups = document("country_groups.yaml")
    if text in (ANY, UNKNOWN) or text in groups:
        return text
    if len(text) == 2 and text.isupper() and country_code(text) == text:
        return text
    near = did_you_mean(text, [ANY, UNKNOWN, *groups])
    raise ValueError(f"must be a country's code such as DE, a group such as eu, or any{near}")


def _known_form(text: str) -> str:
    known = tables().forms
    if text not in known:
        raise ValueError(f"must be a legal form such as gbr, ek, vof{did_you_mean(text, known)}")
    return text


def _a_day(text: object) -> object:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError("must be a day such as 2026-11-21") from None


Place = Annotated[str, AfterValidator(_known_place)]
Form = Annotated[str, AfterValidator(_known_form)]
Day = Annotated[date, BeforeValidator(_a_day)]
Text = Annotated[str, Field(min_length=1, max_length=200)]


class PolicyRule(BaseModel):
    """What holds for one channel in some countries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    countries: Annotated[tuple[Place, ...], Field(min_length=1)]
    channel: Channel
    to: Literal["company", "person"] | None = None
    says: Literal["allow", "review", "deny"]
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    why: Text
    source: Text
    reviewed: Day | None = None


class PolicyFile(BaseModel):
    """The channel policy of a client."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Channel policy of Sluice")

    policy: Annotated[str, Field(pattern=r"^[\w][\w .-]{0,99}$")]
    version: Annotated[int, Field(ge=1, le=999_999_999)]
    channels: Annotated[tuple[Channel, ...] | None, Field(min_length=1)] = None
    nothing_known: Literal["serve", "hold"] = "serve"
    person_forms: tuple[Form, ...] = ()
    rules: Annotated[tuple[PolicyRule, ...], Field(min_length=1, max_length=2_000)]

    def content_hash(self) -> str:
        """What two files that say the same have in common, whatever their comments."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def read(text: str, file: str) -> PolicyFile:
    """Read a file; UsageError with line and path at the first thing that is wrong."""
    return read_model(text, file, KIND, PolicyFile)


def schema() -> dict[str, Any]:
    """The JSON Schema of such files."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | PolicyFile.model_json_schema()
