"""A misspelled column or field fails `make check`, and the types of columns are those of the models."""

import inspect
import subprocess
import sys
import types
import typing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import leads.tables
from leads.store import schema
from leads.store.columns import (
    agency,
    api,
    audits,
    base,
    changes,
    clients,
    companies,
    desk,
    exports,
    facts,
    finding,
    handovers,
    hours,
    inboxes,
    ledger,
    lists,
    logins,
    match_index,
    outcomes,
    outreach,
    pages,
    policies,
    predictions,
    scoring,
    shared_reports,
    signals,
    spending,
    verdicts,
    webhooks,
)

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = (
    agency,
    api,
    audits,
    changes,
    clients,
    companies,
    desk,
    exports,
    facts,
    finding,
    handovers,
    hours,
    inboxes,
    ledger,
    lists,
    logins,
    match_index,
    outcomes,
    outreach,
    pages,
    policies,
    predictions,
    scoring,
    shared_reports,
    signals,
    spending,
    verdicts,
    webhooks,
)
MODELS: list[type[SQLModel]] = [getattr(leads.tables, name) for name in leads.tables.__all__]


def columns_of(model: type[SQLModel]) -> type[base.Columns]:
    name = f"{model.__name__}Columns"
    found: list[type[base.Columns]] = [
        vars(family)[name] for family in FAMILIES if name in vars(family)
    ]
    (only,) = found
    return only


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_columns_have_the_names_and_types_of_their_model(model: type[SQLModel]) -> None:
    stated = inspect.get_annotations(columns_of(model))
    stored = SQLModel.metadata.tables[str(model.__tablename__)].c

    assert list(stated) == list(model.model_fields) == stored.keys()

    for name, field in model.model_fields.items():
        (python_type,) = typing.get_args(stated[name])
        assert python_type == field.annotation, name

        optional = types.NoneType in typing.get_args(python_type)
        assert optional == stored[name].nullable, name


def test_each_table_of_the_schema_has_the_columns_of_its_own_model() -> None:
    by_table = {str(model.__tablename__): columns_of(model) for model in MODELS}
    namespace = {family.__name__.rsplit(".", 1)[1]: family for family in FAMILIES}

    for name, annotation in schema.__annotations__.items():
        table = vars(schema)[name]

        if annotation.startswith("Table["):
            stated = annotation.removeprefix("Table[").removesuffix("]")
            family, _, columns = stated.partition(".")
            assert vars(namespace[family])[columns] is by_table[table.name], name


def mypy(tmp_path: Path, code: str) -> str:
    """What mypy says of a file with that code, with the project's own settings."""
    file = tmp_path / "snippet.py"
    file.write_text(code)
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout + found.stderr


GOOD = """
from sqlalchemy import select

from leads.store.engine import Tx
from leads.store.company_records import live_records
from leads.store.schema import company, task
from uuid import UUID


def waiting(tx: Tx, client_id: UUID) -> list[str]:
    other = company.alias("other")
    wanted = select(task.c.key).where(task.c.state == "pending")
    named = select(other.c.name).where(other.c.client_id == client_id)
    keys = [*tx.execute(wanted).scalars(), *tx.execute(named).scalars()]
    return [*keys, *(one.match_key for one in live_records(tx, client_id))]
"""


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("task.c.state", "task.c.sate", '"TaskColumns" has no attribute "sate"'),
        ("other.c.name", "other.c.nmae", '"CompanyColumns" has no attribute "nmae"'),
        ("one.match_key", "one.match_kye", '"RecordOnCompany" has no attribute "match_kye"'),
    ],
    ids=["column", "column of an alias", "field"],
)
def test_mypy_refuses_a_misspelled(tmp_path: Path, right: str, wrong: str, complaint: str) -> None:
    assert right in GOOD
    assert complaint in mypy(tmp_path, GOOD.replace(right, wrong))


def test_mypy_accepts_the_same_code_spelled_right(tmp_path: Path) -> None:
    assert "no issues found" in mypy(tmp_path, GOOD)
