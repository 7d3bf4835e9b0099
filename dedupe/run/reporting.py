"""Report on a client's records: why they match or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dedupe.reports import (
    PairReport,
    SeparationReport,
    explain_company,
    explain_separation,
)
from dedupe.run.match_input import MatchInput, clustered, read_input
from leads.errors import UsageError
from leads.store import Tx, company_search
from leads.store.company_records import RecordOnCompany


@dataclass(frozen=True, slots=True)
class ExplainInput:
    """What was read to explain one company, or two."""

    records: MatchInput
    companies: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class RecordLabel:
    """How people find a record, and what is compared of it besides the name."""

    record: UUID
    company: UUID | None
    list: str
    row: int
    name: str
    #: Values by attribute.
    stated: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ExplainedPair:
    """Two records of one company, and why they match."""

    left: RecordLabel
    right: RecordLabel
    report: PairReport


@dataclass(frozen=True, slots=True)
class Separation:
    """The likeliest pair of two companies, and why they are two."""

    left: RecordLabel
    right: RecordLabel
    report: SeparationReport


def read_to_explain(
    tx: Tx, client_id: UUID, company: str, other: str | None = None
) -> ExplainInput:
    """Read what explaining needs; UsageError when the two are one company."""
    texts = (company, other) if other else (company,)
    found = tuple(company_search.find(tx, client_id, text).id for text in texts)
    if len(set(found)) < len(found):
        raise UsageError(
            f"{company} and {other} are one company",
            "see why its records match with `sluice dedupe explain COMPANY`",
        )
    return ExplainInput(read_input(tx, client_id), found)


def explain_matches(asked: ExplainInput) -> list[ExplainedPair]:
    """Report the pairs that connect the records of one company."""
    (inside,) = _keys_of(asked)
    if not inside:
        return []

    found = clustered(asked.records)
    labels = _Labels(asked.records)
    return [
        ExplainedPair(labels.of(pair.left), labels.of(pair.right), pair)
        for pair in explain_company(found, inside)
    ]


def explain_two(asked: ExplainInput) -> Separation | None:
    """Report why two companies are two; None when one of them has no record."""
    left, right = _keys_of(asked)
    if not left or not right:
        return None

    report = explain_separation(clustered(asked.records), left, right)
    labels = _Labels(asked.records)
    return Separation(labels.of(report.pair.left), labels.of(report.pair.right), report)


def _keys_of(asked: ExplainInput) -> list[list[str]]:
    """Return the keys of each company's records."""
    return [
        [str(one.id) for one in asked.records.records if one.company_id == company_id]
        for company_id in asked.companies
    ]


class _Labels:
    """The labels of records by their keys."""

    def __init__(self, records: MatchInput) -> None:
        self._input = records
        self._by_key = {str(one.id): one for one in records.records}

    def of(self, key: str | int) -> RecordLabel:
        """Return the label of one record."""
        one: RecordOnCompany = self._by_key[str(key)]
        return label_of(one, self._input.stated.get(one.id, ()))


def label_of(one: RecordOnCompany, stated: Sequence[tuple[str, Any]]) -> RecordLabel:
    """Return the label of a record, with the values that it states."""
    values: dict[str, list[str]] = {}
    for attribute, value in stated:
        values.setdefault(attribute, []).append(str(value))
    return RecordLabel(one.id, one.company_id, one.list_name, one.row, one.name, values)
