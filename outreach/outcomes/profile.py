"""Outcome profiles: which columns and words a tool's file has, as YAML files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from leads.errors import UsageError
from leads.yaml_tree import FileKind
from outreach.profile_files import ProfileFiles

KIND = FileKind(
    name="outcome profile",
    least="write at least `outcomes:`, `version:`, `known_by:` and `columns:`",
    example="see `sluice outcomes show plain` for a complete one",
)

_Word = Annotated[str, Field(min_length=1, max_length=200)]
SignalKind = Literal[
    "opened",
    "clicked",
    "replied",
    "interested",
    "not_interested",
    "soft_bounced",
    "bounced",
    "unsubscribed",
    "meeting",
    "won",
    "lost",
]
Holds = Literal[
    "company_id",
    "domain",
    "email",
    "name",
    "outcome",
    "at",
    "event_id",
    "value",
    "currency",
    "reason",
    "bounce_type",
]


class Step(BaseModel):
    """A column that is filled when one outcome happened: a yes, a count or a date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: SignalKind
    column: _Word
    #: The column with its time; without it, the column itself or that of `at`.
    at: _Word | None = None


class OutcomeProfile(BaseModel):
    """The columns and words of a tool's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcomes: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_-]+$")]
    version: Annotated[int, Field(ge=1)]
    about: str = ""
    #: How the companies were contacted.
    channel: str = "email"
    #: Sets of columns: a file that has all columns of one set is the tool's.
    known_by: Annotated[tuple[tuple[_Word, ...], ...], Field(min_length=1, max_length=20)]
    #: What is read, and the columns that may hold it, best first.
    columns: dict[Holds, tuple[_Word, ...]]
    #: The kind of signal for each word of the column `outcome`.
    values: dict[str, SignalKind] = Field(default_factory=dict)
    #: Words of that column that say nothing about a company.
    ignored: tuple[str, ...] = ()
    #: What happens to rows with any other word.
    otherwise: Literal["reject", "ignore"] = "reject"
    steps: tuple[Step, ...] = ()

    def names(self) -> frozenset[str]:
        """Every column that the profile names, without case and signs."""
        named = [name for some in (*self.columns.values(), *self.known_by) for name in some]
        named += [name for one in self.steps for name in (one.column, one.at or "") if name]
        return frozenset(squeezed(name) for name in named)


PROFILES = ProfileFiles(
    kind=KIND,
    model=OutcomeProfile,
    folder=Path(__file__).parent / "profiles",
    listing="sluice outcomes profiles",
)


def squeezed(text: str) -> str:
    """Return letters and digits in lower case: `Lead Email` and `lead_email` are one column."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def check_tool(profile: OutcomeProfile, header: Sequence[str], file: str) -> None:
    """UsageError when a file's columns are not those of the profile's tool."""
    if _fits(profile, header):
        return
    others = [
        name for name, one in PROFILES.built_in().items() if one != profile and _fits(one, header)
    ]
    wanted = " or ".join(" and ".join(names) for names in profile.known_by[:3])
    if others:
        hint = f"it looks like a file of {others[0]}: --profile {others[0]}"
    else:
        hint = f"it has: {', '.join(header)[:300]}; `sluice outcomes profiles` lists the profiles"
    raise UsageError(f"{file} is no file of {profile.outcomes}, which has {wanted}", hint)


def _fits(profile: OutcomeProfile, header: Sequence[str]) -> bool:
    there = {squeezed(name) for name in header}
    return any(there.issuperset(map(squeezed, names)) for names in profile.known_by)
