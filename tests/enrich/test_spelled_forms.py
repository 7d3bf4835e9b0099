"""Legal forms that are written out, or stand beside the name in a line of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.extract import try_extract
from enrich.spelled_forms import spelled_names
from enrich.tables import words
from leads.lexicon.names.legal_forms import groups_of
from tests.made_pages import document, page


def said(html: str, top: str, kind: str = "imprint") -> tuple[object, object]:
    url = f"https://www.eschenried.{top}/legal"
    facts = {one.attribute: one.value for one in try_extract(page(html, url, kind)).facts}
    return facts.get("legal_name"), facts.get("legal_form")


@pytest.mark.parametrize(
    ("html", "top", "form"),
    [
        ("Édité par Eschenried, Société par Actions Simplifiée au capital de", "fr", "sas"),
        ("La société Eschenried est une société à responsabilité limitée", "fr", "sarl"),
        ("ESCHENRIED, SOCIETE ANONYME", "fr", "sa"),
        ("ESCHENRIED<br>SAS au capital de 20 000 €", "fr", "sas"),
        ("ESCHENRIED<br>Société anonyme au capital de 20 000 €", "fr", "sa"),
        ("La société par actions simplifiée « Eschenried »", "fr", "sas"),
        ("<dl><dt>Raison sociale<dd>Eschenried<dt>Forme juridique<dd>SAS</dl>", "fr", "sas"),
        ("Die Eschenried ist eine Gesellschaft mit beschränkter Haftung", "de", "gmbh"),
        ("Eschenried in der Rechtsform einer Aktiengesellschaft", "de", "ag"),
        ("Firma: Eschenried<br>Rechtsform: Gesellschaft mit beschränkter Haftung", "at", "gmbh"),
        ("Firma: Eschenried<br>Rechtsform: GmbH", "at", "gmbh"),
        ("Eschenried, Sociedad Limitada, con domicilio en Bilbao", "es", "sl"),
        ("Denominación social: Eschenried<br>Forma jurídica: Sociedad Anónima", "es", "sa"),
        ("Eschenried, società a responsabilità limitata con sede in Pescara", "it", "srl"),
        ("ESCHENRIED, SOCIETA' PER AZIONI", "it", "spa"),
        ("Ragione sociale: Eschenried<br>Forma giuridica: Società per azioni", "it", "spa"),
        ("Eschenried, Sociedade por Quotas, matriculada", "pt", "lda"),
        ("Eschenried is een besloten vennootschap met zetel te Utrecht", "nl", "bv"),
        ("Naamloze vennootschap Eschenried, gevestigd te Gent", "be", "nv"),
        ("Nazwa firmy: Eschenried<br>Forma prawna: spółka akcyjna", "pl", "sa"),
        ("Eschenried, spółka z ograniczoną odpowiedzialnością", "pl", "sp z oo"),
        ("Eschenried is a private limited company registered in England", "co.uk", "ltd"),
        ("Eschenried, společnost s ručením omezeným", "cz", "sro"),
        ("Общество с ограниченной ответственностью «Eschenried»", "ru", "ooo"),
    ],
)
def test_a_form_beside_the_name_is_its_legal_form(html: str, top: str, form: str) -> None:
    name, found = said(f"<p>{html}</p>", top)
    assert str(name).casefold() == "eschenried"
    assert found == form


@pytest.mark.parametrize(
    ("name", "top", "form"),
    [
        ("Eschenried Gesellschaft mit beschränkter Haftung", "de", "gmbh"),
        ("Eschenried Aktiengesellschaft", "ch", "ag"),
        ("Eschenried Sociedad Anónima", "es", "sa"),
        ("Eschenried Sociedade Unipessoal Limitada", "pt", "lda"),
        ("Eschenried spółka z ograniczoną odpowiedzialnością", "pl", "sp z oo"),
        ("Eschenried Private Limited Company", "co.uk", "ltd"),
        ("Eschenried Public Limited Company", "co.uk", "plc"),
        ("Eschenried Anpartsselskab", "dk", "aps"),
        ("Eschenried Aktiebolag", "se", "ab"),
        ("Eschenried Korlátolt Felelősségű Társaság", "hu", "kft"),
    ],
)
def test_a_form_right_behind_the_name_belongs_to_it(name: str, top: str, form: str) -> None:
    assert said(f"<p>{name}<br>Beispielweg 5</p>", top) == (name, form)


@pytest.mark.parametrize(
    "html",
    [
        "Wir sind eine Aktiengesellschaft mit Sitz in Berlin",
        "Unsere Rechtsform: Aktiengesellschaft<br>Sitz: Berlin",
        "We are a limited company registered in England",
        "Mentions légales<br>Société par actions simplifiée au capital de 20 000 €",
        "Éditeur du site<br>Société anonyme",
        "Aktiengesellschaft Sitz Berlin",
        "Hosting: Fremdhafen, société par actions simplifiée",
        "Hébergeur : Fremdhafen, société anonyme",
        "Forme juridique : SAS",
        "Rechtsform: unbekannt",
    ],
)
def test_a_form_without_a_name_of_the_owner_gives_no_legal_name(html: str) -> None:
    assert said(f"<p>{html}</p>", "com") == (None, None)


def test_the_owner_comes_before_its_host() -> None:
    html = (
        "<p>Eschenried, société par actions simplifiée</p>"
        "<p>Hébergeur : Fremdhafen SAS, société anonyme</p>"
    )
    assert said(html, "fr") == ("Eschenried", "sas")


def test_every_form_of_the_table_is_one_of_the_lexicon_and_found() -> None:
    for form, spellings in words("names")["spelled_forms"].items():
        assert groups_of(form), form
        assert spellings, form


FORMS = ["société anonyme", "Rechtsform:", "ist eine", "Aktiengesellschaft", "SAS au capital"]
PARTS = [*FORMS, "Acme", ",", "\n", " ", "«", "firma:"]


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_any_order_of_words_is_read(parts: list[str]) -> None:
    text = " ".join(parts).replace("\n", "<br>")
    for one in spelled_names(document(text, kind="imprint")):
        assert one.name.core
        assert 0 <= one.start < one.end
