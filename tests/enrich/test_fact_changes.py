"""What reading pages again changed: new, gone, changed and restated facts, with examples."""

from enrich.fact_changes import Changes, Example
from leads.facts import Fact
from tests.made_facts import fact, people


def phone(number: int) -> Fact:
    return fact("phone", f"+49301234{number}", source="site:acme.example")


def test_changes_are_counted_by_attribute() -> None:
    changes = Changes()
    changes.add("acme.example", [phone(1), phone(2)], [phone(1), phone(3)])
    changes.add("beta.example", [fact("employees", people(130))], [fact("employees", people(120))])
    changes.add("gone.example", [], [phone(4)])
    headcount, phones = changes.by_attribute()
    assert (headcount.attribute, headcount.new, headcount.gone) == ("employees", 1, 1)
    assert headcount.examples == [Example("beta.example", "120", "130", "", None)]
    assert (phones.new, phones.gone, phones.changed, phones.restated) == (2, 3, 1, 1)
    assert [(one.before, one.after) for one in phones.examples] == [
        ("+493012343", "+493012342"),
        ("+493012344", None),
    ]


def test_examples_are_few_and_changed_values_come_first() -> None:
    changes = Changes()
    for number in range(9):
        changes.add(f"site{number}.example", [phone(number)], [])
    changes.add("last.example", [phone(7)], [phone(8)])
    (found,) = changes.by_attribute()
    assert (found.new, len(found.examples)) == (10, 3)
    assert found.examples[0].site == "last.example"


def test_nothing_changed() -> None:
    assert Changes().by_attribute() == []
