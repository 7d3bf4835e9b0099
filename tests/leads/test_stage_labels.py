import pytest

from leads.errors import NotFoundError
from leads.lexicon.stage_labels import labels
from leads.stages import Relationship, Stage

UNTOUCHED = Relationship.UNTOUCHED


@pytest.mark.parametrize(
    ("crm", "stage", "relationship", "fields"),
    [
        # Names and suspects are nobody's leads yet: they are not sent at all.
        ("hubspot", Stage.NAME, UNTOUCHED, {}),
        ("hubspot", Stage.SUSPECT, UNTOUCHED, {}),
        ("salesforce", Stage.SUSPECT, UNTOUCHED, {}),
        ("hubspot", Stage.PROSPECT, UNTOUCHED, {"hs_lead_status": "NEW"}),
        (
            "salesforce",
            Stage.PROSPECT,
            UNTOUCHED,
            {"Status": "Open - Not Contacted", "Rating": "Cold"},
        ),
        (
            "hubspot",
            Stage.PROSPECT,
            Relationship.CONTACTED,
            {"hs_lead_status": "ATTEMPTED_TO_CONTACT"},
        ),
        (
            "salesforce",
            Stage.LEAD,
            Relationship.LEAD,
            {"Status": "Working - Contacted", "Rating": "Warm"},
        ),
        ("hubspot", Stage.QUALIFIED_LEAD, Relationship.CUSTOMER, {"lifecyclestage": "customer"}),
        # What is closed is closed, whatever went before.
        ("hubspot", Stage.DISQUALIFIED, Relationship.CONTACTED, {"hs_lead_status": "UNQUALIFIED"}),
    ],
)
def test_a_stage_in_the_words_of_a_crm(
    crm: str, stage: Stage, relationship: Relationship, fields: dict[str, str]
) -> None:
    assert labels(crm, stage, relationship) == fields


def test_a_client_may_have_names_of_its_own() -> None:
    own = {"prospect": {"hs_lead_status": "TO_CALL"}, "suspect": {"prospecting_stage": "suspect"}}
    assert labels("hubspot", Stage.PROSPECT, UNTOUCHED, own) == {"hs_lead_status": "TO_CALL"}
    assert labels("hubspot", Stage.SUSPECT, UNTOUCHED, own) == {"prospecting_stage": "suspect"}
    assert labels("hubspot", Stage.LEAD, Relationship.LEAD, own)["lifecyclestage"] == "lead"


def test_a_crm_without_labels_is_named() -> None:
    with pytest.raises(NotFoundError, match="pipedrive"):
        labels("pipedrive", Stage.LEAD, UNTOUCHED)
