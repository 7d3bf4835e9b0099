import json

from qualify.bulk.table import qualify_rows
from qualify.profile.icp import load_icp
from tests.made_facts import TODAY, fact, people

ICP = """\
icp: x
version: 1
suspect: [{employees: {at_least: 20}}]
prospect: [{id: windows, uses: [windows-estate]}]
score: [{points: 20, country: [DE]}, {points: 30, employees: {at_least: 50}}]
"""
FROM_GERMANY = "country Germany (list fair, 2026-11-20) is Germany"


def test_a_row_has_the_keys_others_rely_on_and_is_plain_json() -> None:
    size, place = fact("employees", people(20, 60), number=7), fact("country", "DE", number=8)
    rows = [(1, "Acme GmbH", [size, place]), (3, "Bolt Ltd", [])]
    acme, bolt = json.loads(json.dumps(list(qualify_rows(load_icp(ICP, "icp.yaml"), rows, TODAY))))
    assert acme == {
        "row": 1,
        "name": "Acme GmbH",
        "stage": "suspect",
        "verdict": "unknown",
        "score": {"worst": 40, "best": 100},
        "answers": [
            {
                "criterion": "employees",
                "answer": "yes",
                "reason": "headcount 20 to 60 (list fair, 2026-11-20) is at least 20",
                "facts": [str(size.id)],
            },
            {
                "criterion": "windows",
                "answer": "unknown",
                "reason": "no page was read",
                "facts": [],
            },
            {
                "criterion": "country",
                "answer": "yes",
                "reason": "country Germany (list fair, 2026-11-20) is Germany",
                "facts": [str(place.id)],
            },
            {
                "criterion": "employees-2",
                "answer": "unknown",
                "reason": (
                    "headcount 20 to 60 (list fair, 2026-11-20) may or may not be at least 50"
                ),
                "facts": [str(size.id)],
            },
        ],
        "decides": [["technology"]],
        "what_next": "would be decided by technology",
        "ledger": [
            {
                "criterion": "country",
                "points": 20,
                "answer": "yes",
                "worst": 40,
                "best": 40,
                "facts": [str(place.id)],
            },
            {
                "criterion": "employees-2",
                "points": 30,
                "answer": "unknown",
                "worst": 0,
                "best": 60,
                "facts": [str(size.id)],
            },
        ],
    }
    assert (bolt["row"], bolt["name"], bolt["stage"], bolt["score"]) == (
        3,
        "Bolt Ltd",
        "name",
        {"worst": 0, "best": 100},
    )
    assert bolt["decides"] == [["employees", "technology"]]
