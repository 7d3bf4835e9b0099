"""What the registers of France, Norway, Finland and Czechia answer."""

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.attributes import value_text
from leads.facts import Scope
from leads.lexicon.statuses import STATUSES
from sources.answers import ANSWERED, Answer, Outcome, SourceFact
from sources.exchange import Request, Response
from sources.identity import prove
from sources.registers.czechia import Czechia
from sources.registers.finland import Finland
from sources.registers.france import France
from sources.registers.norway import Norway
from sources.source import Source
from sources.subject import Number, Subject
from tests.sources.conversations import RECEIVED, Talk, reply, talk
from tests.sources.registers.made_registers import rows, served

TODAY = date(2026, 11, 30)
SOURCES: dict[str, tuple[Source, str]] = {
    "france": (France(), "FR"),
    "norway": (Norway(), "NO"),
    "finland": (Finland(), "FI"),
    "czechia": (Czechia(), "CZ"),
}
ROWS = [(register, row) for register in SOURCES for row in rows(register)]
ROW_IDS = [f"{register}: {row['says']}" for register, row in ROWS]
#: One company of each register, as a list knows it.
KNOWN = {
    "france": Subject(names=("Moulin Inventé SAS",), country="FR", city="Lyon", postcode="69003"),
    "norway": Subject(names=("Fjellvind AS",), country="NO", city="Bergen"),
    "finland": Subject(names=("Malliyritys Oy",), country="FI", city="Helsinki"),
    "czechia": Subject(names=("Vzor a vzorek, spol. s r.o.",), country="CZ", city="Prague"),
}


def name_of(row: dict[str, Any]) -> str:
    record = row["record"]
    found = record.get("nom_raison_sociale") or record.get("navn") or record.get("obchodniJmeno")
    current = [one for one in record.get("names", ()) if one["type"] == "1" and not one["endDate"]]
    return str(found or (current[0]["name"] if current else "Slettet AS"))


def numbered(register: str, row: dict[str, Any]) -> Subject:
    country = SOURCES[register][1]
    number = Number("register_number", country, row["number"])
    return Subject(names=(name_of(row),), country=country, numbers=(number,))


def ask(register: str, subject: Subject, server: Any = None) -> Talk:
    source = SOURCES[register][0]
    conversation = source.ask(subject, sorted(source.card.attributes), "", TODAY)
    return talk(conversation, server or served(register))


def written(fact: SourceFact) -> str:
    found = value_text(fact.attribute, fact.value)
    found += f" as of {fact.as_of}" if fact.as_of else ""
    found += f", {fact.scope}" if fact.scope is not Scope.COMPANY else ""
    return found + (f", {fact.confidence}" if fact.confidence != 0.95 else "")


@pytest.mark.parametrize(("register", "row"), ROWS, ids=ROW_IDS)
def test_an_entry_that_is_asked_by_number_states_what_it_holds(register: str, row: Any) -> None:
    answer = ask(register, numbered(register, row)).answer

    assert answer.outcome.value == row["outcome"]
    states: dict[str, list[str]] = {}
    for entry in answer.entries:
        for fact in entry.facts:
            states.setdefault(fact.attribute, []).append(written(fact))
            field, _, words = fact.quote.partition(": ")
            assert field
            assert words
    assert (states or None) == row["states"]
    assert states.keys() <= SOURCES[register][0].card.attributes
    assert {one.split(" ")[0] for one in states.get("status", ())} <= STATUSES


@pytest.mark.parametrize("register", SOURCES)
def test_a_register_is_asked_by_name_and_the_place_proves_the_entry(register: str) -> None:
    known = ask(register, KNOWN[register])

    proof = prove(KNOWN[register], known.answer.entries)
    assert proof.accepted, proof.why
    assert proof.entry is not None
    assert proof.entry.number == rows(register)[0]["number"]


@pytest.mark.parametrize("register", SOURCES)
def test_a_name_that_a_register_does_not_know_is_an_answer(register: str) -> None:
    unknown = Subject(names=("Quux Frobnication",), country=SOURCES[register][1])

    answer = ask(register, unknown).answer

    assert answer.outcome is Outcome.NO_MATCH
    assert answer.reason


@pytest.mark.parametrize("register", SOURCES)
def test_people_in_business_are_never_read(register: str) -> None:
    person = next(row for row in rows(register) if row["outcome"] == "not covered")
    for subject in (numbered(register, person), Subject(names=(name_of(person),))):
        answer = ask(register, subject).answer

        assert answer.outcome is Outcome.NOT_COVERED
        assert name_of(person) not in str(answer)


