"""The industry is guessed from the words of a site: right for plain cases, silent where nothing is
told.
"""

import json
from pathlib import Path

import pytest

from bench.evidence_industry import measure
from bench.train_industry import trained
from enrich.coverage import coverage
from enrich.extractors.industry import find_industry
from enrich.industry.evidence import PageWords, guessed, page_words
from enrich.industry.model import FILE, Figures, IndustryModel, from_text, to_text
from enrich.industry.tokens import stem, words
from enrich.reading import from_text as reading_from_text
from enrich.reading import read_document
from enrich.reading import to_text as reading_to_text
from enrich.site import merged
from leads.facts import Method
from leads.values import IndustryCode
from tests.made_pages import document

ROOFER = """<title>Dachdeckerei Beispiel</title><meta name=description content="Ihr Dachdecker">
<h1>Bedachungen und Spenglerei</h1><p>Dachsanierung, Abdichtung, Fassaden, Dachfenster.</p>"""


def guess(html: str, kind: str = "home") -> list[tuple[str, float]]:
    return [
        (one.value.code, one.confidence)
        for one in find_industry(document(html, kind=kind))
        if isinstance(one.value, IndustryCode)
    ]


@pytest.mark.parametrize(
    ("division", "html"),
    [
        ("43", ROOFER),
        (
            "25",
            (
                "<title>Acme Zerspanung</title><h1>Drehteile und Frästeile</h1><p>CNC, Schweißen,"
                " Blechbearbeitung, Werkzeugbau</p>"
            ),
        ),
        (
            "69",
            (
                "<title>Cabinet Exemple</title><p>Expert comptable, audit, fiscalité et"
                " comptabilité; avocats associés</p>"
            ),
        ),
        (
            "86",
            (
                "<title>Studio dentistico Esempio</title><p>Odontoiatria, ortodonzia, implantologia,"
                " pazienti</p>"
            ),
        ),
        (
            "49",
            (
                "<title>Transportes Ejemplo</title><p>Transporte por carretera, camiones, mudanzas,"
                " transporte frigorífico</p>"
            ),
        ),
        (
            "62",
            (
                "<title>Przykład</title><p>Oprogramowanie, software house, programowanie, aplikacje,"
                " systemy informatyczne</p>"
            ),
        ),
        (
            "81",
            (
                "<title>Voorbeeld</title><p>Schoonmaakbedrijf: glazenwasser, hovenier,"
                " groenvoorziening</p>"
            ),
        ),
        (
            "68",
            (
                "<title>Example Lettings</title><p>Estate agent. Apartments for rent, property"
                " management, landlords</p>"
            ),
        ),
        (
            "16",
            "<title>Exempel</title><p>Sågverk: trä, limträ, timber och paneler av trä</p>",
        ),
    ],
)
def test_a_company_that_says_what_it_does_is_placed(division: str, html: str) -> None:
    first, probability = guess(html)[0]
    assert first == division
    assert probability > 0.4


def test_a_guess_shows_its_words_and_the_title_and_is_marked_as_a_guess() -> None:
    first = next(iter(find_industry(document(ROOFER, kind="home"))))
    assert first.value == IndustryCode("nace2.0", "43")
    assert first.method == "model"
    assert "bedachungen" in first.quote
    assert "title: Dachdeckerei Beispiel" in first.quote


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<title>Acme</title>",
        "<title>Willkommen</title><p>Wir freuen uns auf Ihren Besuch. Kontakt, Impressum.</p>",
        "<title>Coming soon</title><p>Our new website is under construction. Thank you.</p>",
        "<p>Ласкаво просимо</p>",
    ],
)
def test_a_page_that_tells_nothing_gives_no_guess(html: str) -> None:
    assert guess(html) == []


def test_there_are_at_most_three_guesses_and_their_probabilities_add_up_to_no_more_than_one() -> (
    None
):
    mixed = "<p>Hotel, Restaurant, Software, Spedition, Steuerberater, Zahnarzt, Brauerei</p>"
    found = guess(mixed)
    assert len(found) <= 3
    assert sum(probability for _, probability in found) <= 1
    assert all(probability < 0.8 for _, probability in found)


