"""Other names behind a name are aliases, and forms written out are the same forms."""

import pytest

from leads.lexicon.names.company_names import parse_name


@pytest.mark.parametrize(
    "between",
    [
        "formerly",
        "fka",
        "ehemals",
        "vormals",
        "anciennement",
        "t/a",
        "dba",
        "trading as",
        "handelend onder",
        "handelend onder de naam",
        "h.o.d.n.",
        "dawniej",
        "tidligere",
        "nome fantasia",
        "già",
        "früher",
        "ex",
    ],
)
@pytest.mark.parametrize("bracket", [False, True])
def test_another_name_behind_the_name_is_an_alias(between: str, bracket: bool) -> None:
    text = f"Tarnholm BV ({between} Mogara)" if bracket else f"Tarnholm BV {between} Mogara"
    found = parse_name(text)
    assert (found.core, found.others) == ("tarnholm", ("Mogara",))


@pytest.mark.parametrize(
    "text", ["Già Tarnholm", "Now Tarnholm Ltd", "Ex Libris", "Tarnholm Ex Mogara"]
)
def test_words_that_are_no_mark_of_another_name_stay(text: str) -> None:
    assert parse_name(text).others == ()


@pytest.mark.parametrize(
    ("written_out", "form"),
    [
        ("Naamlooze Vennootschap", "nv"),
        ("Besloten Vennootschap met beperkte aansprakelijkheid", "bv"),
        ("Gesellschaft mit beschränkter Haftung", "gmbh"),
        ("Actiengesellschaft", "ag"),
        ("Société à responsabilité limitée", "sarl"),
        ("Société par actions simplifiée unipersonnelle", "sas"),
        ("Société en commandite simple", "scs"),
        ("Società a responsabilità limitata", "srl"),
        ("Società in accomandita semplice", "sas it"),
        ("Sociedad Anónima Unipersonal", "sa"),
        ("Sociedade por quotas", "lda"),
        ("Aktieselskabet", "as"),
        ("Publikt Aktiebolag", "ab"),
        ("Osakeyhtiö", "oy"),
        ("Akcinė bendrovė", "ab lt"),
        ("Spółka z ograniczoną odpowiedzialnością", "sp z oo"),
        ("Společnost s ručením omezeným", "sro"),
        ("Korlátolt felelősségű társaság", "kft"),
        ("Društvo sa ograničenom odgovornošću", "doo"),
        ("Акционерно дружество", "ad"),
        ("Публічне акціонерне товариство", "prat"),
        ("Εταιρεία Περιορισμένης Ευθύνης", "epe"),
        ("Limited Şirketi", "ltd sti"),
        ("Kabushiki Kaisha", "kk"),
        ("Perusahaan Perseroan", "pt"),
    ],
)
def test_forms_written_out_are_the_same_forms(written_out: str, form: str) -> None:
    found = parse_name(f"Tarnholm {written_out}")
    assert (found.core, found.forms) == ("tarnholm", (form,))


@pytest.mark.parametrize(
    ("text", "core", "others"),
    [
        ("Buy Co Now Ltd", "buy co now", ()),
        ("Crew Co. Ex Machina", "crew co ex machina", ()),
        ("Skincare Company Nu Look", "skincare company nu look", ()),
        ("Farm Cos Previously Loved Tractors Ltd", "farm cos previously loved tractors", ()),
        ("Mogara AG Now", "mogara ag now", ()),
        ("Mogara Ltd now Betona", "mogara", ("Betona",)),
        ("Mogara GmbH, ex Betona AG", "mogara", ("Betona AG",)),
        ("Mogara AB nu Betona AB", "mogara", ("Betona AB",)),
    ],
)
def test_only_a_form_that_is_no_word_ends_the_first_of_two_names(
    text: str, core: str, others: tuple[str, ...]
) -> None:
    found = parse_name(text)
    assert (found.core, found.others) == (core, others)


@pytest.mark.parametrize("text", ["Alder Ltd trading as .", "Alder trading as", "Alder AG t/a -"])
def test_a_second_name_that_is_missing_is_none(text: str) -> None:
    parsed = parse_name(text)
    assert parsed.others == ()
    assert parsed.core.startswith("alder")
