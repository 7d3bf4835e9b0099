"""A domain that spells the name of the other row settles a slip or a dropped word."""

import pytest

from dedupe.engine import cluster
from dedupe.record import MatchRecord

ROWS = [
    ("Quorvan Ltd", "quorvian.example", "Quorvian", True, "a letter dropped"),
    ("Brandix Mgomt", "brandix-management.example", "Brandix Management", True, "a slip, a hyphen"),
    ("Brandix & Tarnwik", "brandixandtarnwick.example", "Brandix and Tarnwick", True, "and"),
    ("Zyx", "zyxxo.example", "Zyxxo", False, "a short label, which many companies have"),
    ("Brandix Energy", "brandix.example", "Brandix", False, "a daughter has the group's domain"),
    ("Mellow Foods", "brandix.example", "Brandix", False, "nothing in common but the domain"),
]


@pytest.mark.parametrize(("left", "domain", "right", "together", "why"), ROWS)
def test_a_domain_spells_the_name_of_the_other(
    left: str, domain: str, right: str, together: bool, why: str
) -> None:
    one = MatchRecord(1, left, domains=(domain,), country="GB")
    other = MatchRecord(2, right, country="GB")
    for rows in ([one, other], [other, one]):
        assert (len(cluster(rows).clusters) == 1) is together, why


def test_the_reason_names_the_domain() -> None:
    one = MatchRecord(1, "Quorvan Ltd", domains=("quorvian.example",), country="GB")
    found = cluster([one, MatchRecord(2, "Quorvian", country="GB")])
    sentences = [line.sentence for line in found.explain(1, 2).lines]
    assert "the domain of one spells the name of the other" in sentences
