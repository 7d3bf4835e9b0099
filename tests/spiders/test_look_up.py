"""Look-ups before a visit: which names exist, and which endings answer every name."""

from collections.abc import Sequence

import pytest

from spiders.look_up import NONSENSE, Known, look_up

PUBLIC, OTHER = "93.184.215.14", "151.101.1.1"


def names(answers: dict[str, list[str]], *asked: str, every: str = "") -> dict[str, Known]:
    """Look names up at a name service that knows these answers; `every` is an ending of which it
    answers every name.
    """

    async def resolve(host: str) -> Sequence[str]:
        if host in answers:
            return answers[host]
        if host.startswith("broken"):
            raise OSError("no answer")
        return [PUBLIC] if every and host.endswith(every) else []

    return {name: one.known for name, one in look_up(asked, allowed={}, resolve=resolve).items()}


def test_a_name_is_found_with_or_without_www() -> None:
    answers = {"acme.com": [PUBLIC], "www.acme.net": [PUBLIC]}
    found = names(answers, "acme.com", "acme.net", "acme.org", "broken.com")
    assert found == {
        "acme.com": Known.FOUND,
        "acme.net": Known.FOUND,
        "acme.org": Known.MISSING,
        "broken.com": Known.FAILED,
    }


def test_an_ending_that_answers_every_name_tells_nothing() -> None:
    answers = {"acme.ws": [OTHER]}
    found = names(answers, "acme.ws", "other.ws", "acme.com", every=".ws")
    assert found == {
        "acme.ws": Known.FOUND,
        "other.ws": Known.WILDCARD,
        "acme.com": Known.MISSING,
    }


def test_the_nonsense_name_is_asked_for_once_an_ending() -> None:
    asked: list[str] = []

    async def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return [] if host.startswith(NONSENSE) else [PUBLIC]

    look_up(["a1.co.uk", "b1.co.uk", "c1.com"], allowed={}, resolve=resolve)
    assert sorted(one for one in asked if NONSENSE in one) == [
        f"{NONSENSE}.co.uk",
        f"{NONSENSE}.com",
    ]


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "10.1.2.3", "::1", "169.254.169.254"])
def test_a_name_that_leads_into_our_network_is_not_visited(address: str) -> None:
    assert names({"acme.com": [address]}, "acme.com") == {"acme.com": Known.DENIED}


def test_with_a_map_nothing_else_is_looked_up() -> None:
    async def resolve(host: str) -> Sequence[str]:
        raise AssertionError(f"{host} was looked up")

    found = look_up(
        ["acme.com", "other.com"], allowed={("www.acme.com", 80): ("127.0.0.1", 1)}, resolve=resolve
    )
    assert found["acme.com"].hosts == ("www.acme.com",)
    assert found["other.com"].known is Known.MISSING
