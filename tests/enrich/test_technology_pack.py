"""The rules of the product: each matches what its vendor documents, and not its near miss."""

from collections.abc import Mapping

import pytest

from enrich.detecting.check import Checker
from enrich.detecting.engine import Engine
from enrich.detecting.pack import Sample, own_pack
from enrich.detecting.rules import RuleSet
from enrich.detecting.surface import Surface

SITE = "https://www.acme.example/"
PACK = own_pack()


def made(sample: Sample, value: str) -> Surface:
    """A page of the site acme.example that states a value in the channel of a rule."""
    rule, headers, dns = sample.rule, {}, {}
    html, url = "<p>x</p>", SITE
    attribute = value.replace("&", "&amp;").replace('"', "&quot;")
    if rule.channel == "headers":
        headers = {rule.name: value} if value else {}
    elif rule.channel == "cookies":
        headers = {"set-cookie": f"{value}; path=/"}
    elif rule.channel == "dns":
        dns = {rule.name: (value,)}
    elif rule.channel == "meta":
        html = f'<meta name="{rule.name}" content="{attribute}">' if value else html
    elif rule.channel == "url":
        url = value
    elif rule.channel == "scripts":
        html = f"<script>{value.removeprefix('<script>').removesuffix('</script>')}</script>"
    else:
        html = TAGS.get(rule.channel, "{}").format(value if rule.channel not in TAGS else attribute)
    return Surface(html, url, headers, dns)


TAGS: Mapping[str, str] = {
    "scriptSrc": '<script src="{}"></script>',
    "src": '<iframe src="{}"></iframe>',
    "href": '<a href="{}">x</a>',
    "portals": '<a href="{}">x</a>',
}


def problems_of(samples: tuple[Sample, ...]) -> list[str]:
    wrong = []
    claims = Engine(PACK.ruleset).claimed
    for sample in samples:
        alone = Engine(RuleSet((sample.rule,), {}))
        for value, expected in [
            *((one, True) for one in sample.yes),
            *((one, False) for one in sample.no),
        ]:
            surface = made(sample, value)
            found = bool(Checker(surface, claims).check(sample.rule))
            if found != expected:
                wrong.append(f"{sample.rule}: {'misses' if expected else 'matches'} {value}")
            if expected and not alone.hits(surface):
                wrong.append(f"{sample.rule}: the scan rules out {value}")
    return wrong


def test_the_files_have_no_errors() -> None:
    assert [str(one) for one in PACK.ruleset.problems] == []


@pytest.mark.parametrize("part", range(8))
def test_every_rule_matches_its_example_and_not_its_near_miss(part: int) -> None:
    assert problems_of(PACK.samples[part::8]) == []
