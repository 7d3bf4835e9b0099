"""A provider's file: where to ask, what its answers mean, what they cost; read and checked."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from leads.errors import UsageError
from leads.facts import Scope
from leads.prices import parse_price
from leads.yaml_tree import FileKind
from sources.providers.paths import parse_path

KIND = FileKind(
    name="provider's file",
    least="write at least `provider:`, `version:`, `title:`, `url:`, `asks_by:`, `identity:`,"
    " `answers:`, `price:` and `licence:`",
    example="docs/providers.md has a complete one",
)
#: Bytes of a file.
LARGEST = 64_000


def _known_path(text: str) -> str:
    parse_path(text)
    return text


def _known_price(text: str) -> str:
    try:
        parse_price(text, "a price")
    except UsageError as error:
        raise ValueError(f"is no price; {error.hint}") from None
    return text


def _as_list(given: Any) -> Any:
    """One entry may stand without its list."""
    return given if isinstance(given, list) else [given]


def _as_answer(given: Any) -> Any:
    """An answer that states nothing else may be its path alone."""
    return {"path": given} if isinstance(given, str) else given


Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Text = Annotated[str, Field(min_length=1, max_length=300)]
PathText = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_known_path)]
Paths = Annotated[
    tuple[PathText, ...],
    Field(min_length=1, max_length=10),
    BeforeValidator(_as_list, json_schema_input_type=PathText | tuple[PathText, ...]),
]
#: Checked later: an error about it may not repeat what may be the key itself.
Variable = Annotated[
    str, Field(max_length=500, json_schema_extra={"pattern": "^[A-Z][A-Z0-9_]{2,63}$"})
]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,59}$")]
ParameterName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:\[\]-]{1,60}$")]
Value = Annotated[str, Field(max_length=500)]
AskedBy = Annotated[
    str,
    Field(
        pattern=r"^(?:name|domain|register_number|vat_id|lei|[A-Z][A-Z0-9_]{1,19})$",
        description="name, domain, register_number, vat_id, lei, or a national scheme such as SIREN",
    ),
]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217")]
Scheme = Literal["text", "linkedin", "naics", "sic", "nace2.0", "nace2.1", "isic4"]
#: Outcomes of an answer without a company.
Refusal = Literal[
    "no match",
    "not covered",
    "rate limited",
    "quota used up",
    "not allowed",
    "failed for now",
]


class Strict(BaseModel):
    """A part of the file that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerAt(Strict):
    """Where an answer holds an attribute, and how it is meant."""

    path: PathText
    #: Of amounts that name none.
    currency: Currency | None = None
    currency_path: PathText | None = None
    #: Of `industry`.
    scheme: Scheme = "text"
    scope: Scope = Scope.COMPANY
    #: The date that the value speaks of.
    as_of: PathText | None = None


Answer = Annotated[
    AnswerAt, BeforeValidator(_as_answer, json_schema_input_type=PathText | AnswerAt)
]
Answers = Annotated[
    tuple[Answer, ...],
    Field(min_length=1, max_length=5),
    BeforeValidator(_as_list, json_schema_input_type=Answer | tuple[Answer, ...]),
]


class Identity(Strict):
    """Where an answer says which company it is about; several paths: the first that has it."""

    name: Paths | None = None
    other_names: Paths | None = None
    domain: Paths | None = None
    country: Paths | None = None
    city: Paths | None = None
    postcode: Paths | None = None
    street: Paths | None = None
    #: The provider's own number of the company.
    id: Paths | None = None
    #: The number that it was asked by.
    number: Paths | None = None


class Rule(Strict):
    """What a status means, where the answer says it; the first rule that fits counts."""

    status: Annotated[int, Field(ge=100, le=599)]
    path: PathText | None = None
    equals: Annotated[str, Field(max_length=200)] | None = None
    #: The path leads to nothing, or to nothing but empty values.
    empty: bool = False
    outcome: Refusal
    #: The header, or the place in the body, that says how long to wait.
    wait_header: HeaderName | None = None
    wait_path: PathText | None = None


class Billed(Strict):
    """Where an answer says how many credits it cost."""

    header: HeaderName | None = None
    path: PathText | None = None


class LimitInFile(Strict):
    """At most so many requests in any window of so many seconds."""

    requests: Annotated[int, Field(ge=1, le=1_000_000)]
    seconds: Annotated[int, Field(ge=1, le=31 * 86_400)]


class ProviderFile(Strict):
    """A paid provider."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Provider's file of Sluice")

    provider: Word
    version: Annotated[int, Field(ge=1, le=999_999_999)]
    title: Annotated[str, Field(min_length=1, max_length=60)]
    about: Annotated[str, Field(max_length=600)] = ""
    #: The environment variable with the key, which `${KEY}` stands for.
    key: Variable | None = None

    url: Annotated[str, Field(min_length=1, max_length=500)]
    method: Literal["GET", "POST"] = "GET"
    headers: Annotated[dict[HeaderName, Value], Field(max_length=20)] = Field(default_factory=dict)
    query: Annotated[dict[ParameterName, Value], Field(max_length=30)] = Field(default_factory=dict)
    #: JSON of a request with POST.
    body: Annotated[str, Field(max_length=10_000)] | None = None

    #: One of these must be known of a company.
    asks_by: Annotated[tuple[AskedBy, ...], Field(min_length=1, max_length=10)]
    countries: Annotated[tuple[Country, ...], Field(max_length=250)] = ()
    identity: Identity
    answers: Annotated[dict[Word, Answers], Field(min_length=1, max_length=40)]
    errors: Annotated[tuple[Rule, ...], Field(max_length=50)] = ()
    #: How sure its values are, 0 to 1.
    confidence: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = 0.8

    price: Annotated[str, AfterValidator(_known_price)]
    billing: Literal["hit", "question", "nothing"] = "hit"
    billed: Billed | None = None
    limits: Annotated[tuple[LimitInFile, ...], Field(min_length=1, max_length=5)] = (
        LimitInFile(requests=1, seconds=1),
    )
    fresh_days: Annotated[int, Field(ge=1, le=3650)] = 90
    #: Whether its facts may be used for every client.
    shared: bool = False
    licence: Text
    attribution: Annotated[str, Field(max_length=300)] = ""
    repeat_header: HeaderName | None = None

    def content_hash(self) -> str:
        """What two files that say the same have in common, whatever their comments."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def schema() -> dict[str, Any]:
    """The JSON Schema of such files."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | ProviderFile.model_json_schema()
