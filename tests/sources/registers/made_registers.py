"""The registers of four countries with ten invented companies each, as functions of requests.

Each speaks as its register documents: searches find the companies whose names hold every word.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from leads.lexicon.transliterate import to_ascii
from sources.exchange import Request, Response
from tests.sources.conversations import reply

HERE = Path(__file__).parent
Rows = list[dict[str, Any]]
Server = Callable[[Request], Response]

NAME = {
    "france": "nom_raison_sociale",
    "norway": "navn",
    "czechia": "obchodniJmeno",
}


def rows(register: str) -> Rows:
    found: Rows = json.loads((HERE / f"{register}.json").read_text("utf-8"))
    return found


def served(register: str) -> Server:
    """The register with its ten companies."""
    known = {row["number"]: row for row in rows(register)}
    servers = {"france": _france, "norway": _norway, "finland": _finland, "czechia": _czechia}
    return lambda request: servers[register](known, request)


def _france(known: Mapping[str, Any], request: Request) -> Response:
    asked = _query(request)
    assert asked["minimal"] == "true"
    assert asked["include"] == "siege,finances"
    found = [known[asked["q"]]["record"]] if asked["q"] in known else _named(known, asked["q"])
    if "departement" in asked:
        found = [one for one in found if (one["siege"] or {}).get("departement") == "69"]
    body = {"results": found, "total_results": len(found), "page": 1, "per_page": 25}
    return reply({**body, "total_pages": 1})


def _norway(known: Mapping[str, Any], request: Request) -> Response:
    path = urlsplit(request.url).path
    number = path.rpartition("/")[2]
    if "/regnskap/" in path:
        accounts = known[number].get("accounts")
        return reply(b"", 404) if accounts is None else reply(accounts)
    if number in known:
        return reply(known[number]["record"], known[number].get("status", 200))
    if number != "enheter":
        return reply(b"", 404)
    found = _named(known, _query(request)["navn"])
    page = {"size": 20, "totalElements": len(found), "totalPages": 1, "number": 0}
    return reply({"_embedded": {"enheter": found}, "page": page} if found else {"page": page})


def _finland(known: Mapping[str, Any], request: Request) -> Response:
    asked = _query(request)
    if "businessId" in asked:
        found = [known[asked["businessId"]]["record"]] if asked["businessId"] in known else []
    else:
        found = [
            row["record"]
            for row in known.values()
            if any(_holds(one["name"], asked["name"]) for one in row["record"]["names"])
        ]
    return reply({"totalResults": len(found), "companies": found})


def _czechia(known: Mapping[str, Any], request: Request) -> Response:
    number = urlsplit(request.url).path.rpartition("/")[2]
    if number == "vyhledat":
        assert request.method == "POST"
        found = _named(known, json.loads(request.body)["obchodniJmeno"])
        return reply({"pocetCelkem": len(found), "ekonomickeSubjekty": found})
    if number not in known:
        return reply({"kod": "NENALEZENO"}, 404)
    if "-res/" in request.url:
        counts = known[number].get("counts")
        return reply({"kod": "NENALEZENO"}, 404) if counts is None else reply(counts)
    return reply(known[number]["record"])


def _query(request: Request) -> dict[str, str]:
    return {name: some[0] for name, some in parse_qs(urlsplit(request.url).query).items()}


def _named(known: Mapping[str, Any], words: str) -> list[Any]:
    records = [row["record"] for row in known.values()]
    field = next((one for one in NAME.values() if one in records[0]), "")
    return [one for one in records if _holds(str(one.get(field, "")), words)]


def _holds(name: str, words: str) -> bool:
    folded = to_ascii(name).casefold()
    return all(word in folded for word in to_ascii(words).casefold().split())
