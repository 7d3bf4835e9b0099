"""What CRM exports say a company is to the client, in several languages and tools."""

import pytest

from leads.lexicon.crm_roles import kind_of_column, kinds_of_columns, role_of_cell


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Lifecycle Stage", "account"),
        ("lifecyclestage", "account"),
        ("Account Type", "account"),
        ("Kundenstatus", "account"),
        ("Phase du cycle de vie", "account"),
        ("Deal Stage", "deal"),
        ("Deal - Status", "deal"),
        ("StageName", "deal"),
        ("Verkaufsphase", "deal"),
        ("Étape de la transaction", "deal"),
        ("Stage", None),
        ("Status", None),
        ("Customers", None),
        ("Hall", None),
    ],
)
def test_column_kinds(header: str, kind: str | None) -> None:
    assert kind_of_column(header) == kind


@pytest.mark.parametrize(
    ("kind", "cell", "role"),
    [
        ("account", "Customer", "customers"),
        ("account", "Customer - Direct", "customers"),
        ("account", "Bestandskunde", "customers"),
        ("account", "客户", "customers"),
        ("account", "Opportunity", "open_deals"),
        ("account", "Wettbewerber", "competitors"),
        ("account", "Lead", "prospects"),
        ("account", "Former customer", "prospects"),
        ("account", "Platinum", None),
        ("account", "no customer of ours", None),
        ("deal", "closedwon", "customers"),
        ("deal", "Gagnée", "customers"),
        ("deal", "Negotiation/Review", "open_deals"),
        ("deal", "offen", "open_deals"),
        ("deal", "Closed Lost", "prospects"),
        ("deal", "Przegrana", "prospects"),
        ("deal", "Customer", None),
        ("deal", "Pilot in week 3", None),
    ],
)
def test_roles_of_cells(kind: str, cell: str, role: str | None) -> None:
    assert role_of_cell(kind, cell) == role


@pytest.mark.parametrize(
    ("headers", "kinds"),
    [
        ("Account Name|Account Owner|Type|Stage", [None, None, "account", "deal"]),
        ("Deal Name|Close Date|Stage", [None, None, "deal"]),
        ("Kontoinhaber|Abschlussdatum|Typ|Phase", [None, None, "account", "deal"]),
        # A list of another kind has such columns too.
        ("Company|Type|Stage|Hall", [None, None, None, None]),
        ("Account Name|Type|City", [None, None, None]),
    ],
)
def test_type_and_stage_speak_in_a_crm_export_only(headers: str, kinds: list[str | None]) -> None:
    assert kinds_of_columns(headers.split("|")) == kinds