def test_software_for_dentists_is_software() -> None:
    html = (
        "<title>Software for dentists</title><p>Our cloud platform: scheduling software for dental"
        " practices, API, integrations and a free trial.</p>"
    )
    assert guess(html)[0][0] == "62"


@pytest.mark.parametrize(
    ("html", "customers"),
    [
        (
            (
                "<title>DentSoft - software for dentists</title><h1>Software for dentists</h1>"
                "<p>Our software for dentists and clinics. Software for dental practices.</p>"
            ),
            "86",
        ),
        (
            (
                "<title>Practice management software for dentists</title><h1>Practice management"
                " software for dentists</h1><p>Your dental practice in the cloud.</p>"
            ),
            "86",
        ),
        (
            (
                "<title>Software für Steuerberater, Rechtsanwälte und Ärzte</title>"
                "<h1>Kanzleisoftware für Steuerberater</h1><p>Unsere Software für Rechtsanwälte.</p>"
            ),
            "69",
        ),
        (
            (
                "<title>Plattform für Dachdecker</title><h1>Die Plattform für Dachdecker</h1>"
                "<p>App für Dachdecker, Schreiner und Maler. Für Dachdeckereien jeder Größe.</p>"
            ),
            "43",
        ),
        (
            (
                "<title>Agence web pour restaurants</title><h1>Agence pour restaurants, hôtels</h1>"
                "<p>Des sites pour restaurants et hôtels.</p>"
            ),
            "56",
        ),
        (
            (
                "<title>Software per ristoranti</title><h1>Gestionale per ristoranti e hotel</h1>"
                "<p>Il gestionale per ristoranti, pizzerie e hotel.</p>"
            ),
            "56",
        ),
        (
            (
                "<title>Plataforma para dentistas</title><h1>Software para dentistas</h1>"
                "<p>El software para dentistas y clínicas dentales.</p>"
            ),
            "86",
        ),
    ],
)
def test_those_for_whom_something_is_made_do_not_decide(html: str, customers: str) -> None:
    sure = {division for division, probability in guess(html) if probability >= 0.5}
    assert customers not in sure


@pytest.mark.parametrize(
    ("html", "own"),
    [
        (
            (
                "<title>Zahnarztpraxis Beispiel</title><h1>Ihre Praxis für Zahnheilkunde</h1>"
                "<p>Prophylaxe, Zahnersatz, Zahnarzt. Unsere App für Patienten.</p>"
            ),
            "86",
        ),
        (
            (
                "<title>Fachbetrieb für Dachsanierung</title><h1>Dachdecker</h1>"
                "<p>Dachdeckerei, Bedachungen, Spenglerei, Abdichtung.</p>"
            ),
            "43",
        ),
        (
            (
                "<title>Marketing agency for restaurants</title>"
                "<p>Advertising, campaigns, branding, social media and marketing for hotels.</p>"
            ),
            "73",
        ),
        (
            (
                "<title>Tische, an denen man sitzt | Beispiel Möbelmanufaktur</title>"
                "<p>Aus Eiche und Esche bauen wir Tische, Stühle und Schränke.</p>"
            ),
            "31",
        ),
    ],
)
def test_what_is_offered_decides(html: str, own: str) -> None:
    assert guess(html)[0][0] == own


def test_customers_decide_on_no_page_of_the_site_read_now_or_before() -> None:
    home = document("<title>Software for dentists</title><h1>Software for dentists</h1>")
    other = "<p>Dentists, dentist, dental clinic. Dentists love it. Dentists, dentists.</p>"
    pages = [page_words(home), page_words(document(other, kind="products"))]
    kept = [PageWords.from_json(json.loads(json.dumps(one.to_json()))) for one in pages]
    for some in (pages, kept):
        quotes = " ".join(one.quote.partition(";")[0] for one in guessed(some))
        assert "dentist" not in quotes
    # Pages that were read before customers were kept are read on.
    assert PageWords.from_json(["Title", [["dentist", "dentists", 2.0]]]).customers == ()


