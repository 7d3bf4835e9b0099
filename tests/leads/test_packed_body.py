import gzip
from hashlib import sha256

import pytest

from leads.packed_body import PackedBody

BODY = b"<p>Presswerk</p>" * 500


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [
        (gzip.compress(BODY), True),
        (gzip.compress(BODY, 0), False),
        (None, False),
    ],
    ids=["packed well", "packed for speed", "not packed"],
)
def test_a_body_is_held_as_its_server_packed_it(sent: bytes | None, is_kept: bool) -> None:
    held = PackedBody.of(BODY, sent)
    assert (held is not None) == is_kept
    if held is not None:
        assert (held.gzip, held.body, held.size) == (sent, BODY, len(BODY))
        assert held.content_hash == sha256(BODY).hexdigest()


def test_an_empty_body_is_not_packed() -> None:
    assert PackedBody.of(b"", gzip.compress(b"")) is None
