"""Text is UTF-8, UTF-16, or what the user says it is; a guess that garbles names is never made."""

from pathlib import Path

import pytest

from intake.raw_list import open_list
from leads.errors import UsageError
from leads.sheets.encodings import garbled
from leads.sheets.rows import BadRow, Table

ROWS = "name,city\nMüller & Söhne GmbH,Köln\nŽivnost s.r.o.,Plzeň\n"


def opened(folder: Path, content: bytes, encoding: str | None = None) -> Table:
    path = folder / "list.csv"
    path.write_bytes(content)
    return open_list(str(path), encoding=encoding)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ROWS.encode(), "utf-8"),
        (ROWS.encode("utf-8-sig"), "utf-8-sig"),
        (ROWS.encode("utf-16"), "utf-16"),
        (ROWS.encode("utf-16-le"), "utf-16-le"),
        (ROWS.encode("utf-16-be"), "utf-16-be"),
        (ROWS.encode("utf-32"), "utf-32"),
    ],
)
def test_unicode_is_recognised(tmp_path: Path, content: bytes, encoding: str) -> None:
    source = opened(tmp_path, content)
    assert (source.encoding, source.header) == (encoding, ("name", "city"))
    assert [item.cells for item in source] == [
        ("Müller & Söhne GmbH", "Köln"),
        ("Živnost s.r.o.", "Plzeň"),
    ]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Müller & Söhne GmbH,Köln", "cp1252"),
        ("Żabka Łódź Sp. z o.o.,Świdnica", "cp1250"),
        ("Şişecam Gıda Işık A.Ş.,İstanbul", "cp1254"),
        ("ООО Ромашка,Москва", "cp1251"),
        ("Müller & Söhne GmbH,Köln", "mac_roman"),
        ("株式会社日立製作所,東京", "shift_jis"),
    ],
)
def test_any_other_encoding_is_asked_for_with_the_rows_that_depend_on_it(
    tmp_path: Path, text: str, codec: str
) -> None:
    with pytest.raises(UsageError) as caught:
        opened(tmp_path, f"name,city\nAcme,Rome\n{text}\n".encode(codec))
    assert "line 3 as " in caught.value.message
    # The right reading is among those shown, and its codec among those offered.
    assert text[:8] in caught.value.message
    assert f"--encoding {codec}" in caught.value.hint
    assert "--encoding cp1252" in caught.value.hint
    assert opened(tmp_path, f"name,city\n{text}\n".encode(codec), codec).encoding


def test_at_most_five_lines_are_shown_and_equal_readings_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        opened(
            tmp_path, b"name\n" + "Müller\nCafé\nČapek\nSöhne\nÄrzte\nÖl\nÜber\n".encode("cp1250")
        )
    lines = caught.value.message.splitlines()[1:]
    assert len({line.split(" as ")[0] for line in lines}) == 5
    assert "  line 2 as cp1252 or cp1250: Müller" in lines
    assert "  line 4 as cp1252: Èapek" in lines
    assert "  line 4 as cp1250: Čapek" in lines


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("latin-99", "is not a known encoding"),
        ("base64", "is not an encoding of text"),
        ("idna", "is not an encoding of text"),
    ],
)
def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Path, told: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        opened(tmp_path, ROWS.encode(), told)
    assert said in caught.value.message
    assert "cp1252" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "told", "reason"),
    [
        (b"name,city\nM\xfcller,Rome\nAcme,Rome\n", "utf-8", "bytes that are not utf-8 in 'name'"),
        (b"name,city\nA\x81,Rome\nAcme,Rome\n", "cp1252", "bytes that are not cp1252 in 'name'"),
        (
            b"name,city\n\xff\xff,Rome\nAcme,Rome\n",
            "shift_jis",
            "bytes that are not shift_jis in 'name'",
        ),
    ],
)
def test_bytes_that_the_told_encoding_cannot_read_cost_their_row(
    tmp_path: Path, content: bytes, told: str, reason: str
) -> None:
    bad, good = opened(tmp_path, content, told)
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.reason) == (2, reason)
    assert good.cells == ("Acme", "Rome")


def test_a_download_that_ends_inside_a_character_is_told_from_another_encoding(
    tmp_path: Path,
) -> None:
    cut = "name,city\nAcme,Rome\nBeta,Köln".encode()[:-3]
    with pytest.raises(UsageError, match="ends in the middle of a character") as caught:
        opened(tmp_path, cut)
    assert "line 3" in caught.value.message
    assert [
        item.row for item in opened(tmp_path, cut, "utf-8") if not isinstance(item, BadRow)
    ] == [1]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("MÃ¼ller", "Müller"),
        ("CafÃ© de la Gare", "Café de la Gare"),
        ("GroÃŸe Ã–fen", "Große Öfen"),
        ("Itâ€™s", "It’s"),
        ("SÃO PAULO", None),
        ("São João", None),
        ("Åsa Ñandú Ðorđe", None),
        ("Müller", None),
        ("Acme", None),
    ],
)
def test_text_garbled_before_it_came_here_is_found(text: str, meant: str | None) -> None:
    assert garbled(text) == meant


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1255", "שם החברה,עיר\nגלגלי שיניים בע״מ,חיפה\n".replace("״", '"')),
        ("cp1256", "اسم الشركة,المدينة\nشركة النور للصناعات,القاهرة\n"),
        ("cp874", "ชื่อบริษัท,เมือง\nบริษัท เฟืองทอง จำกัด,กรุงเทพ\n"),
        ("euc_jp", "会社名,住所\n株式会社ブルンフーバー,東京都港区\n"),
        ("shift_jis", "会社名,住所\n株式会社ブルンフーバー,東京都港区\n"),
        ("euc_kr", "회사명,도시\n브룬후버 기어 주식회사,서울\n"),
        ("big5", "公司名稱,城市\n台北齒輪股份有限公司,台北\n"),
        ("gb18030", "公司名称,城市\n上海齿轮有限公司,上海\n"),
        ("iso8859-5", "Компания,Город\nООО Ромашка,Москва\n"),
        ("cp866", "Компания,Город\nООО Ромашка,Москва\n"),
        ("cp852", "Název,Město\nPřerovské strojírny,Žďár nad Sázavou\n"),
        ("cp737", "Επωνυμία,Πόλη\nΓρανάζια ΑΕ,Αθήνα\n"),
        ("cp1254", "Firma Adı,Şehir\nDişli Çark Sanayi,İstanbul\n"),
        ("cp1253", "Επωνυμία,Πόλη\nΟρριν Βιομηχανία ΑΕ,Πάτρα\n"),
        ("cp1257", "Pavadinimas,Miestas\nUAB Žalia Įmonė,Šiauliai\n"),
        ("iso8859-2", "Nazwa,Miasto\nSpółka Łąka,Łódź\nŻółw Gęś,Kraków\n"),
        ("koi8-r", "Компания,Город\nЗавод Пелл,Казань\n"),
        ("cp850", "Firma,Ort\nBäckerei Groß,Gießen\n"),
        ("mac_roman", "Société,Ville\nMaçonnerie Hervé,Besançon\n"),
    ],
)
def test_encodings_of_further_scripts_are_offered(tmp_path: Path, codec: str, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        opened(tmp_path, text.encode(codec))
    assert caught.value.hint
    assert f"--encoding {codec}" in caught.value.hint
    assert caught.value.message.count("\n") <= 16
