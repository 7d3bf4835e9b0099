import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon.names.company_names import LONGEST, parse_name
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.names.legal_forms import groups_of, legal_form

# name as written, core, forms
FORMS = [
    ("Acme GmbH", "acme", ("gmbh",)),
    ("Muster systemtechnikGmbH", "muster systemtechnik", ("gmbh",)),
    ("Muster systemtechnikgmbh", "muster systemtechnik", ("gmbh",)),
    ("Ware Sp.z o.o.", "ware", ("sp z oo",)),
    ("Ware Spółka z o.o.", "ware", ("sp z oo",)),
    ("Ware Sp. z o.o. sp.k.", "ware", ("sp k",)),
    ("Société Bois S.à r.l.", "societe bois", ("sarl",)),
    ("SARL Bois", "bois", ("sarl",)),
    ("Møller A/S", "moller", ("as",)),
    ("A/S Norden", "norden", ("as",)),
    ("Müller GmbH & Co. KG", "muller", ("gmbh & co kg",)),
    ("Muster GmbH u. Co KG", "muster", ("gmbh & co kg",)),
    ("Muster Holding AG & Co. KGaA", "muster holding", ("gmbh & co kgaa",)),
    ("Firma UG (haftungsbeschränkt)", "firma", ("ug",)),
    ("Beispiel e.V.", "beispiel", ("ev",)),
    ("Beispiel eG", "beispiel", ("eg",)),
    ("ООО Ромашка", "romashka", ("ooo",)),
    ("Romashka OOO", "romashka", ("ooo",)),
    ("Общество с ограниченной ответственностью «Ромашка»", "romashka", ("ooo",)),
    ("ТОВ Приклад", "priklad", ("tov",)),
    ("株式会社サンプル", "sanpuru", ("kk",)),
    ("サンプル(株)", "sanpuru", ("kk",)),
    ("サンプル㈱", "sanpuru", ("kk",)),
    ("Sample Kabushiki Kaisha", "sample", ("kk",)),
    ("北京样品有限公司", "beijing yangpin", ("co ltd",)),
    ("주식회사 보기", "bogi", ("kr stock",)),
    ("บริษัท ตัวอย่าง จำกัด (มหาชน)", "tawoyang", ("plc", "thai")),
    ('דוגמה בע"מ', "dvgmh", ("ltd",)),
    ("Acme L.L.C.", "acme", ("llc",)),
    ("Acme Pty Ltd", "acme", ("pty ltd",)),
    ("Acme (Pty) Ltd.", "acme", ("pty ltd",)),
    ("Acme Pvt. Ltd.", "acme", ("pvt ltd",)),
    ("Acme Sdn. Bhd.", "acme", ("sdn bhd",)),
    ("Acme Co., Ltd.", "acme", ("co ltd",)),
    ("Örnek Ltd. Şti.", "ornek", ("ltd sti",)),
    ("Örnek A.Ş.", "ornek", ("as",)),
    ("SIA Rimi", "rimi", ("sia",)),
    ("UAB Pavyzdys", "pavyzdys", ("uab",)),
    ("PT Maju", "maju", ("pt",)),
    ("PT MAJU JAYA Tbk", "maju jaya", ("tbk", "pt")),
    ("AB Exempel", "exempel", ("ab",)),
    ("Exempel AB (publ)", "exempel", ("ab",)),
    ("Esimerkki Oy", "esimerkki", ("oy",)),
    ("Rossi S.p.A.", "rossi", ("spa",)),
    ("Rossi SpA", "rossi", ("spa",)),
    ("Casa S. L.", "casa", ("sl",)),
    ("Grupo Ejemplo, S.A.B. de C.V.", "grupo ejemplo", ("sa de cv",)),
    ("Exemplo Ltda.", "exemplo", ("ltda",)),
    ("Příklad spol. s r.o.", "priklad", ("sro",)),
    ("Példa Kft.", "pelda", ("kft",)),
    ("Primer d.o.o.", "primer", ("doo",)),
    ("Voorbeeld B.V.", "voorbeeld", ("bv",)),
    ("Example W.L.L.", "example", ("wll",)),
    ("Acme GmbH Niederlassung Berlin", "acme niederlassung berlin", ("gmbh",)),
    ("The Acme Company", "acme", ("co",)),
    ("Muster & Co.", "muster", ("co",)),
    ('"RED CIRCLE" CHEMICAL COMPANY, LIMITED', "red circle chemical", ("co ltd",)),
]


