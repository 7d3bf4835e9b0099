"""`sluice sources`: what sources state and how far it agrees, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.values import Range
from tests.console.conftest import Sluice
from tests.made_site_facts import crawled, told

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]


def rates(sluice: Sluice, attribute: str) -> dict[str, Any]:
    found = sluice("sources", "--attribute", attribute, "--json").json
    return {one["source"]: one for one in found}


def test_what_people_tell_later_counts_for_and_against(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH")
    crawled("alder.example", Range(28, 32), attribute="employees")
    crawled("birch.example", Range(500, 500), attribute="employees")
    for name in ("Alder GmbH", "Birch GmbH"):
        told(name, "employees", Range(30, 30))
    found = rates(sluice, "employees")
    site, fair = found["site"], found["list:Alder"]
    assert (site["facts"], site["agreed"], site["disagreed"]) == (2, 1, 1)
    assert (site["agreed_by"], site["disagreed_by"]) == ({"told": 1}, {"told": 1})
    assert (site["rate"], site["subjects"], site["of_subjects"]) == (0.5, 2, 2)
    # The list says 30 of all three; nobody told of the third.
    assert (fair["facts"], fair["checked"], fair["agreed"], fair["hit_rate"]) == (3, 2, 2, 1.0)
    assert "employees" in sluice("sources").out


def test_what_was_known_before_says_nothing(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    told("Alder GmbH", "employees", Range(5, 5))
    crawled("alder.example", Range(30, 30), attribute="employees")
    found = rates(sluice, "employees")
    assert found["site"]["checked"] == 0
    assert found["list:Alder"]["disagreed"] == 1


def test_a_fact_counts_once_the_surest_word_first(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    crawled("alder.example", "+493012345600")
    told("Alder GmbH", "phone", "+493012345600")
    assert rates(sluice, "phone")["site"]["agreed_by"] == {"told": 1}

    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "wrong_number", "--as", "ann", "--about", "+493012345600")
    assert rates(sluice, "phone")["site"]["disagreed_by"] == {"disposition": 1}

    sluice("audit", "draw", "--attribute", "phone", "--source", "site")
    sluice("audit", "judge", stdin="y\n")
    site = rates(sluice, "phone")["site"]
    assert (site["agreed_by"], site["disagreed_by"]) == ({"audit": 1}, {})


def test_another_clients_answers_stay_its_own(sluice: Sluice, queued: Queued) -> None:
    for client in ("north", "south"):
        queued("Alder GmbH", client=client)
    crawled("alder.example", Range(500, 500), attribute="employees")
    told("Alder GmbH", "employees", Range(30, 30), client="north")
    for client, disagreed in (("north", 1), ("south", 0)):
        found = sluice("sources", "--source", "site", "--client", client, "--json").json
        (site,) = (one for one in found if one["attribute"] == "employees")
        assert (site["facts"], site["disagreed"]) == (1, disagreed)
