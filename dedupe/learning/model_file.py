"""The text of a model: JSON with a checksum, for one version of the matcher."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dedupe.ceiling import CEILINGS
from dedupe.features import FEATURES
from dedupe.learned import Learned
from dedupe.learning.fitting import Figures, Trial
from dedupe.learning.model import Counted, Model, matcher_version
from leads.company_kind import CompanyIs
from leads.errors import UsageError

#: What the file is, and the version of its form.
MARK, FORMAT = "match model", 1
#: A model has some thousand characters.
LONGEST = 1_000_000

#: Log-odds; no fit adds more.
_Added = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]
_Figure = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]
_Number = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Trial(_Strict):
    loss: _Figure
    right: _Figure
    precision: _Figure
    recall: _Figure


class _Figures(_Strict):
    shipped: _Trial
    learned: _Trial


class _Answers(_Strict):
    same: _Number
    different: _Number
    contradictory: _Number
    unusable: _Number


class _Adds(_Strict):
    prior: _Added
    features: dict[str, _Added]
    told_apart: dict[str, _Added]


class _Document(_Strict):
    sluice: str
    format: int
    matcher: str
    company_is: str
    adds: _Adds
    answers: _Answers
    figures: _Figures


def write_model(model: Model) -> str:
    """Return the text of a model; the same model, the same text."""
    adds = model.learned
    document = {
        "sluice": MARK,
        "format": FORMAT,
        "matcher": matcher_version(),
        "company_is": model.company_is.value,
        "adds": {
            "prior": adds.prior,
            "features": _by_name([one.name for one in FEATURES], adds.weights),
            "told_apart": _by_name([one.name for one in CEILINGS], adds.ceilings),
        },
        "answers": asdict(model.answers),
        "figures": asdict(model.figures),
    }
    return json.dumps(document | {"checksum": _checksum(document)}, indent=2) + "\n"


def read_model(text: str, name: str) -> Model:
    """Read the text of a model; UsageError that names it and the way out."""
    document = _parsed(text, name)
    if document.get("format") != FORMAT:
        raise UsageError(
            f"{name} is a match model of format {_short(document.get('format'))}, and this version"
            f" of Sluice reads format {FORMAT}",
            "fit it again with `sluice dedupe fit`",
        )
    told = document.pop("checksum", None)
    if told != _checksum(document):
        raise UsageError(
            f"{name} was changed after it was written: its checksum is wrong",
            "take the file as it was written, or fit it again with `sluice dedupe fit`",
        )
    if document.get("matcher") != matcher_version():
        raise UsageError(
            f"{name} was fitted to the weights of another version of Sluice",
            "fit it again with `sluice dedupe fit`: the answers are still there",
        )
    return _model(_checked(document, name))


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        document = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("sluice") != MARK:
        raise UsageError(
            f"{name} is not a match model", "write one with `sluice dedupe fit --out FILE`"
        )
    return document


def _checked(document: dict[str, Any], name: str) -> _Document:
    known = {one.name for one in FEATURES}, {one.name for one in CEILINGS}
    try:
        found = _Document.model_validate(document)
        strangers = {*found.adds.features} - known[0] | {*found.adds.told_apart} - known[1]
        problem = f"{_short(min(strangers))} is no weight" if strangers else ""
        CompanyIs(found.company_is)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except ValueError:
        problem = f"{_short(document['company_is'])} is no kind of company"
    if problem:
        raise UsageError(
            f"{name} is not a match model: {problem}",
            "write one with `sluice dedupe fit --out FILE`",
        )
    return found


def _model(found: _Document) -> Model:
    adds, figures = found.adds, found.figures
    learned = Learned(
        "",
        adds.prior,
        tuple(adds.features.get(one.name, 0.0) for one in FEATURES),
        tuple(adds.told_apart.get(one.name, 0.0) for one in CEILINGS),
    )
    return Model(
        CompanyIs(found.company_is),
        learned,
        Counted(**found.answers.model_dump()),
        Figures(
            Trial(**figures.shipped.model_dump()),
            Trial(**figures.learned.model_dump()),
        ),
    )


def _by_name(names: list[str], added: tuple[float, ...]) -> dict[str, float]:
    return {name: value for name, value in zip(names, added, strict=True) if value}


def _checksum(document: dict[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