@pytest.mark.parametrize(("name", "core", "forms"), FORMS)
def test_legal_forms_leave_the_core_and_are_kept_apart(
    name: str, core: str, forms: tuple[str, ...]
) -> None:
    parsed = parse_name(name)
    assert (parsed.core, parsed.forms) == (core, forms)


# name, core, why
PLAIN = [
    ("Day Spa", "day spa", "a spa is no S.p.A."),
    ("Too Good To Go", "too good to go", "too is a word before it is a form of Kazakhstan"),
    ("GmbH", "gmbh", "only a legal form: the name itself"),
    ("Co., Ltd.", "co ltd", "only legal forms"),
    ("The Limited", "the limited", "an article is no name"),
    ("12345", "12345", "digits are a name"),
    ("🚀🚀", "🚀🚀", "nothing but emoji: the name itself"),
    ("🚀 Labs™", "labs", "emoji and marks tell nothing"),
    ("Marks & Spencer", "marks and spencer", "&"),
    ("Marks und Spencer", "marks and spencer", "und"),
    ("Silva e Filhos", "silva and filhos", "e between words"),
    ("Global E-Commerce", "global e commerce", "E as an initial"),
    ("D+H Group", "d and h group", "+"),
    ("I.B.M.", "ibm", "initials joined"),
    ("A. P. Muster", "ap muster", "initials joined in front"),
    ("L'Éclair", "leclair", "apostrophe"),
    ("Straße Łódź", "strasse lodz", "ligatures"),
    ("Acme\u200b\u202e Tools", "acme tools", "invisible characters"),
    ("  Acme \t Tools ", "acme tools", "spaces"),
    ("„Acme Tools“", "acme tools", "quotes"),
    ("Smith (Builders) Ltd", "smith builders", "brackets round plain words are opened"),
    ("Acme Fund II LP", "acme fund 2", "roman numerals"),
    ("Acme Fund III", "acme fund 3", "roman numerals"),
    ("Acme Fund I", "acme fund 1", "a single I after fund"),
    ("Vi Capital", "vi capital", "not in front"),
    ("Vitamin V", "vitamin v", "a single V elsewhere is a letter"),
]


@pytest.mark.parametrize(("name", "core", "why"), PLAIN)
def test_the_core_is_the_form_to_compare(name: str, core: str, why: str) -> None:
    assert parse_name(name).core == core, why


# name, core, brackets, other names
BRACKETS = [
    ("Acme Ltd (in liquidation)", "acme", ("in liquidation",), ()),
    ("Acme GmbH i.L.", "acme", ("i l",), ()),
    ("Acme GmbH in Liquidation", "acme", ("in liquidation",), ()),
    ("Acme (United States)", "acme", ("US",), ()),
    ("(United States)", "united states", (), ()),
    ("Foo GmbH (formerly Bar AG)", "foo", (), ("Bar AG",)),
    ("Foo Ltd t/a Bar", "foo", (), ("Bar",)),
    ("Foo, Inc. d/b/a Bar Shop", "foo", (), ("Bar Shop",)),
    ("Now Foods", "now foods", (), ()),
    ("Acme Care (Northern Ireland) Ltd", "acme care northern ireland", (), ()),
]


