"""A name in another script meets its Latin spelling by sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.engine import cluster
from dedupe.record import MatchRecord
from dedupe.sounds import is_of_another_script, latin_spellings, sound_of
from leads.lexicon.names.company_names import parse_name


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("ООО «Виндекс»", "Vindex LLC"),
        ("ПАТ «Київмагара»", "Kyivmagara PrJSC"),
        ("Мофарма АД", "Mopharma AD"),
        ("Τυρναίος Α.Ε.", "Tyrneos S.A."),
        ("モガラ自動車株式会社", "Mogara Jidosha Kabushiki Kaisha"),
        ("モガラ電機株式会社", "Mogara Electric"),
        ("카모라 은행", "Kamora Bank"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_name_meets_its_latin_spelling(native: str, latin: str, turned: bool) -> None:
    names = (latin, native) if turned else (native, latin)
    rows = [MatchRecord(at, name, country="BG", city="Sofia") for at, name in enumerate(names)]
    assert len(cluster(rows).clusters) == 1


def test_a_word_that_sounds_like_several_stays() -> None:
    assert latin_spellings(["vindeks"], ["vindex", "windex"]) == {}
    assert latin_spellings(["vindeks"], ["vindex", "mogara"]) == {"vindeks": "vindex"}


def test_latin_names_are_not_matched_by_sound() -> None:
    rows = [MatchRecord(1, "Fotex", country="HU"), MatchRecord(2, "Photeks", country="HU")]
    assert len(cluster(rows).clusters) == 2


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("三菱商事株式会社", "mitsubishi shoji"),
        ("北京样品科技有限公司", "beijing yangpin keji"),
        ("삼성전자 주식회사", "samsung electronics"),
    ],
)
def test_words_of_east_asian_names_are_read(text: str, core: str) -> None:
    assert parse_name(text).core == core


@pytest.mark.parametrize(
    ("text", "core"),
    [
        # Chinese, by its place, its short characters, or for want of any mark.
        ("上海石油化工", "shanghai shiyou huagong"),
        ("深圳通信科技集团", "shenzhen tongxin keji jituan"),
        ("香港印刷", "xianggang yinshua"),
        ("臺灣保險", "taiwan baoxian"),
        ("九州通实业", "jiuzhoutong shiye"),
        ("三菱汽车(中国)有限公司", "mitsubishi qiche"),
        # Japanese, by its kana, its form, its own characters, or a name of Japan.
        ("モガラ石油", "mogara sekiyu"),
        ("株式会社モガラ銀行", "mogara ginko"),
        ("有限会社中国印刷", "chugoku insatsu"),
        ("東洋化学(株)", "toyo kagaku"),
        ("富士電気", "fuji denki"),
        ("大阪通信", "osaka tsushin"),
        ("新日本化学株式会社", "shin nippon kagaku"),
        # Korean
        ("카모라홀딩스", "kamola holdings"),
    ],
)
def test_characters_are_read_in_their_own_language(text: str, core: str) -> None:
    assert parse_name(text).core == core


@pytest.mark.parametrize(
    ("text", "other"),
    [("Mogara", False), ("Möller & Søn", False), ("Могара", True), ("三菱", True)],
)
def test_scripts_are_told_apart(text: str, other: bool) -> None:
    assert is_of_another_script(text) is other


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12))
def test_a_sound_is_never_longer_than_twice_its_word(word: str) -> None:
    assert len(sound_of(word)) <= 2 * len(word)
