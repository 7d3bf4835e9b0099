"""Addresses of countries that write the postcode in another place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.postal import addresses

CASES = [
    # Canada: before and behind the province, over lines, French
    ("204-77 Alder St\nKingsmere,\nV5K 0A1, BC.\nCanada", None,
     ("204-77 Alder St", "V5K 0A1", "Kingsmere", "British Columbia", "CA")),
    ("77 Alder Ave, Suite 4\nKingsmere, M5V 2T6\nOntario", None,
     ("77 Alder Ave, Suite 4", "M5V 2T6", "Kingsmere", "Ontario", "CA")),
    ("12 rue des Érables, Valmont (Québec) H2X 1Y4", None,
     ("12 rue des Érables", "H2X 1Y4", "Valmont", "Quebec", "CA")),
    ("77 Alder Street, Kingsmere, Alberta, Canada, T2P 1J9", None,
     ("77 Alder Street", "T2P 1J9", "Kingsmere", "Alberta", "CA")),
    ("77 Alder Street\nKingsmere, NS\nB3H 4R2", None,
     ("77 Alder Street", "B3H 4R2", "Kingsmere", "Nova Scotia", "CA")),
    # Australia: state by name, behind the postcode, country between
    ("Level 3, 45 Gum Road, Melbourne, Victoria, 3000, Australia", None,
     ("Level 3, 45 Gum Road", "3000", "Melbourne", "Victoria", "AU")),
    ("45 Gum Road, Brisbane 4000 QLD", "AU",
     ("45 Gum Road", "4000", "Brisbane", "Queensland", "AU")),
    ("Suite 2/45 Gum Road, Hobart, TAS, Australia 7000", None,
     ("Suite 2/45 Gum Road", "7000", "Hobart", "Tasmania", "AU")),
    # Ireland
    ("5 Example Quay, Dublin 2, D02 X285, Ireland", None,
     ("5 Example Quay", "D02 X285", "Dublin 2", None, "IE")),
    ("12 Main Street, Naas, Co. Kildare, W91 AC12", None,
     ("12 Main Street", "W91 AC12", "Naas", "Kildare", "IE")),
    ("5 Example Quay\nCork\nT12W8KP", "IE", ("5 Example Quay", "T12 W8KP", "Cork", None, "IE")),
    # Brazil: postcode first, last, with its label
    ("Rua das Acácias, 120 - Centro\n01310-100 São Paulo - SP", None,
     ("Rua das Acácias, 120", "01310-100", "São Paulo", "São Paulo", "BR")),
    ("CEP 01310-100 - Rua das Acácias, 120 - Bela Vista - São Paulo/SP", None,
     ("Rua das Acácias, 120", "01310-100", "São Paulo", "São Paulo", "BR")),
    ("Av. das Flores, 1500 - Sala 12, Curitiba/PR - CEP: 80010-000, Brasil", None,
     ("Av. das Flores, 1500, Sala 12", "80010-000", "Curitiba", "Paraná", "BR")),
    ("Avenida das Flores, 1500\nCuritiba - PR\nCEP 80010-000", None,
     ("Avenida das Flores, 1500", "80010-000", "Curitiba", "Paraná", "BR")),
    # Japan
    ("〒150-0001 東京都渋谷区神宮前1-2-3", None,
     ("神宮前1-2-3", "150-0001", "渋谷区", "東京都", "JP")),
    ("〒５３０−０００１\n大阪府大阪市北区梅田1-2-3", None,
     ("梅田1-2-3", "530-0001", "大阪市北区", "大阪府", "JP")),
    ("1-2-3 Jingumae, Shibuya-ku, Tokyo 150-0001, Japan", None,
     ("1-2-3 Jingumae, Shibuya-ku", "150-0001", "Tokyo", None, "JP")),
    # Netherlands
    ("1015AB Amsterdam, Voorbeeldgracht 10", None,
     ("Voorbeeldgracht 10", "1015 AB", "Amsterdam", None, "NL")),
    ("Amsterdam, Voorbeeldgracht 10, 1015 AB", "NL",
     ("Voorbeeldgracht 10", "1015 AB", "Amsterdam", None, "NL")),
    ("Voorbeeldgracht 10, Amsterdam 1015AB, Nederland", None,
     ("Voorbeeldgracht 10", "1015 AB", "Amsterdam", None, "NL")),
    # Hungary
    ("1051 Budapest, Minta utca 5.", "HU", ("Minta utca 5", "1051", "Budapest", None, "HU")),
    ("Budapest, Minta u. 5., 1051", "HU", ("Minta u. 5", "1051", "Budapest", None, "HU")),
    ("Budapest\nMinta utca 5.\n1051\nHungary", None,
     ("Minta utca 5", "1051", "Budapest", None, "HU")),
    # Russia
    ("123456, г. Москва, ул. Примерная, д. 5, стр. 1", "RU",
     ("ул. Примерная, д. 5, стр. 1", "123456", "Москва", None, "RU")),
    ("191186, Санкт-Петербург, Примерный пр., д. 10", "RU",
     ("Примерный пр., д. 10", "191186", "Санкт-Петербург", None, "RU")),
    ("г. Москва, ул. Примерная, д. 5, Россия, 123456", None,
     ("ул. Примерная, д. 5", "123456", "Москва", None, "RU")),
    ("5 Primernaya Street, Moscow, 123456, Russia", None,
     ("5 Primernaya Street", "123456", "Moscow", None, "RU")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hint", "parts"), CASES)
def test_the_order_of_a_country(text: str, hint: str | None, parts: tuple[object, ...]) -> None:
    (one,) = addresses(text, hint)
    assert (one.street, one.postcode, one.city, one.region, one.country) == parts


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Model V7P 1B3, Black Edition", None),
        ("Call 555-0142, Tokyo office", "US"),
        ("Since 1998, Budapest, Great Team, 2010", "HU"),
        ("Order 12345-678 today, Great Prices", "BR"),
        ("Founded in Melbourne, 2010", "AU"),
        ("Part 123456, Moscow Mule", "US"),
        ("Serie 1015 AB, Modell Eins", "DE"),
    ],
)
def test_what_only_looks_like_such_a_postcode_is_none(text: str, hint: str | None) -> None:
    assert [one for one in addresses(text, hint) if one.street or one.region] == []


@given(
    st.text(alphabet="123456 -〒東京都渋谷区県市г.улМосква,\nABVRpkSP/()", max_size=120),
    st.sampled_from(["BR", "CA", "HU", "IE", "JP", "RU", "AU", "NL", None]),
)
def test_any_text_is_read(text: str, hint: str | None) -> None:
    for one in addresses(text, hint):
        assert 0 <= one.start < one.end <= len(text)