@pytest.mark.parametrize("register", SOURCES)
def test_a_number_with_a_wrong_check_digit_is_not_asked_for(register: str) -> None:
    row = rows(register)[0]
    wrong = row["number"][:-1] + str((int(row["number"][-1]) + 1) % 10)
    number = Number("register_number", SOURCES[register][1], wrong)
    subject = Subject(names=("Quux Frobnication",), numbers=(number,))

    assert wrong not in str(ask(register, subject).urls)


@pytest.mark.parametrize("register", SOURCES)
def test_a_company_without_number_and_name_is_not_asked_about(register: str) -> None:
    held = ask(register, Subject(names=("X",), country=SOURCES[register][1]))

    assert held.answer.outcome is Outcome.NOT_COVERED
    assert not held.requests


@pytest.mark.parametrize("register", SOURCES)
def test_requests_go_to_the_hosts_of_the_card_and_ask_for_no_people(register: str) -> None:
    card = SOURCES[register][0].card
    held = [ask(register, KNOWN[register]), ask(register, numbered(register, rows(register)[0]))]
    for url in (url for one in held for url in one.urls):
        assert urlsplit(url).scheme == "https"
        assert urlsplit(url).hostname in card.hosts
        assert not any(word in url for word in ("dirigeants", "roller", "-vr/", "-rzp/"))


@pytest.mark.parametrize("register", SOURCES)
def test_a_card_names_its_licence_and_whom_to_credit(register: str) -> None:
    card = SOURCES[register][0].card

    assert card.licence
    assert card.attribution
    assert card.countries == {SOURCES[register][1]}
    assert {"name", "register_number", "vat_id"} <= card.asks_by


STATUSES_OF_HTTP = {
    "bad question": (reply({"erreur": "?"}, 400), Outcome.FAILED),
    "no key": (reply(b"", 401), Outcome.NOT_ALLOWED),
    "forbidden": (reply(b"<html>no</html>", 403), Outcome.NOT_ALLOWED),
    "too many requests": (reply(b"", 429), Outcome.RATE_LIMITED),
    "a broken server": (reply(b"oops", 500), Outcome.FAILED),
    "a gateway": (reply(b"", 502), Outcome.FAILED),
    "a redirect": (reply(b"", 302, {"location": "https://elsewhere.example"}), Outcome.FAILED),
    "no response": (Response(0, failure="timed out"), Outcome.FAILED),
    "a page": (reply(b"<!DOCTYPE html><html></html>"), Outcome.FAILED),
    "nothing": (reply(b""), Outcome.FAILED),
    "half of it": (reply(b'{"results": ['), Outcome.FAILED),
    "bytes": (reply(b"\xff\xfe\x00"), Outcome.FAILED),
    "null": (reply(b"null"), Outcome.FAILED),
    "a list": (reply(b"[]"), Outcome.FAILED),
    "another shape": (reply({"data": {"items": []}}), Outcome.FAILED),
    "no number of JSON": (reply(b'{"results": [NaN]}'), Outcome.FAILED),
    "a deep nest": (reply(b'{"a":' * 20_000 + b"1" + b"}" * 20_000), Outcome.FAILED),
}


@pytest.mark.parametrize(("response", "outcome"), STATUSES_OF_HTTP.values(), ids=STATUSES_OF_HTTP)
@pytest.mark.parametrize("register", SOURCES)
@pytest.mark.parametrize("by_number", [True, False])
def test_each_failure_has_its_outcome(
    register: str, by_number: bool, response: Response, outcome: Outcome
) -> None:
    subject = numbered(register, rows(register)[0]) if by_number else KNOWN[register]

    answer = ask(register, subject, lambda _: response).answer

    assert answer.outcome is outcome
    assert answer.reason
    assert not answer.entries


@pytest.mark.parametrize("status", [404, 410])
def test_an_entry_may_be_missing_and_a_search_may_not(status: int) -> None:
    def missing(_: Request) -> Response:
        return reply(b"", status)

    # The number in a query is the entry too, where the register wants it erased.
    by_entry = set(SOURCES) if status == 410 else {"norway", "czechia"}
    for register in SOURCES:
        entry = ask(register, numbered(register, rows(register)[0]), missing).answer
        search = ask(register, KNOWN[register], missing).answer

        expected = Outcome.NO_MATCH if register in by_entry else Outcome.FAILED
        assert entry.outcome is expected
        assert bool(entry.erased) == (status == 410)
        assert not search.erased
        assert search.outcome is Outcome.FAILED


