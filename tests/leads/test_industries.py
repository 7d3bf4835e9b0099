"""Whether an industry, by code or in words, lies inside the wanted ones; unknown whenever it is not
certain.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.answers import Answer
from leads.lexicon.industries import codes as industry_codes
from leads.lexicon.industries import membership as industries
from leads.lexicon.industries import words as industry_words
from leads.lexicon.industries.code_tables import nace
from leads.lexicon.industries.membership import (
    check_revision,
    check_term,
    code_of,
    describe,
    inside,
)
from leads.lexicon.reference import document, rows
from leads.values import IndustryCode

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

# scheme, code, wanted, answer
CODES = [
    # NACE by prefix, in the value's own revision.
    ("nace2.1", "25.62", ["manufacturing"], YES),
    ("nace2.0", "C", ["manufacturing"], YES),
    ("nace2.0", "28", ["C"], YES),
    ("nace2.0", "62.01", ["software"], YES),
    ("nace2.0", "62.01Z", ["software"], YES),  # the French letter
    ("nace2.1", "62.100", ["62.1"], YES),  # the Norwegian digit
    ("nace2.0", "C25.62", ["25"], YES),
    ("nace2.0", "62.02", ["software"], UNKNOWN),  # consultancy: some write software
    ("nace2.1", "62", ["software"], UNKNOWN),
    ("nace2.0", "56.10", ["software"], NO),
    ("nace2.0", "99.88", ["C"], UNKNOWN),  # no such code
    ("nace2.1", "", ["C"], UNKNOWN),
    # A term without a revision is read in the value's; with one it is not.
    ("nace2.0", "25.62", ["25.62"], YES),
    ("nace2.1", "25.62", ["25.62"], YES),
    ("nace2.0", "25.62", ["nace2.1:25.62"], NO),  # machining is 25.53 now, 25.62 are locks
    ("nace2.0", "25.62", ["nace2.1:25.53"], YES),
    ("nace2.0", "64.19", ["K"], YES),
    ("nace2.1", "64.19", ["K"], NO),  # K is telecoms and computing now
    ("nace2.1", "64.19", ["L"], YES),
    # Renumbered trades keep their names.
    ("nace2.0", "45.20", ["car-repair"], YES),
    ("nace2.1", "95.31", ["car-repair"], YES),
    ("nace2.0", "96.02", ["hairdressers"], YES),
    ("nace2.1", "96.21", ["hairdressers"], YES),
    ("nace2.0", "86.90", ["physiotherapy"], UNKNOWN),  # 2.0 has no class for them
    ("nace2.1", "86.95", ["physiotherapy"], YES),
    ("nace2.0", "41.10", ["construction"], UNKNOWN),  # developers: real estate since 2.1
    # Several wanted.
    ("nace2.0", "62", ["62.01", "62.02", "62.03", "62.09"], YES),
    ("nace2.0", "86.23", ["manufacturing", "dentists"], YES),
    # NAICS.
    ("naics", "332710", ["manufacturing"], YES),
    ("naics", "31-33", ["manufacturing"], YES),
    ("naics", "541511", ["software"], YES),
    ("naics", "541512", ["software"], UNKNOWN),
    ("naics", "513210", ["software"], YES),  # the edition of 2022
    ("naics", "621210", ["dentists"], YES),
    ("naics", "621111", ["dentists"], UNKNOWN),  # one ISIC class for doctors and dentists
    ("naics", "722511", ["dentists"], NO),
    ("naics", "722511", ["naics:72"], YES),
    ("naics", "72", ["naics:7225"], UNKNOWN),
    ("naics", "332710", ["naics:31"], NO),
    ("naics", "332710", ["naics:31-33"], YES),
    ("naics", "332721", ["naics:332722"], NO),
    ("nace2.0", "56.10", ["naics:72"], YES),
    ("nace2.0", "28.99", ["naics:333"], UNKNOWN),
    ("naics", "522110", ["K"], UNKNOWN),  # in one revision only
    # SIC: five digits are British, fewer American.
    ("sic", "62012", ["software"], YES),
    ("sic", "86230", ["dentists"], YES),
    ("sic", "62020", ["sic:62020"], YES),
    ("nace2.0", "62.02", ["sic:62020"], YES),
    ("sic", "99999", ["software"], UNKNOWN),  # dormant
    ("sic", "74990", ["consulting"], UNKNOWN),  # not trading
    ("sic", "2834", ["pharma"], YES),
    ("sic", "2834", ["sic:2834"], YES),
    ("sic", "283", ["sic:2834"], UNKNOWN),
    ("sic", "7372", ["software"], YES),
    ("sic", "8021", ["dentists"], YES),
    (
        "sic",
        "2711",
        ["manufacturing"],
        NO,
    ),  # newspapers: manufactured in American eyes, published in NACE's
    ("sic", "1240", ["mining"], UNKNOWN),  # American coal, or British pears without their nought
    ("sic", "62020", ["sic:62"], NO),  # 62 is American brokers
    ("nace2.0", "21.20", ["sic:2834"], UNKNOWN),
    ("nace2.0", "21.20", ["sic:28"], YES),
    # ISIC.
    ("isic4", "6201", ["software"], YES),
    ("isic4", "8620", ["dentists"], UNKNOWN),
    ("isic4", "C", ["manufacturing"], YES),
    ("nace2.0", "86.23", ["isic:86"], YES),
    ("nace2.1", "86.23", ["isic4:8620"], YES),
    # LinkedIn.
    ("linkedin", "Dentists", ["dentists"], YES),
    ("linkedin", "dentists", ["dentists"], YES),
    ("linkedin", "Software Development", ["software"], YES),
    ("linkedin", "Machinery Manufacturing", ["manufacturing"], YES),
    ("linkedin", "Manufacturing > Machinery Manufacturing", ["C"], YES),
    ("linkedin", "Computer Games", ["linkedin:Software Development"], YES),
    (
        "linkedin",
        "Technology, Information and Internet",
        ["linkedin:Software Development"],
        UNKNOWN,
    ),
    ("linkedin", "Hospitals", ["dentists"], UNKNOWN),
    ("linkedin", "Restaurants", ["dentists"], NO),
    ("linkedin", "Exampling", ["dentists"], UNKNOWN),
    ("nace2.0", "62.01", ["linkedin:Software Development"], UNKNOWN),
    ("nace2.0", "56.10", ["linkedin:Software Development"], NO),
    ("newscheme", "1", ["C"], UNKNOWN),
]

# text, wanted, answer
TEXTS = [
    ("Maschinenbau", ["manufacturing"], YES),
    ("Maschinenbau", ["machinery"], YES),
    ("Maschinenbau", ["C"], YES),
    ("Maschinenbau", ["28.9"], UNKNOWN),
    ("Maschinenbau", ["dentists"], NO),
    ("Maschinenbau", ["software"], NO),
    ("Maschinenbauunternehmen", ["manufacturing"], YES),
    ("Zahnärzte", ["dentists"], YES),
    ("Zahnaerzte", ["dentists"], YES),
    ("ZAHNÄRZTE", ["dentists"], YES),
    ("Tandlæge", ["dentists"], YES),
    ("Logistik", ["logistics"], YES),
    ("Spedition", ["logistics"], YES),
    ("Spedition", ["manufacturing"], NO),
    ("Boiler exampling Manufacturing", ["manufacturing"], YES),
    ("Wholesale Machinery", ["wholesale"], YES),  # a LinkedIn industry
    ("Wholesale Machinery", ["manufacturing"], NO),
    ("COMPUTER_SOFTWARE", ["software"], YES),  # a CRM's closed list
    ("Hospital & Health Care", ["healthcare"], YES),
    ("Marketing and Advertising", ["marketing-agencies"], YES),
    ("Information Technology and Services", ["software"], UNKNOWN),
    ("software", ["62"], UNKNOWN),
    ("SaaS", ["software"], YES),
    ("SaaS", ["saas"], YES),
    ("Software", ["saas"], UNKNOWN),
    ("Industrial Machinery & Supplies & Components", ["manufacturing"], YES),  # GICS
    # Makers, traders and users of goods are called alike.
    ("Automotive", ["automotive"], YES),
    ("Automotive", ["manufacturing"], UNKNOWN),
    ("Automobilindustrie", ["manufacturing"], YES),
    ("Automotive", ["dentists"], NO),
    # Who serves a market is called by its name too.
    ("Education", ["education"], YES),
    ("Education", ["nace2.1:Q"], YES),
    ("Education", ["Q"], UNKNOWN),  # section P in revision 2.0
    ("Education", ["85"], YES),
    ("Education", ["software"], UNKNOWN),
    ("Education", ["manufacturing", "dentists"], NO),
    ("Retail", ["manufacturing"], NO),
    ("Engineering", ["manufacturing"], UNKNOWN),  # machine builders say so
    ("Ingenieurbüro", ["manufacturing"], NO),
    ("Schulen", ["software"], NO),
    ("Health Care", ["healthcare"], YES),
    ("Health Care", ["pharma"], UNKNOWN),
    ("Health Care", ["86"], UNKNOWN),
    # The head of a phrase decides.
    ("Toy manufacturer", ["manufacturing"], YES),
    ("Herstellung von Spielwaren", ["manufacturing"], YES),
    ("Software manufacturer", ["manufacturing"], UNKNOWN),
    ("Retail software", ["software"], YES),
    ("Retail software", ["retail"], NO),
    ("Großhandel mit Holz", ["wholesale"], YES),
    ("Groß- und Einzelhandel", ["wholesale"], UNKNOWN),
    # A baker bakes and sells: of what is wider only "food" is certain.
    ("Bakery", ["bakeries"], YES),
    ("Bakery", ["food"], YES),
    ("Bakery", ["manufacturing"], UNKNOWN),
    ("Bakery", ["retail"], UNKNOWN),
    ("Bakery", ["saas", "logistics"], NO),
    ("Brewery", ["manufacturing"], YES),
    ("Weingut", ["beverages"], YES),
    ("Weingut", ["agriculture"], UNKNOWN),
    # A narrow trade lies in the wider one, and not the other way round.
    ("Steuerberater", ["accounting"], YES),
    ("Accounting", ["tax-advisers"], UNKNOWN),
    ("Notaris", ["legal"], YES),
    ("Law firm", ["notaries"], UNKNOWN),
    ("Makelaar", ["real-estate"], YES),
    ("Real estate", ["estate agents"], UNKNOWN),
    ("Recruiters", ["staffing"], YES),
    ("Zeitarbeit", ["recruiters"], UNKNOWN),
    ("Florist", ["retail"], YES),
    ("Florist", ["47"], UNKNOWN),
    # Several: alternatives must all lie inside, items of a list need one.
    ("Real Estate and Construction", ["construction"], UNKNOWN),
    ("Real Estate and Construction", ["construction", "real estate"], YES),
    ("Real Estate and Construction", ["dentists"], NO),
    ("Hotels, Restaurants & Leisure", ["hotels"], UNKNOWN),
    ("Software / SaaS", ["software"], YES),
    ("Software; Consulting", ["software"], YES),
    ("Hotels | Dentists", ["dentists"], YES),
    # Paths.
    ("Real Estate and Construction -> Construction", ["construction"], YES),
    ("B2B -> Infrastructure", ["software"], UNKNOWN),
    ("B2B -> Infrastructure", ["manufacturing"], UNKNOWN),
    ("B2B -> Finance and Accounting", ["finance", "accounting"], UNKNOWN),  # what the customers do
    ("Software -> Healthcare", ["software"], YES),
    ("Software -> Healthcare", ["healthcare"], NO),
    ("Healthcare -> Healthcare IT", ["healthcare"], UNKNOWN),
    ("Healthcare IT", ["software"], UNKNOWN),
    ("Healthcare IT", ["manufacturing", "dentists"], UNKNOWN),
    ("Healthcare IT", ["restaurants"], NO),
    # Codes written as text.
    ("62012 - Business and domestic software development", ["software"], YES),
    ("28.99", ["manufacturing"], YES),
    ("25.62", ["nace2.0:25.62"], UNKNOWN),  # of which revision?
    ("Truck Transportation", ["H"], YES),
    ("Dentists", ["linkedin:Dentists"], YES),
    # Not understood.
    ("", ["software"], UNKNOWN),
    ("Industrials", ["manufacturing"], UNKNOWN),
    ("Unspecified", ["manufacturing"], UNKNOWN),
    ("Manufacturing analytics", ["manufacturing"], UNKNOWN),
    ("Food", ["food"], UNKNOWN),
    ("Dental exampling", ["dentists"], UNKNOWN),
    ("and " * 500, ["dentists"], UNKNOWN),
]


@pytest.mark.parametrize(("scheme", "code", "wanted", "answer"), CODES)
def test_codes(scheme: str, code: str, wanted: list[str], answer: Answer) -> None:
    assert inside(IndustryCode(scheme, code), tuple(wanted)) is answer


@pytest.mark.parametrize(("text", "wanted", "answer"), TEXTS)
def test_texts(text: str, wanted: list[str], answer: Answer) -> None:
    assert inside(IndustryCode("text", text), tuple(wanted)) is answer


#: One trade a line, as lists of six languages call it, one and many.
TRADES = {
    "bakeries": (
        "bakery, bakeries, Bäckerei, Bäckereien, boulangerie, boulangeries, bakkerij, bakkerijen,"
        " panificio, panadería, panaderías"
    ),
    "butchers": (
        "butcher, butchers, Metzgerei, Metzgereien, boucherie, boucheries, slagerij, slagerijen,"
        " macelleria, carnicería"
    ),
    "breweries": (
        "brewery, breweries, Brauerei, Brauereien, brouwerij, brouwerijen, birrificio, birrifici,"
        " cervecería, cervecerías"
    ),
    "wineries": (
        "winery, wineries, Weingut, Weingüter, vigneron, domaines viticoles, wijngaard,"
        " wijngaarden, aziende vinicole, bodegas"
    ),
    "printing": (
        "printers, Druckerei, Druckereien, imprimerie, imprimeries, drukkerij, drukkerijen,"
        " tipografia, tipografie, imprenta"
    ),
    "carpentry": (
        "joiner, joiners, Tischlerei, Tischlereien, menuisier, menuisiers, timmerbedrijf,"
        " falegname, falegnami, carpintero"
    ),
    "roofing": (
        "roofer, roofers, Dachdecker, Dachdeckereien, couvreur, couvreurs, dakdekker, dakdekkers"
    ),
    "plumbing-and-heating": (
        "plumber, plumbers, Klempner, plombier, plombiers, loodgieter, loodgieters, idraulico,"
        " idraulici, fontaneros"
    ),
    "gyms": (
        "gym, gyms, Fitnessstudio, Fitnessstudios, salle de sport, salles de sport, sportschool,"
        " sportscholen, palestra, palestre"
    ),
    "opticians": (
        "optician, opticians, Optiker, opticien, opticiens, ottico, ottici, óptica, ópticas"
    ),
    "veterinary": (
        "vet, vets, Tierarzt, Tierärzte, vétérinaire, vétérinaires, dierenarts, dierenartsen,"
        " veterinario, veterinari"
    ),
    "florists": (
        "florist, florists, Blumenladen, Blumenläden, fleuriste, fleuristes, bloemist, bloemisten,"
        " fiorista, fioristi"
    ),
    "architects": (
        "architect, architects, Architekt, Architekten, architecte, architectes, architecten,"
        " architetto, architetti"
    ),
    "estate-agents": (
        "estate agent, estate agents, Immobilienmakler, agence immobilière, agences immobilières,"
        " makelaar, makelaars"
    ),
    "recruiters": (
        "recruiter, recruiters, Personalvermittler, cabinet de recrutement, cabinets de"
        " recrutement, headhunters"
    ),
    "notaries": (
        "notary, notaries, Notar, Notare, notaire, notaires, notaris, notarissen, notaio, notai,"
        " notario, notarios"
    ),
    "tax-advisers": (
        "tax adviser, tax advisors, Steuerberater, conseiller fiscal, belastingadviseur,"
        " belastingadviseurs, asesores fiscales"
    ),
    "driving-schools": (
        "driving school, driving schools, Fahrschule, Fahrschulen, auto-école, rijscholen,"
        " autoscuole, autoescuelas"
    ),
    "removals": (
        "removal company, Umzugsunternehmen, déménageur, déménageurs, verhuisbedrijf, traslochi,"
        " mudanzas"
    ),
}
CALLED = [(trade, word) for trade, words in TRADES.items() for word in words.split(", ")]


@pytest.mark.parametrize(("trade", "word"), CALLED)
def test_a_trade_is_known_by_what_lists_call_it(trade: str, word: str) -> None:
    assert inside(IndustryCode("text", word), (trade,)) is YES
    assert inside(IndustryCode("text", word.upper()), (trade,)) is YES
    assert check_term(word) is None


TERMS_OF_PROFILES = [
    *(
        "manufacturing",
        "real estate",
        "Real-Estate",
        "Maschinenbau",
        "C",
        "62",
        "62.1",
        "62.10",
        "6210",
        "25.62",
        "nace2.0:62.01",
        "nace:62",
    ),
    *(
        "naics:31",
        "naics:31-33",
        "sic:2834",
        "sic:62020",
        "isic:62",
        "ISIC4:6201",
        "linkedin:Software Development",
        "linkedin:Manufacturing",
    ),
]


@pytest.mark.parametrize("term", TERMS_OF_PROFILES)
def test_terms_of_a_profile(term: str) -> None:
    assert check_term(term) is None
    assert inside(code_of(term), (term,)) is YES


@pytest.mark.parametrize(
    ("term", "wrong"),
    [
        ("manufaturing", "no such industry: manufaturing, did you mean manufacturing"),
        ("", "no such industry: "),
        ("qqq", "no such industry: qqq"),
        ("99.99", "NACE has no code 99.99"),
        (
            "nace2.1:62.01",
            (
                "NACE 2.1 has no code 62.01; companies that had it in NACE 2.0 are in 62.10 of"
                " NACE 2.1"
            ),
        ),
        ("naics:99", "NAICS has no code 99"),
        ("sic:99", "US SIC has no code 99"),
        (
            "linkedin:Software Develoment",
            "LinkedIn has no industry Software Develoment, did you mean Software Development",
        ),
    ],
)
def test_unknown_terms_are_named_with_the_nearest_word(term: str, wrong: str) -> None:
    assert check_term(term) == wrong
    assert describe(term) == wrong


@pytest.mark.parametrize(
    ("term", "odd"),
    [
        (
            "45.20",
            (
                "45.20 is a code of NACE 2.0 that 2.1 has not: companies that had it are in 95.31"
                " of NACE 2.1"
            ),
        ),
        (
            "25.62",
            (
                "25.62 is Machining in NACE 2.0 and Manufacture of locks and hinges in NACE 2.1,"
                " read as the source reads it"
            ),
        ),
        ("K", "K is Financial and insurance activities in NACE 2.0 and Telecommunication"),
        ("62", None),
        ("C", None),
        ("86.23", None),
        ("nace2.0:25.62", None),
        ("dentists", None),
        ("nonsense", None),
    ],
)
def test_codes_of_an_older_revision_are_told(term: str, odd: str | None) -> None:
    found = check_revision(term)
    assert (found or "").startswith(odd or "")
    assert (found is None) is (odd is None)


def test_an_unknown_scheme_is_answered_with_the_known_ones() -> None:
    assert str(check_term("foo:1")).startswith(
        "no such scheme: foo; write a plain name, a NACE code, or one of isic:…"
    )


def test_a_description_shows_codes_with_labels_and_words() -> None:
    shown = describe("dentists")
    assert shown.startswith(
        "dentists\n  all of NACE 2.0 86.23 Dental practice activities\n  all of NACE 2.1 86.23"
        " Dental practice care activities"
    )
    assert "Zahnarztpraxis".casefold() in shown
    assert describe("25.62").splitlines() == [
        "25.62",
        "  all of NACE 2.0 25.62 Machining",
        "  all of NACE 2.1 25.62 Manufacture of locks and hinges",
    ]
    assert "touches NACE 2.0 25 " in describe("naics:3327")


@pytest.mark.parametrize("name", industries.WORDS)
def test_every_plain_name_contains_its_own_words_and_classes(name: str) -> None:
    industry = industry_words.industries()[name]
    assert check_term(name) is None
    assert all(inside(IndustryCode("text", word), (name,)) is YES for word in industry.words)
    for home in industry_codes.NACE:
        assert all(
            inside(IndustryCode(home, code), (name,)) is YES for code in industry.inside[home]
        )
        assert all(
            inside(IndustryCode(home, code), (name,)) is not NO for code in industry.partly[home]
        )


def test_the_table_is_sound() -> None:
    table = document("industries.yaml")["industries"]
    meant: dict[str, str] = {}
    for name, row in table.items():
        for word in [*row["words"], *row.get("crafts", ()), *row.get("vague", ())]:
            assert meant.setdefault(industry_words.plain(word), name) == name, word
        assert set(row.get("within", ())) <= set(table)
        for path in row.get("linkedin", ()):
            assert industry_codes.linkedin_path(path), path
        for key in ("nace", "nace2.0", "partly", "partly2.0"):
            home = "nace2.0" if key.endswith("2.0") else "nace2.1"
            assert all(
                industry_codes.expand(home, prefix) for prefix in row.get(key, "").split()
            ), (name, key)
        for key in ("nace", "partly"):
            assert f"{key}2.0" in row or all(
                industry_codes.expand("nace2.0", prefix) for prefix in row.get(key, "").split()
            ), (name, key)


def test_the_tables_of_codes_are_sound() -> None:
    assert len(nace("nace2.0")) == 615
    assert len(nace("nace2.1")) == 651
    new = nace("nace2.1")
    assert all(
        set(row[4].split() or [row[1]]) <= set(new) for row in rows("nace.tsv") if row[0] == "2.0"
    )
    assert all(
        industry_codes.expand("nace2.0", prefix)
        for _, prefixes in rows("us_sic.tsv")
        for prefix in prefixes.split()
    )
    assert all(
        industry_codes.expand("nace2.1", prefix)
        for _, prefixes in rows("linkedin.tsv")
        for prefix in prefixes.split()
    )
    assert len(industry_codes.linkedin_names()) == 434


TERMS = st.sampled_from(
    [
        *industries.WORDS,
        "C",
        "25.62",
        "nace2.1:62",
        "naics:31",
        "sic:28",
        "isic:62",
        "linkedin:Manufacturing",
    ]
)
VALUES = (
    st.builds(
        IndustryCode,
        st.sampled_from(["nace2.0", "nace2.1"]),
        st.from_regex(r"[0-9]{2}(\.[0-9]{1,2})?", fullmatch=True),
    )
    | st.builds(
        IndustryCode,
        st.sampled_from(["naics", "sic", "isic4"]),
        st.from_regex(r"[0-9]{1,6}", fullmatch=True),
    )
    | st.builds(IndustryCode, st.just("linkedin"), st.sampled_from(industry_codes.linkedin_names()))
    | st.builds(
        IndustryCode, st.just("text"), st.text(max_size=30) | st.sampled_from(industries.WORDS)
    )
)


@given(VALUES, TERMS, TERMS)
def test_wanting_more_never_turns_a_yes_into_less(
    value: IndustryCode, term: str, other: str
) -> None:
    alone, both = inside(value, (term,)), inside(value, (term, other))
    if alone is YES:
        assert both is YES
    if both is NO:
        assert alone is NO


@given(st.text(max_size=30), st.text(max_size=20))
def test_any_text_is_answered(text: str, scheme: str) -> None:
    assert inside(IndustryCode("text", text), ("manufacturing",)) in Answer
    assert inside(IndustryCode(scheme, text), ("manufacturing",)) in Answer
    wrong = check_term(text)
    assert wrong is None or wrong


def test_the_sic_codes_of_real_employers_are_read(data: Path) -> None:
    with (data / "companies" / "uk-employers-2021.csv").open(encoding="utf-8", newline="") as file:
        codes = {
            code.strip()
            for row in csv.DictReader(file)
            for code in row["SicCodes"].split(",")
            if len(code.strip()) == 5
        }
    unread = {code for code in codes if industry_codes.leaves(IndustryCode("sic", code)) is None}
    assert len(codes) > 500
    assert unread <= {"74990", "98000", "99999"}
