"""The keyed hash of a key is the HMAC-SHA256 of its kind and form: stored ones stay valid."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from outreach.keys import Key, digest

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(_TEXT, _TEXT, st.binary(max_size=200))
def test_a_keyed_hash_is_that_of_the_standard_library(kind: str, form: str, secret: bytes) -> None:
    made = digest(Key(kind, form), secret)

    assert made == hmac.new(secret, f"{kind}\0{form}".encode(), "sha256").hexdigest()
