"""Companies that belong together are judged together where a profile wants it, and apart again when
they do not.
"""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

GROUPS = """icp: groups
version: 1
company_is: group
suspect: [{employees: {at_least: 100}}]
"""
SMALL = GROUPS.replace("icp: groups", "icp: small").replace("at_least: 100", "at_most: 100")
LIST = """name,country,employees
Zyxwell Holding AG,DE,15
Brandix Pumpen GmbH,DE,120
Vandelso Dichtungen GmbH,DE,40
"""


@pytest.fixture
def groups(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    (tmp_path / "groups.yaml").write_text(GROUPS, "utf-8")
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    (tmp_path / "fair.csv").write_text(LIST, "utf-8")
    return tmp_path


def stages(sluice: Sluice, *names: str) -> list[str]:
    return [sluice("icp", "explain", name, "--json").json["stored"]["stage"] for name in names]


ALL = ("Zyxwell Holding AG", "Brandix Pumpen GmbH", "Vandelso Dichtungen GmbH")


def test_three_legal_entities_and_one_group(sluice: Sluice, groups: Path) -> None:
    ran = sluice(
        "run", groups / "fair.csv", "--icp", groups / "groups.yaml", "--no-crawl", "--json"
    ).json
    assert (ran["companies"], ran["stages"]["prospect"], ran["queued"]) == (3, 1, 1)
    assert stages(sluice, *ALL) == ["disqualified", "prospect", "disqualified"]

    for name in ALL[1:]:
        reason = ("--reason", "the register says so")
        related = sluice("dedupe", "relate", name, "part_of", ALL[0], *reason, "--json").json
        assert related == {"company": name, "kind": "part_of", "of": ALL[0]}
    assert stages(sluice, *ALL) == ["prospect", "disqualified", "disqualified"]
    check_explained_as_group(sluice)

    replayed = sluice("icp", "replay", "--json").json
    assert replayed["verdicts"] == replayed["same"] == 3
    again = sluice("qualify", "--json").json
    assert (again["companies"], sum(again["stages"].values())) == (3, 3)
    assert again["stages"]["disqualified"] == 2

    for name in ALL[1:]:
        sluice("dedupe", "unrelate", name, ALL[0])
    assert stages(sluice, *ALL) == ["disqualified", "prospect", "disqualified"]
    assert sluice("icp", "replay", "--every", "--json", code=None).json["different"] in ([], 0)


def check_explained_as_group(sluice: Sluice) -> None:
    """The head is queued and answers with the facts of its parts; a part points to the head."""
    queue = sluice("queue", "show", "--json").json
    assert [one["name"] for one in queue] == [ALL[0]]
    head = sluice("icp", "explain", ALL[0], "--json").json
    assert [one["name"] for one in head["members"]] == list(ALL[1:])
    assert {(one["value"], one["source"]) for one in head["answers"][0]["facts"]} == {
        ("15 or more", "list:fair"),
        ("120 or more", f"list:fair of {ALL[1]}"),
        ("40 or more", f"list:fair of {ALL[2]}"),
    }

    part = sluice("icp", "explain", ALL[1], "--json").json
    reason = "counted with Zyxwell Holding AG, as the profile's company_is is group"
    assert part["counted_with"]["reason"] == reason
    assert (part["stage"], part["answers"]) == ("disqualified", [])
    assert "counted with Zyxwell Holding AG" in sluice("icp", "explain", ALL[1]).out


def test_a_lower_bound_never_says_that_a_group_is_small(sluice: Sluice, groups: Path) -> None:
    sluice("run", groups / "fair.csv", "--icp", groups / "small.yaml", "--no-crawl")
    assert stages(sluice, ALL[0]) == ["prospect"]
    sluice("dedupe", "relate", ALL[2], "part_of", ALL[0])
    assert stages(sluice, ALL[0], ALL[2]) == ["name", "disqualified"]
    sluice("dedupe", "relate", ALL[1], "part_of", ALL[0])
    assert stages(sluice, ALL[0]) == ["disqualified"]


def test_a_leased_member_keeps_its_lease(sluice: Sluice, groups: Path) -> None:
    sluice("run", groups / "fair.csv", "--icp", groups / "groups.yaml", "--no-crawl")
    assert sluice("queue", "next", "--as", "ann", "--json").json["company"]["name"] == ALL[1]
    sluice("dedupe", "relate", ALL[1], "part_of", ALL[0])
    held = sluice("queue", "show", ALL[1], "--json").json
    assert (held["queue"]["state"], held["queue"]["warns"]) == ("leased", True)
    assert (
        held["queue"]["note"]
        == "counted with Zyxwell Holding AG, as the profile's company_is is group"
    )


REFUSED = (
    (("relate", ALL[1], "part_of", ALL[1]), 4, "are one company"),
    (("relate", ALL[1], "owned_by", ALL[0]), 2, "'owned_by' is not a kind of relation"),
    (("relate", ALL[1], "part_of", "Nobody Ltd"), 3, "no company is called 'Nobody Ltd'"),
    (("relate", ALL[0], "part_of", ALL[2]), 4, "belongs to Zyxwell Holding AG already"),
    (("relate", ALL[2], "site_of", ALL[0]), 4, "is part of Brandix Pumpen GmbH already"),
    (("relate", ALL[2], "part_of", ALL[1]), 4, "is part of Brandix Pumpen GmbH already"),
    (("unrelate", ALL[2], ALL[0]), 3, "are not linked"),
    (("relate", ALL[1], "part_of", ALL[0], "--client", "other"), 3, "no company is called"),
)


def test_what_cannot_be_is_refused(sluice: Sluice, groups: Path) -> None:
    sluice("client", "add", "other")
    sluice("import", groups / "fair.csv")
    sluice("dedupe", "relate", ALL[2], "part_of", ALL[1])
    sluice("dedupe", "relate", ALL[1], "part_of", ALL[0])
    for words, code, said in REFUSED:
        assert said in sluice("dedupe", *words, "--json", code=code).error["message"]


WITH_PARENTS = """name,country,employees,parent
Zyxwell Holding AG,DE,15,
Brandix Pumpen GmbH,DE,120,Zyxwell Holding
Vandelso Dichtungen GmbH,DE,40,Somebody Else SE
"""


def test_a_column_of_parents_links_until_its_list_is_undone(sluice: Sluice, groups: Path) -> None:
    sluice("run", groups / "fair.csv", "--icp", groups / "groups.yaml", "--no-crawl")
    (groups / "owners.csv").write_text(WITH_PARENTS, "utf-8")
    sluice("run", groups / "owners.csv", "--icp", groups / "groups.yaml", "--no-crawl")
    assert stages(sluice, *ALL) == ["prospect", "disqualified", "disqualified"]
    (link,) = sluice("dedupe", "explain", ALL[1], "--json").json["links"]
    assert (link["of"]["name"], link["kind"], link["by"]) == (ALL[0], "part_of", None)
    sluice("lists", "undo", "owners")
    assert sluice("dedupe", "explain", ALL[1], "--json").json["links"] == []
    assert stages(sluice, *ALL) == ["disqualified", "prospect", "disqualified"]


def test_what_a_person_said_stands_above_a_column_of_parents(sluice: Sluice, groups: Path) -> None:
    (groups / "owners.csv").write_text(WITH_PARENTS, "utf-8")
    sluice("run", groups / "owners.csv", "--icp", groups / "groups.yaml", "--no-crawl")
    assert stages(sluice, *ALL[:2]) == ["prospect", "disqualified"]
    sluice("dedupe", "unrelate", ALL[1], ALL[0], "--reason", "sold in May")
    sluice("dedupe", "run")
    assert stages(sluice, *ALL[:2]) == ["disqualified", "prospect"]
    sluice("dedupe", "relate", ALL[1], "part_of", ALL[2])
    sluice("dedupe", "run")
    assert stages(sluice, *ALL) == ["disqualified", "disqualified", "prospect"]


def test_links_follow_a_merge(sluice: Sluice, groups: Path) -> None:
    sluice("run", groups / "fair.csv", "--icp", groups / "groups.yaml", "--no-crawl")
    sluice("dedupe", "relate", ALL[1], "part_of", ALL[2])
    assert stages(sluice, *ALL) == ["disqualified", "disqualified", "prospect"]
    sluice("dedupe", "merge", ALL[0], ALL[2])
    both = sluice("dedupe", "explain", ALL[1], "--json").json["links"][0]["of"]
    assert both["id"] == sluice("dedupe", "explain", ALL[0], "--json").json["company"]["id"]
    assert stages(sluice, both["id"], ALL[1]) == ["prospect", "disqualified"]
    sluice("dedupe", "merge", both["id"], ALL[1])
    assert sluice("dedupe", "explain", both["id"], "--json").json["links"] == []


def test_two_profiles_that_count_otherwise_are_compared(sluice: Sluice, groups: Path) -> None:
    sluice("run", groups / "fair.csv", "--icp", groups / "groups.yaml", "--no-crawl")
    sluice("dedupe", "relate", ALL[1], "part_of", ALL[0])
    (groups / "each.yaml").write_text(
        GROUPS.replace("company_is: group", "company_is: legal_entity"), "utf-8"
    )
    found = sluice("icp", "diff", groups / "each.yaml", groups / "groups.yaml", "--json").json
    assert found["changes"]["leaves"] == {
        "companies": 1,
        "by_criterion": {"company_is": 1},
        "examples": [ALL[1]],
    }
    assert found["changes"]["enters"] == {
        "companies": 1,
        "by_criterion": {"employees": 1},
        "examples": [ALL[0]],
    }
    back = sluice("icp", "diff", groups / "groups.yaml", groups / "each.yaml", "--json").json
    assert back["changes"]["enters"]["by_criterion"] == {"company_is": 1}
