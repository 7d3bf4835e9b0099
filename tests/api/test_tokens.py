"""Tokens: hashed, scoped, bound to a user and a client, expiring, revocable."""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from actions.scopes import SCOPES, checked_scopes
from actions.token_text import is_token, new_text
from leads.errors import UsageError
from tests.api.conftest import MakeProgram, Program
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock

Queued = Callable[..., None]


def test_a_token_has_a_checksum_that_a_changed_letter_breaks() -> None:
    made = new_text()
    assert re.fullmatch(r"sluice_pat_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}", made)
    assert is_token(made)
    for place in range(11, len(made)):
        other = "a" if made[place] != "a" else "b"
        assert not is_token(made[:place] + other + made[place + 1 :])


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["leads:read"], ["leads:read"]),
        (["prospects:*", "leads:read"], ["prospects:read", "prospects:work", "leads:read"]),
        (["ops:write,ops:read"], ["ops:read", "ops:write"]),
    ],
)
def test_scopes_are_put_in_order(given: list[str], meant: list[str]) -> None:
    assert checked_scopes(given) == meant


@pytest.mark.parametrize("given", [[], ["leads"], ["*"], ["lead:read"], ["admin:*"]])
def test_what_is_no_scope_is_refused(given: list[str]) -> None:
    with pytest.raises(UsageError):
        checked_scopes(given)


def test_the_help_of_the_command_names_every_scope(sluice: Sluice) -> None:
    said = sluice("token", "add", "--help").out
    assert [one for one in SCOPES if one not in said] == []


def test_a_token_is_stored_as_a_hash_and_ends(
    program: MakeProgram, queued: Queued, sluice: Sluice, database: str, clock: MadeClock
) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north")
    engine = create_engine(database)
    with engine.connect() as found:
        (row,) = found.execute(text("select * from api_token")).mappings()
        assert row["token_hash"] == sha256(ann.token.encode()).hexdigest()
        assert ann.token not in str(dict(row))
    engine.dispose()
    assert ann.get("/queue/stats").status == 200
    (listed,) = sluice("token", "list", "--as", "ann", "--json").json
    assert listed["used_at"] is not None
    assert sluice("token", "list", "--as", "ann", "--json").out.find(ann.token) == -1

    clock.at += timedelta(days=31)
    over = ann.get("/queue/stats")
    assert over.status == 401
    assert over.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_and_that_of_a_removed_user_are_refused(
    program: MakeProgram, queued: Queued, sluice: Sluice
) -> None:
    queued("Alder GmbH", client="north")
    ann, bob = program("ann", "north"), program("bob", "north")
    (name,) = [one["name"] for one in sluice("token", "list", "--as", "ann", "--json").json]
    sluice("token", "revoke", name, "--as", "bob", code=3)
    assert ann.get("/me").status == 200
    sluice("token", "revoke", name, "--as", "ann")
    assert ann.get("/me").status == 401
    sluice("user", "remove", "bob", "--as", "boss")
    assert bob.get("/me").status == 401


def test_the_strictest_of_role_clients_and_scopes_wins(
    program: MakeProgram, queued: Queued, sluice: Sluice, tmp_path: Path
) -> None:
    queued("Alder GmbH", client="north")
    queued("Birch GmbH", client="south")
    reads = program("ann", "north", "south", scopes=["prospects:read"])
    refused = reads.post("/prospects/next?client=north")
    assert refused.status == 403
    assert "prospects:work" in refused.problem["detail"]

    held = program("ann", scopes=["prospects:*", "lists:*"], only="north")
    assert [one["client"] for one in held.get("/me").json["clients"]] == ["north"]
    assert held.get("/prospects").json["items"][0]["name"] == "Alder GmbH"
    for path in ("/prospects?client=south", "/lists?client=south", "/queue/mine?client=south"):
        assert held.get(path).status == 403, path
    assert held.get("/prospects?client=nobody").status == 404
    # An SDR imports no lists, whatever the token says.
    assert held.post("/lists/imports", b"name\nCedar GmbH\n").status == 403

    sluice("user", "set", "ann", "--client", "south", "--as", "boss")
    assert held.get("/prospects").status == 403
    assert held.get("/me").json["clients"] == []
    assert reads.get("/prospects").json["items"][0]["name"] == "Birch GmbH"


def test_nobody_makes_tokens_that_act_as_others(sluice: Sluice, database: str) -> None:
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "ann", "--as", "boss")
    scope = ("--scope", "leads:read")
    assert sluice("token", "add", "x", "--user", "boss", *scope, "--as", "ann", code=4)
    sluice("token", "add", "x", *scope, "--expires", "2 years", "--as", "ann", code=2)
    sluice("token", "add", "x", *scope, "--expires", "soon", "--as", "ann", code=2)
    sluice("token", "add", "x", "--as", "ann", code=2)
    sluice("token", "add", "x", *scope, "--client", "nobody", "--as", "ann", code=3)
    sluice("token", "add", "x", *scope, "--as", "ann")
    sluice("token", "add", "x", *scope, "--as", "ann", code=4)


def test_without_a_token_there_is_nothing(address: str) -> None:
    for token in ("", "sluice_pat_x", new_text()):
        nobody = Program(address, token)
        for path in ("/me", "/openapi.json", "/nothing"):
            assert nobody.get(path).status == 401
    cookie = Program(address, "").get("/me", Cookie="sluice=x")
    assert cookie.status == 401
