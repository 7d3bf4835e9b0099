"""LinkedIn's industry names from before version 2 mean the industries that replaced them."""

import pytest

from leads.lexicon.industries.code_tables import linkedin_former
from leads.lexicon.industries.codes import linkedin_names, linkedin_path


@pytest.mark.parametrize(
    ("former", "path_ends"),
    [
        ("Information Technology & Services", "IT Services and IT Consulting"),
        ("Information Technology and Services", "IT Services and IT Consulting"),
        ("computer software", "Software Development"),
        ("Hospital & Health Care", "Hospitals and Health Care"),
        ("Airlines/Aviation", "Airlines and Aviation"),
        ("Machinery", "Machinery Manufacturing"),
    ],
)
def test_former_names(former: str, path_ends: str) -> None:
    path = linkedin_path(former)

    assert path is not None
    assert path.split(" > ")[-1] == path_ends


def test_every_replacement_exists_and_no_name_in_use_is_replaced() -> None:
    names = set(linkedin_names())

    assert set(linkedin_former().values()) <= names
    assert not names & set(linkedin_former())
