"""Find the answers `same` that a later `different` about the same two companies replaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from leads.store import Tx, companies, company_records, judgements
from leads.store.company_records import RecordOnCompany
from leads.store.facts import matching
from leads.store.judgements import JudgementRow

#: The pairs of match keys that one answer decided: they have one person and one moment.
Word = Sequence[JudgementRow]


def words_between(
    tx: Tx, client_id: UUID, company_id: UUID, left: str, right: str
) -> Sequence[Word]:
    """Return the answers `same` that made two companies one, which are named as before.

    An id that was merged means the records with the name of that company.
    """
    if left.strip().casefold() == right.strip().casefold():
        return []
    inside = company_records.on_companies(tx, client_id, [company_id])
    lefts, rights = (_keys(tx, client_id, company_id, inside, one) for one in (left, right))

    words: dict[tuple[str, str], list[JudgementRow]] = {}
    for row in judgements.answers(tx, client_id):
        if row.decision == "same":
            words.setdefault((row.by, row.at.isoformat()), []).append(row)
    return [word for word in words.values() if any(_is_between(one, lefts, rights) for one in word)]


def _is_between(row: JudgementRow, lefts: set[str], rights: set[str]) -> bool:
    one, other = row.left_key, row.right_key
    return (one in lefts and other in rights) or (one in rights and other in lefts)


def _keys(
    tx: Tx, client_id: UUID, company_id: UUID, inside: Sequence[RecordOnCompany], text: str
) -> set[str]:
    """Return the match keys of the records that a text names."""
    wanted = text.strip().casefold()
    if as_id := _as_id(wanted):
        found = _of_company(tx, client_id, company_id, inside, as_id)
    else:
        domains = matching.stated(tx, client_id, ["domain"], [one.id for one in inside])
        found = [
            one
            for one in inside
            if wanted in (one.name.casefold(), *_folded(domains.get(one.id, ())))
        ]
    return {key for one in found for key in (one.match_key, one.own_key)}


def _of_company(
    tx: Tx, client_id: UUID, company_id: UUID, inside: Sequence[RecordOnCompany], wanted: UUID
) -> Sequence[RecordOnCompany]:
    before = companies.stored(tx, client_id, wanted)
    if before is None or wanted == company_id:
        # The id that stayed has its own records and those that came, so it tells none apart.
        return inside
    return [one for one in inside if one.name == before.name]


def _folded(stated: Sequence[tuple[str, Any]]) -> list[str]:
    return [str(value).casefold() for _, value in stated]


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