@pytest.mark.parametrize("register", SOURCES)
@pytest.mark.parametrize(
    ("header", "until"),
    [
        ("30", datetime(2026, 11, 30, 12, 0, 30, tzinfo=UTC)),
        ("Mon, 30 Nov 2026 12:05:00 GMT", datetime(2026, 11, 30, 12, 5, tzinfo=UTC)),
        ("soon", None),
        ("", None),
    ],
)
def test_a_register_says_how_long_it_wants_to_be_left_alone(
    register: str, header: str, until: datetime | None
) -> None:
    response = reply(b"", 429, {"retry-after": header})

    answer = ask(register, KNOWN[register], lambda _: response).answer

    assert answer.outcome is Outcome.RATE_LIMITED
    assert answer.not_before == until
    assert until is None or until > RECEIVED


def test_a_norwegian_entry_that_is_gone_is_erased() -> None:
    gone = next(row for row in rows("norway") if row.get("status") == 410)

    assert ask("norway", numbered("norway", gone)).answer.erased == (gone["number"],)


def test_norwegian_accounts_are_read_for_a_proved_company_alone() -> None:
    somewhere = Subject(names=("Fjellvind AS",), country="NO", city="Oslo")

    assert any("/regnskap/" in url for url in ask("norway", KNOWN["norway"]).urls)
    assert not any("/regnskap/" in url for url in ask("norway", somewhere).urls)


def test_a_limit_on_accounts_is_told_so_that_they_are_asked_again() -> None:
    server = served("norway")

    def limited(request: Request) -> Response:
        return reply(b"", 429) if "/regnskap/" in request.url else server(request)

    assert ask("norway", KNOWN["norway"], limited).answer.outcome is Outcome.RATE_LIMITED


def test_a_name_that_too_many_czech_companies_have_is_an_answer() -> None:
    said = {"kod": "CHYBA_VSTUPU", "subKod": "VYSTUP_PRILIS_MNOHO_VYSLEDKU", "popis": "…"}

    answer = ask("czechia", KNOWN["czechia"], lambda _: reply(said, 400)).answer

    assert answer.outcome in ANSWERED
    assert "too many" in answer.reason


def test_a_french_name_is_sought_in_its_department_first() -> None:
    elsewhere = Subject(names=("Succursale Fictive",), country="FR", postcode="20090")
    in_lyon = KNOWN["france"]

    assert [("departement=69" in url) for url in ask("france", in_lyon).urls] == [True]
    assert not any("departement" in url for url in ask("france", elsewhere).urls)


@pytest.mark.parametrize(
    ("register", "scheme", "number", "asked"),
    [
        ("france", "SIREN", "000 001 008", "q=000001008"),
        ("france", "SIRET", "00000100800017", "q=000001008"),
        ("france", "vat_id", "FR32000001008", "q=000001008"),
        ("norway", "vat_id", "NO 100 000 008 MVA", "/enheter/100000008"),
        ("norway", "ORGNR", "100000008", "/enheter/100000008"),
        ("finland", "vat_id", "FI99000018", "businessId=9900001-8"),
        ("finland", "register_number", "9900001-8", "businessId=9900001-8"),
        ("czechia", "vat_id", "CZ89000005", "/ekonomicke-subjekty/89000005"),
        ("czechia", "ICO", "89000005", "/ekonomicke-subjekty/89000005"),
    ],
)
def test_every_number_that_holds_that_of_the_register_is_used(
    register: str, scheme: str, number: str, asked: str
) -> None:
    known = Number(scheme, SOURCES[register][1], number)

    assert asked in ask(register, Subject(names=("X",), numbers=(known,))).urls[0]


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**40), 10**40),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(["ENK", "1000", "2024-12-31", "", "410", "\ud800", "[ND]"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def answered(register: str, body: bytes) -> list[Answer]:
    response = reply(body)
    subjects = (KNOWN[register], numbered(register, rows(register)[0]))
    return [ask(register, one, lambda _: response).answer for one in subjects]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(SOURCES)), st.binary(max_size=60))
def test_any_bytes_are_answered(register: str, body: bytes) -> None:
    for answer in answered(register, body):
        assert answer.outcome is Outcome.FAILED


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_row_with_any_field_of_any_kind_is_answered(data: st.DataObject) -> None:
    register = data.draw(st.sampled_from(sorted(SOURCES)))
    row = data.draw(st.sampled_from(rows(register)))
    record = dict(row["record"])
    for field in data.draw(st.lists(st.sampled_from(sorted(record) or ["x"]), max_size=4)):
        record[field] = data.draw(VALUES)
    bodies: tuple[Any, ...] = (
        record,
        {"results": [record], "total_results": data.draw(SCALARS)},
        {"companies": [record], "ekonomickeSubjekty": [record], "zaznamy": [record]},
        {"_embedded": {"enheter": [record, data.draw(VALUES)]}, "page": data.draw(VALUES)},
        [record],
    )

    for body in bodies:
        for answer in answered(register, json.dumps(body).encode()):
            assert answer.reason or answer.entries
            str(answer).encode()
