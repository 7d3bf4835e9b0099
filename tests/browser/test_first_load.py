"""What a browser that never was here loads for the queue."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.browser.people import People

_MOST_BYTES, _MOST_REQUESTS = 100_000, 5


def test_the_first_load_of_the_queue_is_small(people: People) -> None:
    page = people.user("ann", "about:blank")
    sent: list[str] = []
    sizes: dict[str, float] = {}
    protocol = page.context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
    protocol.on("Network.requestWillBeSent", lambda one: sent.append(one["request"]["url"]))
    protocol.on(
        "Network.loadingFinished",
        lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}),
    )
    with page.expect_request(lambda one: urlsplit(one.url).path == "/live"):
        page.goto("/queue")
    page.wait_for_load_state("load")
    page.get_by_role("button", name="Take the next").wait_for()
    assert len(sent) <= _MOST_REQUESTS, sent
    assert all(one.startswith(people.site.at) for one in sent), sent
    assert len(sizes) >= 3
    assert 10_000 < sum(sizes.values()) < _MOST_BYTES, sizes
