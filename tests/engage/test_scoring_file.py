"""Scoring files: mistakes name their line, and what can never happen is found."""

import json
from dataclasses import astuple

import jsonschema
import pytest
import yaml

from engage.scoring.checks import remarks
from engage.scoring.difference import differences
from engage.scoring.file import read, schema
from engage.signals.kinds import catalogue
from leads.errors import UsageError
from outreach.disposition_file import standard
from tests.engage.made import SEED, scoring, seed

HEAD = "scoring: ours\nversion: 1\n"


def test_the_catalogue_has_forty_kinds_and_every_word_once() -> None:
    kinds = catalogue().by_name.values()
    assert len(kinds) >= 40
    words = [word for one in kinds for word in (one.name, *one.also)]
    assert len(words) == len(set(words))
    assert {one.stage for one in kinds} == {"awareness", "consideration", "decision", "none"}


def test_the_catalogue_knows_what_dispositions_record() -> None:
    recorded = {one.signal for one in standard().rules.values() if one.signal}
    assert {word for word in recorded if catalogue().name_of(word) is None} == set()


def test_the_example_has_no_mistakes_and_meets_the_schema() -> None:
    assert remarks(seed()) == []
    jsonschema.validate(json.loads(json.dumps(yaml.safe_load(SEED.read_text("utf-8")))), schema())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: {a: {signal: won}}", "ours.yaml:3: rules.a: `points` is missing"),
        ("rules:\n  a: {signal: won, points: x}", "ours.yaml:4: rules.a.points"),
        ("rules:\n  a: {signal: won, points: 1e9}", "ours.yaml:4: rules.a.points"),
        ("rules:\n  a: {signal: won, points: nan}", "ours.yaml:4: rules.a.points"),
        ("rules:\n  a: {signal: won, points: 1, per_day: 0}", "rules.a.per_day"),
        ("rules:\n  a: {signal: won, points: 1, half_life: soon}", "must be a time such as"),
        ("rules:\n  a: {signal: won, points: 1, when: {canal: [x]}}", "there is no `canal` here"),
        ("half_life: 0 days\nrules:\n  a: {signal: won, points: 1}", "ours.yaml:3: half_life"),
        ("model: magic\nrules:\n  a: {signal: won, points: 1}", "activity_and_suitability"),
        ("temperature: {hot: 101}\nrules:\n  a: {signal: won, points: 1}", "temperature.hot"),
        ("rules: {}", "ours.yaml:3: rules"),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(HEAD + text + "\n", "ours.yaml")
    assert said in caught.value.message


WON = "{signal: won, points: 60}"


@pytest.mark.parametrize(
    ("rules", "more", "level", "path", "said"),
    [
        ("{signal: opend, points: 1}", "", "problem", "rules.r1.signal", "did you mean opened"),
        (WON, "temperature: {warm: 60, hot: 60}", "problem", "temperature.hot", "higher"),
        (
            WON,
            "temperature: {warm: 50, hot: 60, hysteresis: 20}",
            "problem",
            "temperature.hysteresis",
            "hot down to 40",
        ),
        (
            WON,
            "temperature: {warm: 5, hot: 60}",
            "problem",
            "temperature.hysteresis",
            "nobody becomes cold",
        ),
        (
            WON,
            "temperature: {hysteresis: 0}",
            "warning",
            "temperature.hysteresis",
            "with every signal",
        ),
        ("{signal: won, points: 0}", "", "problem", "rules.r1.points", "changes nothing"),
        (
            f"{WON}\n{{signal: ordered, points: -60}}",
            "",
            "problem",
            "rules.r2.points",
            "cancel each other",
        ),
        (f"{WON}\n{{signal: won, points: -5}}", "", "warning", "rules.r2.points", "take away"),
        (f"{WON}\n{WON}", "", "warning", "rules.r2.points", "on top of r1"),
        (
            f"{WON}\n{{signal: lost, points: -5, half_life: 2 days}}",
            "",
            "warning",
            "rules.r2",
            "warmer by itself",
        ),
        (
            "\n".join(f"{{signal: won, points: 1, half_life: {days} days}}" for days in "1234"),
            "",
            "problem",
            "rules",
            "at most 3",
        ),
        ("{signal: lost, points: -5}", "", "problem", "temperature.warm", "no rule gives points"),
        (
            "{signal: won, points: 1, per_day: 1}",
            "",
            "problem",
            "temperature.warm",
            "cannot be reached: the caps of the rules allow 21 points",
        ),
        (
            "{signal: won, points: 2, per_day: 1}",
            "",
            "problem",
            "temperature.hot",
            "cannot be reached",
        ),
        (
            WON,
            "qualifications: {mql: [{engagement: 101}]}",
            "problem",
            "qualifications.mql",
            "ends at 100",
        ),
        (
            WON,
            "qualifications: {mql: [{after: sql}], sql: [{after: mql}]}",
            "problem",
            "qualifications.mql",
            "after itself",
        ),
        (
            WON,
            "qualifications: {mql: [{after: sqll}]}",
            "problem",
            "qualifications.mql.0.after",
            "no qualification sqll",
        ),
        (
            WON,
            "qualifications: {mql: [{signals: {of: [wonn]}}]}",
            "problem",
            "qualifications.mql.0.signals.of",
            "did you mean won",
        ),
        (WON, "labels: {mqq: MQL}", "problem", "labels.mqq", "nothing is called mqq"),
        (WON, "grades: {A: 40, B: 40}", "problem", "grades.A", "higher than `B`"),
    ],
)
def test_mistakes_of_the_whole_file(
    rules: str, more: str, level: str, path: str, said: str
) -> None:
    found = remarks(scoring(rules, more))
    hits = [one for one in found if (one.level, one.path) == (level, path)]
    assert any(said in one.message for one in hits), found


@pytest.mark.parametrize(
    ("rules", "more"),
    [
        (WON, ""),
        ("{signal: won, points: 60}\n{signal: lost, points: -60, half_life: 60 days}", ""),
        (
            "{signal: won, points: 5, when: {channel: [email]}}\n"
            "{signal: won, points: -5, when: {channel: [phone]}}\n" + WON,
            "",
        ),
        (
            "{signal: made_up, points: 60}",
            "kinds: {made_up: {meaning: a kind of ours, stage: decision}}",
        ),
        (
            "{signal: won, points: 1, per_day: 1}",
            "temperature: {floors: [{signal: won, temperature: hot, lasts: 2 days}]}",
        ),
        ("{signal: unsubscribed, points: 0, suppress: client}\n" + WON, "labels: {hot: heiss}"),
    ],
)
def test_nothing_is_wrong_with(rules: str, more: str) -> None:
    assert [one for one in remarks(scoring(rules, more)) if one.level == "problem"] == []


def test_two_files_differ_in_what_they_say_not_in_how() -> None:
    text = SEED.read_text("utf-8")
    same = text.replace("half_life: 14 days", "half_life: '14 days'  # the same")
    before = read(text, "a")
    assert differences(before, read(same, "b")) == []
    assert before.content_hash() == read(same, "b").content_hash()
    other = text.replace("points: 20", "points: 25").replace("  # Asked for advice.\n", "")
    other = other.replace("hysteresis: 5", "hysteresis: 4").replace(
        "within: 30 days", "at_least: 2"
    )
    found = {astuple(one) for one in differences(before, read(other, "c"))}
    assert ("rules.quote.points", "20", "25") in found
    assert ("temperature.hysteresis", "5", "4") in found
    assert ("qualifications.service.0.signals.within", "30 days", None) in found
