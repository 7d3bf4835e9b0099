"""Addresses as they are written in many countries and layouts: street | postcode | city | country."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.postal import addresses
from tests.made_pages import found, values

CASES = [
    # United States: abbreviated states, marks, capitals, towns that begin with a street word
    ("18 Sample Ct. | Fernley, CA | 94538", None, "18 Sample Ct|94538|Fernley|US"),
    ("18 Sample Ct. Fernley, Calif. 94538", None, "18 Sample Ct.|94538|Fernley|US"),
    ("18 Sample Blvd., Fernley Hills, N.Y. 11375", None, "18 Sample Blvd.|11375|Fernley Hills|US"),
    ("18 SAMPLE CT, FERNLEY, NEVADA 89501", None, "18 SAMPLE CT|89501|FERNLEY|US"),
    ("18 Sample Ct, Fernley, Nv 89501", None, "18 Sample Ct|89501|Fernley|US"),
    ("18 Sample Ct\nFernley - NV - 89501", None, "18 Sample Ct|89501|Fernley|US"),
    ("18 Sample Ct • Fernley • NV • 89501", None, "18 Sample Ct|89501|Fernley|US"),
    ("18 Sample Ct\nFernley (NV) 89501", None, "18 Sample Ct|89501|Fernley|US"),
    ("18 Sample Ct, Fernley, NV, USA 89501", None, "18 Sample Ct|89501|Fernley|US"),
    ("18 Sample Ct, Ste 200, St. Orwell, MN 55101-1234", None,
     "18 Sample Ct, Ste 200|55101-1234|St. Orwell|US"),
    ("18 Sample Ave St. Orwell, MN 55101", None, "18 Sample Ave|55101|St. Orwell|US"),
    ("12 Dock Dr\nPort St. Orwell,FL 34952", None, "12 Dock Dr|34952|Port St. Orwell|US"),
    ("12 Dock Dr\nCoeur d'Orme, ID 83814", None, "12 Dock Dr|83814|Coeur d'Orme|US"),
    ("12 Dock\nFernley NV, 89501", None, "12 Dock|89501|Fernley|US"),
    ("90 Sample School Road Extension Fernley , MA 02601", None,
     "90 Sample School Road Extension|02601|Fernley|US"),
    ("12 Dock Dr\nSan Modelo, Puerto Rico 00901", None, "12 Dock Dr|00901|San Modelo|US"),
    ("Address: 12 Dock Street\nCity: Fernley\nState: NV\nZip: 89501", None,
     "12 Dock Street|89501|Fernley|US"),
    # Canada, Australia
    ("1200, boul. de l'Exemple, bureau 300\nValmont (Québec)  G1V 1A1", None,
     "1200, boul. de l'Exemple, bureau 300|G1V 1A1|Valmont|CA"),
    ("77 Alder Street, Kingsmere, Ont. K1A 0A1", None, "77 Alder Street|K1A 0A1|Kingsmere|CA"),
    ("12 Gum Road, Kingsmere VIC 3000", None, "12 Gum Road|3000|Kingsmere|AU"),
    # Britain: no commas, dashes, small letters, counties in capitals, a town near by
    ("12 Sample Street Leedham LS1 1AA", "GB", "12 Sample Street|LS1 1AA|Leedham|GB"),
    ("12 Sample Street - Leedham - LS1 1AA", "GB", "12 Sample Street|LS1 1AA|Leedham|GB"),
    ("12 Sample Street, Leedham, ls1 1aa", "GB", "12 Sample Street|LS1 1AA|Leedham|GB"),
    ("12 SAMPLE STREET, KING'S ORME, NORFOLK, PE30 1AA", None,
     "12 SAMPLE STREET|PE30 1AA|KING'S ORME|GB"),
    ("The Barn, Sample Lane, Nr. Orme, North Yorkshire, YO8 1AA", None,
     "Sample Lane|YO8 1AA|Orme|GB"),
    # Before the city
    ("Beispielstraße 12 | 60311 Musterfurt a.M.", "DE", "Beispielstraße 12|60311|Musterfurt a.M.|DE"),
    ("Straße: Beispielweg 5\nPLZ: 68161\nOrt: Musterheim", "DE", "Beispielweg 5|68161|Musterheim|DE"),
    ("Straße\tBeispielweg 5\nPLZ / Ort\t68161 Musterheim", "DE", "Beispielweg 5|68161|Musterheim|DE"),
    ("Rue du Modèle 5 / B-1000 Bruxelles", None, "Rue du Modèle 5|1000|Bruxelles|BE"),
    ("Tour Exemple, 1 place du Modèle, CS 12345, 92066 Valmont Cedex", "FR",
     "1 place du Modèle|92066|Valmont|FR"),
    ("3 avenue du Modèle – BP 50001\n69603 Valmont Cedex 9", "FR",
     "3 avenue du Modèle|69603|Valmont|FR"),
    ("Lieu-dit Le Modèle\n29000 Valmont", "FR", "Lieu-dit Le Modèle|29000|Valmont|FR"),
    ("3 rue du Modèle, Valmont-les-Roses (94240)", "FR",
     "3 rue du Modèle|94240|Valmont-les-Roses|FR"),
    ("Via Esempio 5, 20121 Milano MI, Italia", None, "Via Esempio 5|20121|Milano|IT"),
    ("V.le Esempio 5/A 40121 ESEMPIOLA", "IT", "V.le Esempio 5/A|40121|ESEMPIOLA|IT"),
    ("Via Esempio n. 5, Reggio nell'Emilia (RE) 42121", "IT",
     "Via Esempio n. 5|42121|Reggio nell'Emilia|IT"),
    ("C/ Ejemplo, 5, 2º B, 28013 Modelo", "ES", "C/ Ejemplo, 5, 2º B|28013|Modelo|ES"),
    ("C/Ejemplo 5 - 41001 - Modelo", "ES", "C/Ejemplo 5|41001|Modelo|ES"),
    ("Avda. del Ejemplo s/n, 15706 Modelo", "ES", "Avda. del Ejemplo s/n|15706|Modelo|ES"),
    ("Carrer de l'Exemple, 5\n08174 Sant Model del Vallès", "ES",
     "Carrer de l'Exemple, 5|08174|Sant Model del Vallès|ES"),
    ("ul. Przykładowa 5, 90-001 Łódź", None, "ul. Przykładowa 5|90-001|Łódź|PL"),
    ("Příkladná 123/5\n370 01 České Vzory", "CZ", "Příkladná 123/5|370 01|České Vzory|CZ"),
    ("Örnek Cad. No: 5, 34394 Şişli", "TR", "Örnek Cad. No: 5|34394|Şişli|TR"),
    ("No. 12, Jalan Contoh, 50450 Kuala Lumpur, Malaysia", None,
     "No. 12, Jalan Contoh|50450|Kuala Lumpur|MY"),
    # Behind the city, in the style that companies use in English
    ("5 Sample Street, Tel Aviv 6688101, Israel", None, "5 Sample Street|6688101|Tel Aviv|IL"),
    ("12 Sample Road, Kingsmere 2196, South Africa", None, "12 Sample Road|2196|Kingsmere|ZA"),
    ("12 Sample Road\nKingsmere\n2196\nSouth Africa", None, "12 Sample Road|2196|Kingsmere|ZA"),
    ("12 Sample Street\nWellington 6011", "NZ", "12 Sample Street|6011|Wellington|NZ"),
    ("12 Sample Avenue\nSingapore 238801", None, "12 Sample Avenue|238801|Singapore|SG"),
    ("12 Sample Road, Andheri East, Mumbai - 400069, Maharashtra, India", None,
     "12 Sample Road|400069|Mumbai|IN"),
    ("Str. Exemplului nr. 5, București, 010101, România", None,
     "Str. Exemplului nr. 5|010101|București|RO"),
    # Without a postcode
    ("5 HaDugma St., Tel Aviv, Israel", None, "5 HaDugma St||Tel Aviv|IL"),
    ("P.O. Box 12345, Dubai, United Arab Emirates", None, "P.O. Box 12345||Dubai|AE"),
    ("12/F Sample Centre, 88 Sample Road, Wan Chai, Hong Kong", None,
     "88 Sample Road||Wan Chai|HK"),
    ("5 Example Quay, Dunmore, Co. Kildare, Ireland", None, "5 Example Quay||Dunmore|IE"),
    ("Carrera 5 # 12-34, Bogotá, Colombia", None, "Carrera 5 # 12-34||Bogotá|CO"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hint", "parts"), CASES)
def test_an_address_of_a_country(text: str, hint: str | None, parts: str) -> None:
    one = addresses(text, hint)[0]
    street, postcode, city, country = parts.split("|")
    assert (one.street or "").rstrip(".").endswith(street.rstrip("."))
    assert (one.postcode, one.city, one.country) == (postcode, city, country)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Fits the Acme Filter Model, CA-94538", None),
        ("We delivered Pumps In 12345 days", "US"),
        ("Over 12345 - Pumps of all kinds", "DE"),
        ("City\nState\nZip\nCountry", None),
        ("City: any\nZip:\nSearch", "US"),
        ("Ort: Musterheim\nDatum: 10115", "DE"),
        ("see part w1 1aa, in stock", "GB"),
        ("Germany, Austria, Switzerland", None),
        ("5 stars, Modelo, Spain", None),
        ("Distributors in 12 countries\nFrance\nItaly", None),
        ("Call 12345, Milano Pumps 20121", "IT"),
        ("Beispielweg 5\n12345\nKontakt", "DE"),
        ("Ref. 12345 CS, Modelo 28013", "ES"),
        ("12 Sample Road, Kingsmere 2196, U.S.", "ZA"),
        ("Musterweg 5, Musterheim, Handelsregister HRB 39999", "DE"),
        ("Musterweg 5 in Musterheim, Register-Nr. VR 26885", "DE"),
    ],
)
def test_what_only_looks_like_such_an_address_is_none(text: str, hint: str | None) -> None:
    assert addresses(text, hint) == []


def test_a_number_of_a_register_is_no_postcode_of_the_address_before() -> None:
    (one,) = addresses("Acme\nMusterweg 5\n28211 Musterheim\nGericht Musterheim, HRB 39999", "DE")
    assert (one.postcode, one.city) == ("28211", "Musterheim")
    (one,) = addresses("Acme, 4 Sample Road, Kingsmere, GA 30084", "DE")
    assert (one.postcode, one.city, one.country) == ("30084", "Kingsmere", "US")


def test_a_box_and_a_floor_keep_their_street() -> None:
    (one,) = addresses("42 Sample Road,\nBuilding A, A1 Wing\n2nd floor\n10115 Musterheim", "DE")
    assert one.street == "42 Sample Road, Building A, A1 Wing, 2nd floor"


@pytest.mark.parametrize(
    ("metas", "city"),
    [
        ({"geo.placename": "Musterheim, Germany"}, ["Musterheim"]),
        ({"geo.placename": "10115 Musterheim", "geo.region": "DE-BE"}, ["Musterheim"]),
        ({"og:locality": "Valmont", "og:street-address": "5 rue du Modèle"}, ["Valmont"]),
        ({"business:contact_data:locality": "Fernley"}, ["Fernley"]),
        ({"geo.placename": "Germany"}, []),
        ({"geo.placename": "52.5;13.4"}, []),
        ({"og:locale": "de_DE"}, []),
    ],
)
def test_the_place_of_meta_tags(metas: dict[str, str], city: list[str]) -> None:
    html = "".join(f"<meta name='{name}' content='{one}'>" for name, one in metas.items())
    assert values(found(f"{html}<p>Pumps", "city")) == city


def test_the_country_and_region_of_meta_tags() -> None:
    html = "<meta name=geo.region content=CA-ON><meta name=geo.placename content=Kingsmere><p>x"
    assert values(found(html, "country")) == ["CA"]
    assert values(found(html, "region")) == ["Ontario"]


@settings(max_examples=30)
@given(
    st.text(alphabet="1234 ABab,.\n-|•:()CityOrtZipNV", max_size=150),
    st.sampled_from(["IT", "SG", "GB", "US", None]),
)
def test_any_text_is_read(text: str, hint: str | None) -> None:
    for one in addresses(text, hint):
        assert 0 <= one.start <= one.end <= len(text)


@pytest.mark.parametrize(
    ("text", "hint", "parts"),
    [
        ("Visit us at 5 Sample Road in Fernley, NV 89408.", None, ("5 Sample Road", "Fernley")),
        ("We are at 12 Sample Street in Leedham, LS1 1AA", None, ("12 Sample Street", "Leedham")),
        ("Sie finden uns in der Beispielallee 5 in 10115 Ulm", "DE", ("Beispielallee 5", "Ulm")),
        ("Besuchen Sie uns im Gewerbepark 12, 93059 Muster", "DE", ("Gewerbepark 12", "Muster")),
        ("Musterplatz 1, c/o Beispiel, 10115 Berlin", "DE", ("Musterplatz 1", "Berlin")),
        ("10 Sample Way\nPO Box 55\nFernley, NV 89408", None, ("10 Sample Way", "Fernley")),
    ],
)  # fmt: skip
def test_a_street_in_a_sentence(text: str, hint: str | None, parts: tuple[str, str]) -> None:
    (one,) = addresses(text, hint)
    assert (one.street, one.city) == parts