@pytest.mark.parametrize(("name", "core", "brackets", "others"), BRACKETS)
def test_brackets_hold_countries_states_and_other_names(
    name: str, core: str, brackets: tuple[str, ...], others: tuple[str, ...]
) -> None:
    parsed = parse_name(name)
    assert (parsed.core, parsed.brackets, parsed.others) == (core, brackets, others)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Fund II", ("2",)),
        ("Channel 04", ("4",)),
        ("3M", ("3",)),
        ("7-Eleven 24", ("7", "24")),
        ("Acme", ()),
        ("000", ("0",)),
    ],
)
def test_numbers_are_digits_without_leading_zeros(name: str, numbers: tuple[str, ...]) -> None:
    assert parse_name(name).numbers == numbers


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Private Limited Company", "ltd"),
        ("GmbH", "gmbh"),
        ("G.m.b.H.", "gmbh"),
        ("société par actions simplifiée", "sas"),
        ("bakery", None),
        ("", None),
    ],
)
def test_a_form_on_its_own_is_recognised(text: str, form: str | None) -> None:
    found = legal_form(text)
    assert (found.name if found else None) == form


def test_forms_that_may_stand_for_each_other_share_a_group() -> None:
    assert groups_of("ltd") == groups_of("pvt ltd")
    assert set(groups_of("kk")) & set(groups_of("inc"))
    assert groups_of("ooo") == groups_of("llc")
    assert not set(groups_of("gmbh")) & set(groups_of("ag"))
    assert groups_of("co") == ()


def test_the_table_speaks_of_thirty_countries_and_more() -> None:
    assert len({country for form in tables().forms.values() for country in form.countries}) >= 60


@given(st.text(max_size=80))
def test_any_text_has_a_core_when_it_has_a_letter_or_digit(text: str) -> None:
    parsed = parse_name(text)
    assert parsed.core or not any(letter.isalnum() for letter in text)
    assert " ".join(parsed.tokens) == parsed.core
    assert parse_name(text) == parsed


@given(
    st.from_regex(r"[A-Z][a-z]{3,9} [A-Z][a-z]{3,9}", fullmatch=True),
    st.sampled_from(["GmbH", "Ltd.", "S.A.", "Sp. z o.o.", "Kft", "A/S"]),
)
def test_a_form_behind_a_name_never_changes_its_core(name: str, form: str) -> None:
    assert parse_name(f"{name} {form}").core == parse_name(parse_name(name).shown).core


def test_a_very_long_name_costs_no_more_than_its_beginning() -> None:
    before = time.process_time()
    parsed = parse_name("Acme (x " * 5_000)
    assert len(parsed.core) <= 2 * LONGEST
    assert time.process_time() - before < 0.2


@pytest.mark.parametrize(
    ("text", "core", "forms"),
    [
        ("S.C. Tarnholm Inc", "sc tarnholm", ("inc",)),
        ("P.T. Tarnholm Ltd", "pt tarnholm", ("ltd",)),
        ("A-B-C Joinery Ltd", "abc joinery", ("ltd",)),
        ("S.A. Tarnholm", "sa tarnholm", ()),
        ("S.C. Tarnholm S.R.L.", "tarnholm", ("srl", "sc")),
        ("PT Tarnholm Tbk", "tarnholm", ("tbk", "pt")),
        ("SAS Institute", "sas institute", ()),
        ("AB Company", "ab", ("co",)),
        ("SAS Institute Inc.", "sas institute", ("inc",)),
        ("NV Energy", "nv energy", ()),
        ("AG Tarnholm & Sons Inc.", "ag tarnholm and sons", ("inc",)),
        ("SE Electronics GmbH", "se electronics", ("gmbh",)),
        ("SC Tarnholm & Son", "sc tarnholm and son", ()),
        ("SAS Tarnholm", "tarnholm", ("sas",)),
        ("NV Tarnholm SA", "tarnholm", ("sa", "nv")),
        ("AB Tarnholm", "tarnholm", ("ab",)),
        ("BT plc", "bt", ("plc",)),
        ("F.lli Tarnholm SpA", "flli tarnholm", ("spa",)),
        ("A/S Tarnholm", "tarnholm", ("as",)),
        ("Tarnholm S. A.", "tarnholm", ("sa",)),
        ("O&#039;Tarnholm &amp; Sons Ltd", "otarnholm and sons", ("ltd",)),
        ("Tarn&amp;amp;Holm Ltd", "tarn and holm", ("ltd",)),
    ],
)
def test_initials_and_entities(text: str, core: str, forms: tuple[str, ...]) -> None:
    found = parse_name(text)
    assert (found.core, found.forms) == (core, forms)
