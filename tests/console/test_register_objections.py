"""Who objects in a register is reached by no channel, however well it fits."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.console.conftest import Sluice, names_in_queue
from tests.sources.asking import Asking, installed
from tests.sources.fake_sources import Asked, Sent

FIXTURES = Path(__file__).parent.parent / "sources" / "registers" / "france.json"
FRANCE = "recherche-entreprises.api.gouv.fr"
ICP = "icp: french\nversion: 1\nsuspect:\n  - employees: {between: [10, 100]}\n"
ROWS = (
    "company,country,city,postcode,email,phone\n"
    "Moulin Invente,FR,Lyon,69003,info@moulin.example,+33 4 72 00 00 01\n"
    "Scierie Inventee,FR,Lyon,69003,info@scierie.example,+33 4 72 00 00 02\n"
)


@pytest.fixture
def asking(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    assert database
    with installed(sluice, tmp_path, home, monkeypatch) as made:
        yield made


def france(first: dict[str, Any], second: dict[str, Any]) -> Any:
    """The register with two companies, found by the first word of their names."""

    def answer(asked: Asked) -> Sent:
        word = asked.query["q"].split()[0].upper()
        named = [one for one in (first, second) if one["nom_complet"].startswith(word)]
        return Sent({"results": named, "total_results": len(named), "page": 1, "total_pages": 1})

    return answer


def test_an_objection_denies_every_channel(asking: Asking, sluice: Sluice) -> None:
    shown: dict[str, Any] = json.loads(FIXTURES.read_text("utf-8"))[0]["record"]
    hidden = shown | {
        "siren": "000001024",
        "nom_complet": "SCIERIE INVENTEE",
        "nom_raison_sociale": "SCIERIE INVENTEE",
        "sigle": None,
        "statut_diffusion": "P",
        "siege": shown["siege"] | {"siret": "00000102400017", "liste_enseignes": []},
    }
    asking.fake.hosts[FRANCE] = france(shown, hidden)
    (asking.folder / "fair.csv").write_text(ROWS, "utf-8")
    (asking.folder / "icp.yaml").write_text(ICP, "utf-8")
    sluice("run", asking.folder / "fair.csv", "--icp", asking.folder / "icp.yaml", "--no-crawl")
    assert asking.enrich()["fit"] == 2

    assert names_in_queue(sluice) == {"Moulin Invente"}
    held = sluice("queue", "show", "Scierie Inventee", "--json").json
    assert held["queue"]["note"].startswith("unreachable: ")
    assert "deny (register:fr says that it objects)" in held["queue"]["note"]
    allowed = {one["channel"] for one in held["contacts"] if one["allowed"]}
    assert allowed <= {"web"}
    explained = sluice("policy", "explain", "Scierie Inventee", "--json").json
    assert {one["says"] for one in explained["channels"]} == {"deny"}