def test_pages_of_jobs_and_of_law_hardly_count() -> None:
    home = document(ROOFER, kind="home")
    jobs = "<p>Software, Softwareentwicklung, Programmierung, Cloud</p>" * 5
    both = [page_words(home), page_words(document(jobs, kind="careers"))]
    first = next(iter(guessed(both)))
    assert first.value == IndustryCode("nace2.0", "43")


def test_the_pages_of_a_site_are_guessed_from_together_whether_read_now_or_before() -> None:
    half = ROOFER.partition("<h1>")
    pages = [
        read_document(document(half[0], kind="home")),
        read_document(document("<h1>" + half[2], url="https://acme.example/a", kind="products")),
    ]
    kept = [
        reading_from_text(
            reading_to_text(one), url=one.url, kind=one.kind, fetched_at=one.fetched_at
        )
        for one in pages
    ]
    said = []
    for readings in (pages, kept):
        facts = list(merged("acme.example", readings).facts)
        said.append(
            [
                (one.value, one.evidence.confidence, one.evidence.quote, one.evidence.url)
                for one in facts
                if one.attribute == "industry"
            ]
        )
        assert all(
            one.evidence.method is Method.INFERRED for one in facts if one.attribute == "industry"
        )
    assert said[0] == said[1]
    assert said[0][0][0] == IndustryCode("nace2.0", "43")
    assert coverage(pages)


def test_a_site_that_is_parked_is_not_guessed_about() -> None:
    html = "<title>acme.example is for sale</title><p>Buy this domain. Hotel, restaurant, bar.</p>"
    assert read_document(document(html, kind="home")).industry is None


@pytest.mark.parametrize(
    "html",
    [
        "<h1>" * 50_000,
        "<h1 " + "a" * 500_000,
        "dachdecker " * 200_000,
        "<title>" + "ä" * 300_000,
        "<p>" + "donaudampfschifffahrt" * 20_000,
        "<p>\x00\ud800 dachdecker",
    ],
)
def test_hostile_pages_are_read_in_bounds(html: str) -> None:
    read = page_words(document(html, kind="home"))
    assert len(read.words) <= 80
    assert PageWords.from_json(json.loads(json.dumps(read.to_json()))) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plumber", "plumbers"),
        ("Zerspanung", "Zerspanungen"),
        ("dentista", "dentisti"),
        ("Mühle", "Muehlen"),
        ("łódź", "lodz"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert [stem(word) for word in words(one)] == [stem(word) for word in words(other)]


def test_a_model_is_read_as_it_was_written() -> None:
    figures = Figures(6, 0.5, 4, 0.1, 0.04)
    weights = {"roof": {"43": 4.5, "16": 1.25}, "real estat": {"68": 4.0}}
    text = to_text(["a notice"], {"16": -4.0, "43": -3.0, "68": -4.5}, weights, figures)
    model = from_text(text)
    assert isinstance(model, IndustryModel)
    found = model.probabilities(model.read([("Roofs and real estate", 1.0)]).said)
    assert found["68"] + found["43"] > found["16"]
    assert sum(found.values()) < 1


def test_the_model_is_small() -> None:
    assert FILE.stat().st_size < 1_000_000


def test_the_model_is_what_its_texts_give(data: Path) -> None:
    assert trained(data) == FILE.read_text("utf-8")


def test_guesses_are_as_good_as_stated(data: Path) -> None:
    sites, invented, names, lines = measure(data)
    assert sites.among_three >= 0.85
    assert invented.first >= 0.75
    assert invented.among_three >= 0.88
    assert invented.answered_right >= 0.88 * invented.answered
    assert names.ece < 0.08
    assert lines.ece < 0.13
