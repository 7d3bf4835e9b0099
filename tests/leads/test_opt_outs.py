"""Columns and cells that say who must not be contacted."""

from __future__ import annotations

import pytest

from leads.lexicon.opt_outs import as_yes_or_no, is_opt_out_column, says_opt_out


@pytest.mark.parametrize(
    "header",
    [
        "DNC flag",
        "Do not mail (Y/N)",
        "Opt-out [e-mail]",
        "Robinsonliste (ja/nein)",
        "Sperrvermerk Datum",
        "Anruf verboten",
        "Démarchage interdit",
        "Bloctel depuis",
        "Prohibido llamar",
        "Chiamata vietata",
        "Uitgesloten",
        "Proibido contactar",
        "Zakaz dzwonienia",
        "Får ej ringas",
        "Kontaktforbud",
        "Reservert mot reklame",
        "Puhelinkielto",
        "Zákaz volání",
        "Nem kér hívást",
        "İletişim izni yok",
        "Запрет на звонки",
        "禁止拨打",
        "電話NG",
        "전화 거부",
        "ห้ามติดต่อ",
    ],
)
def test_a_column_says_it_in_many_words(header: str) -> None:
    assert is_opt_out_column(header)


@pytest.mark.parametrize(
    "header",
    ["Call", "Calls", "Contact", "Status", "Consent", "Call date", "List", "Phone (DNC ok)"],
)
def test_another_column_does_not(header: str) -> None:
    assert not is_opt_out_column(header)


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("yes (phone)", True),
        ("ja (Telefon)", True),
        ("3 May 2025", True),
        ("opt-out 2025-05-03", True),
        ("removed", True),
        ("nein (geprüft)", False),
        ("nie", False),
        ("no (email yes)", None),
        ("ask Kim", None),
    ],
)
def test_a_cell_is_yes_or_no_or_for_a_person(cell: str, answer: bool | None) -> None:
    assert as_yes_or_no(cell) is answer


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("Do not contact (by mail)", True),
        ("DNC - asked in May", True),
        ("Robinsonliste, 2025", True),
        ("Do not call before 9", False),
        ("Active", False),
    ],
)
def test_a_status_says_it_with_a_remark(cell: str, says: bool) -> None:
    assert says_opt_out(cell) is says


@pytest.mark.parametrize(
    ("cell", "says", "answer"),
    [
        ("Opted out: no", False, False),
        ("Werbesperre: nein", False, False),
        ("DNC (false)", False, False),
        ("Unsubscribed 0", False, False),
        ("Do not phone - not set", False, False),
        ("Bloctel : non", False, False),
        ("No llamar: N/A", False, False),
        ("DNC: -", False, False),
        ("Do not email [no]", False, False),
        ("Do not contact: no (asked in May)", False, False),
        ("Robinson: nein", False, False),
        ("Opted out: yes", True, True),
        ("Werbesperre: ja", True, True),
        ("DNC (true)", True, True),
        ("Unsubscribed: 1", True, True),
        ("Do not call: no / Do not email: yes", True, True),
        ("Robinson", True, True),
        ("Robinson: ja", True, True),
        ("Robinson 2025-05-03", True, True),
        ("Robinson, TX", False, None),
        ("Robinson (Kansas)", False, None),
        ("Robinson - Illinois", False, None),
        ("Robinson, Pat", False, None),
    ],
)
def test_the_words_behind_a_mark_count(cell: str, says: bool, answer: bool | None) -> None:
    assert says_opt_out(cell) is says
    assert as_yes_or_no(cell) is answer
