"""Channel policies: what the product's own says, checks of a file, and what opens a channel."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.errors import UsageError
from leads.lexicon.names.legal_form_table import tables
from outreach import policy_file
from outreach.policy import CHANNELS, Kind, Recipient, Says, kind_of, ruling
from outreach.policy_checks import remarks
from outreach.policy_text import standard, standard_text, stored
from outreach.reach import Reach, point_ruling, unreachable
from outreach.reach_facts import reach_of

TODAY = date(2026, 11, 29)
HEAD = "policy: ours\nversion: 1\n"
RULE = "{{countries: [{0}], channel: {1}, says: {2}, code: c, why: w, source: s}}"


def ours(*rules: tuple[str, str, str], head: str = HEAD) -> str:
    lines = [f"  - {RULE.format(*one)}\n" for one in rules]
    return f"{head}rules:\n{''.join(lines)}"


@pytest.mark.parametrize(
    ("countries", "forms", "channel", "says", "code"),
    [
        (("DE",), ("gmbh",), "email", Says.DENY, "de-email-consent"),
        (("DE",), ("gmbh",), "phone", Says.REVIEW, "de-phone-presumed"),
        (("DE",), ("ek",), "phone", Says.REVIEW, "de-phone-trader"),
        (("GB",), ("ltd",), "email", Says.ALLOW, "gb-email-corporate"),
        (("GB",), ("llp",), "email", Says.ALLOW, "gb-email-corporate"),
        (("GB",), (), "email", Says.DENY, "gb-email-individual"),
        (("GB",), ("ltd", "vof"), "email", Says.DENY, "gb-email-individual"),
        (("AT",), ("gmbh",), "phone", Says.DENY, "at-phone-consent"),
        (("US",), (), "email", Says.ALLOW, "us-email-can-spam"),
        (("NO",), ("as",), "email", Says.ALLOW, "no-email-company"),
        (("HU",), ("kft",), "email", Says.REVIEW, "eu-email-company"),
        (("BR",), ("ltda",), "email", Says.REVIEW, "email-unchecked"),
        (("GB", "DE"), ("ltd",), "email", Says.DENY, "de-email-consent"),
        ((), ("ltd",), "email", Says.REVIEW, "eu-email-company"),
        ((), (), "email", Says.DENY, "eu-email-consent"),
        ((), (), "post", Says.REVIEW, "eu-post-person"),
    ],
)
def test_the_product_s_policy(
    countries: tuple[str, ...], forms: tuple[str, ...], channel: str, says: Says, code: str
) -> None:
    found = ruling(standard(), Recipient(countries, forms), channel)
    assert (found.says, found.code) == (says, code)
    assert f": {says} (" in found.reason


def test_the_product_s_policy_passes_its_own_check() -> None:
    file = policy_file.read(standard_text(), "standard")
    assert remarks(standard(), TODAY) == []
    assert len(file.rules) == len(standard().rules)
    assert standard().person_forms <= tables().forms.keys()
    assert len({one.code for one in standard().rules}) == len(standard().rules)


@given(
    st.lists(st.sampled_from(["DE", "GB", "US", "FR", "ZW"]), max_size=3),
    st.lists(st.sampled_from(["gmbh", "ltd", "ek", "gbr"]), max_size=2),
    st.sampled_from(CHANNELS),
)
def test_knowing_less_never_allows_more(
    countries: list[str], forms: list[str], channel: str
) -> None:
    order = list(Says)
    policy = standard()
    known = ruling(policy, Recipient(tuple(countries), tuple(forms)), channel)
    without_form = ruling(policy, Recipient(tuple(countries), ()), channel)
    assert order.index(without_form.says) >= order.index(known.says)
    one_more = ruling(policy, Recipient((*countries, "AT"), tuple(forms)), channel)
    if countries:
        assert order.index(one_more.says) >= order.index(known.says)


@pytest.mark.parametrize(
    ("objections", "denied"),
    [
        ({"all": "register:cvr"}, set(CHANNELS)),
        ({"post": "register:kvk"}, {"post"}),
        ({"phone": "list:fair", "email": "user:ann"}, {"phone", "email"}),
    ],
)
def test_an_objection_denies(objections: dict[str, str], denied: set[str]) -> None:
    who = Recipient(("US",), ("inc",), objections)
    found = {one: ruling(standard(), who, one) for one in CHANNELS}
    assert {one for one, said in found.items() if said.code == "objection"} == denied
    assert "says that it objects" in found[min(denied)].reason


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (ours(("DE", "fon", "deny")), 4, "must be one of phone, email, post, social"),
        (ours(("DE", "phone", "alow")), 4, "did you mean allow"),
        (ours(("Gemany", "phone", "deny")), 4, "must be a country's code"),
        (ours(("de", "phone", "deny")), 4, "must be a country's code"),
        (ours(("DE", "phone", "deny"), head=f"{HEAD}person_forms: [gbrr]\n"), 3, "did you mean"),
        (ours(("DE", "phone", "deny"), head="policy: x\nversion: 0\n"), 2, "must be at least 1"),
        (f"{HEAD}rules: []\n", 3, "at least 1 entry"),
        (f"{HEAD}", 1, "`rules` is missing"),
        (ours(("DE", "phone", "deny")).replace("code: c", "code: C!"), 4, "must be small letters"),
        (ours(("DE", "phone", "deny")).replace("why: w", "reviewed: soon, why: w"), 4, "be a day"),
        (ours(("DE", "phone", "deny")).replace("why: w", "note: w, why: w"), 4, "no `note` here"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        policy_file.read(text, "ours.yaml")
    assert refused.value.message.startswith(f"ours.yaml:{line}: ")
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("rules", "messages"),
    [
        (
            [("any", "phone", "deny"), ("DE", "phone", "allow")],
            ["c never counts: rules above say it all"],
        ),
        (
            [("DE, AT", "phone", "deny"), ("AT", "phone", "allow"), ("any", "phone", "review")],
            ["c never counts: rules above say it all"],
        ),
        ([("dach", "phone", "deny")], ["phone to a company has no rule", "phone to a person has"]),
        ([("any", "phone", "deny")], []),
    ],
)
def test_the_check_finds_gaps_and_rules_that_never_count(
    rules: list[tuple[str, str, str]], messages: list[str]
) -> None:
    policy = stored(ours(*rules, head=f"{HEAD}channels: [phone]\n"))
    found = [one.message for one in remarks(policy, TODAY)]
    assert len(found) == len(messages)
    for message, start in zip(found, messages, strict=True):
        assert message.startswith(start)


def test_a_day_to_come_is_found() -> None:
    text = ours(("any", "phone", "deny"), head=f"{HEAD}channels: [phone]\n")
    policy = stored(text.replace("why: w", "why: w, reviewed: 2027-01-01"))
    (found,) = remarks(policy, TODAY)
    assert found.path == "rules.0.reviewed"


DE_MAIL = [("country", "DE", "list:a"), ("email", "info@alder.example", "list:a")]
GB_MAIL = [("country", "GB", "list:a"), ("email", "info@alder.example", "list:a")]
PHONE = ("phone", "+49301234567", "list:a")


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ([], None),
        ([("domain", "alder.example", "list:a")], None),
        ([("country", "DE", "x"), ("social", "https://www.linkedin.com/company/a", "x")], None),
        ([*DE_MAIL, PHONE], None),
        ([*DE_MAIL, ("street", "Elm 1", "x"), ("city", "Bonn", "x")], None),
        (DE_MAIL, "reachable with a phone number or a postal address"),
        (
            [*GB_MAIL, ("legal_form", "vof", "x")],
            "reachable with a phone number, a postal address or a profile on a network",
        ),
        (GB_MAIL, "a profile on a network or a legal form that is a company"),
        ([*GB_MAIL, ("legal_form", "ltd", "x")], None),
        (
            [("email", "a@b.example", "x"), ("phone", "+43123", "x"), ("country", "AT", "x")],
            "reachable with a postal address or a profile on a network",
        ),
        ([*GB_MAIL, ("objection", "all", "register:x")], "change the policy or ask for consent"),
    ],
)
def test_what_would_make_a_company_reachable(
    stated: list[tuple[str, str, str]], said: str | None
) -> None:
    found = unreachable(standard(), reach_of(stated))
    if said is None:
        assert found is None
    else:
        assert found is not None
        assert found.startswith("unreachable: ")
        assert found.endswith(said)


def test_a_policy_may_hold_companies_of_which_nothing_is_known() -> None:
    text = ours(("any", "phone", "allow"), head=f"{HEAD}channels: [phone]\nnothing_known: hold\n")
    found = unreachable(stored(text), reach_of([]))
    assert found == "unreachable: no contact point is known; reachable with a phone number"


def test_a_barred_address_bars_neither_the_phone_nor_other_addresses() -> None:
    stated = [("country", "US", "x"), ("email", "a@b.example", "x"), ("phone", "+1212", "x")]
    known = reach_of(stated)
    reach = Reach(known.who, known.points, {("email", "a@b.example"): "hard bounce"})
    policy = standard()
    assert point_ruling(policy, reach, "email", "a@b.example").reason == "hard bounce"
    assert point_ruling(policy, reach, "email", "c@b.example").allowed
    assert unreachable(policy, reach) is None
    only_mail = Reach(known.who, {"email": ("a@b.example",)}, reach.barred)
    found = unreachable(policy, only_mail)
    assert found is not None
    assert "another e-mail address" in found


def test_an_unknown_form_counts_as_a_person() -> None:
    assert kind_of(standard(), ()) is Kind.PERSON
    assert kind_of(standard(), ("gmbh",)) is Kind.COMPANY
    assert kind_of(standard(), ("gmbh", "gbr")) is Kind.PERSON
