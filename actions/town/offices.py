"""The register and the paid provider of the town: what they answer on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from actions.town.render import Answer
from actions.town.sites import data

REGISTER = "recherche-entreprises.api.gouv.fr"
PROVIDER = "almanac.town.example"


def office_answer(host: str, path: str) -> Answer | None:
    """The answer of an office to a request; None if the host is none."""
    office = _OFFICES.get(host)
    if office is None:
        return None
    asked = {name: some[-1] for name, some in parse_qs(urlsplit(path).query).items()}
    status, document = office(asked)
    body = json.dumps(document, ensure_ascii=False).encode()
    return Answer(status, {"Content-Type": "application/json"}, body)


def _register(asked: Mapping[str, str]) -> tuple[int, Any]:
    wanted = asked.get("q", "").upper()
    units = [
        one
        for one in data("register")["units"]
        if wanted == one["siren"] or wanted in one["nom_complet"]
    ]
    return 200, {"results": units, "total_results": len(units), "page": 1, "per_page": 25}


def _provider(asked: Mapping[str, str]) -> tuple[int, Any]:
    domain = asked.get("domain", "")
    found = data("register")["companies"].get(domain)
    if found is None:
        return 404, {"error": "no such company in town"}
    return 200, {"company": {"domain": domain, **found}}


_OFFICES: Mapping[str, Callable[[Mapping[str, str]], tuple[int, Any]]] = {
    REGISTER: _register,
    PROVIDER: _provider,
}
#: The hosts of the offices.
OFFICES = tuple(_OFFICES)
