"""Files that hold a model of the matcher; no database is opened."""

from __future__ import annotations

from pathlib import Path
from typing import IO, cast

from dedupe.engine import kind_of
from dedupe.learned import Learned
from dedupe.learning.model import Model, named
from dedupe.learning.model_file import LONGEST, read_model
from leads.errors import NotFoundError, UsageError
from leads.sheets.new_file import NewFile


def learned_of_file(path: str, company_is: str) -> Learned:
    """Return what a model file adds; UsageError when it is of another kind of company."""
    model = read_model_file(path)
    if model.company_is != kind_of(company_is):
        raise UsageError(
            f"{path} was fitted with --company-is {model.company_is}, not {company_is}",
            f"add --company-is {model.company_is}, or leave the model out",
        )
    return named(model, path)


def read_model_file(path: str) -> Model:
    """Read a model file; UsageError when it is none, changed by hand, or of another version."""
    file = Path(path)
    try:
        if file.stat().st_size > LONGEST:
            raise UsageError(
                f"{path} is not a match model", "write one with `sluice dedupe fit --out FILE`"
            )
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        raise UsageError(
            f"{path} is not a match model", "write one with `sluice dedupe fit --out FILE`"
        ) from None
    except OSError as error:
        raise NotFoundError(
            f"{path} cannot be read: {error.strerror}", "name a file that exists"
        ) from None
    return read_model(text, path)


def write_model_file(path: str, content: str) -> None:
    """Write the text of a model to a file, whole or not at all."""
    try:
        with NewFile(Path(path)) as file:
            cast("IO[str]", file.stream).write(content)
            file.put()
    except OSError as error:
        raise NotFoundError(
            f"{path} cannot be written: {error.strerror}", "name a file in a folder that exists"
        ) from None
