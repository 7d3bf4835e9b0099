"""Messages are believed only with a signature of the Standard Webhooks scheme, near their time."""

import base64
import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.signing import headers
from workers.verifying import (
    TOLERANCE,
    Envelope,
    is_signed,
    is_timely,
    read_envelope,
    read_signatures,
    secret_bytes,
    secret_text,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PUBLISHED = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
BODY = b'{"test": 2432232314}'
SIGNATURE = PUBLISHED["webhook-signature"]


def key(secret: str = SECRET) -> bytes:
    found = secret_bytes(secret)
    assert found is not None
    return found


def envelope(**changed: str) -> Envelope | None:
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    return read_envelope(PUBLISHED | named)


def test_the_published_example_is_signed_and_nothing_like_it() -> None:
    found = envelope()
    assert found is not None
    assert (found.message_id, found.sent_at) == ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330)
    assert is_signed(found, BODY, [key()])
    assert is_signed(found, BODY, [b"x" * 32, key()])
    assert not is_signed(found, BODY + b" ", [key()])
    assert not is_signed(found, BODY, [b"x" * 32])
    assert not is_signed(found, BODY, [])
    assert not is_signed(replace(found, message_id="msg_other"), BODY, [key()])
    assert not is_signed(replace(found, sent_at=1614265331), BODY, [key()])


@pytest.mark.parametrize(
    ("header", "number"),
    [
        (SIGNATURE, 1),
        (f"v1a,AAAA {SIGNATURE}", 1),
        (f"{SIGNATURE} {SIGNATURE}", 2),
        ("", 0),
        ("v1", 0),
        ("v1,", 0),
        (SIGNATURE.removeprefix("v1,"), 0),
        (SIGNATURE.replace("v1", "v2"), 0),
        (SIGNATURE[:-1], 0),
        (SIGNATURE.replace("+", "-"), 0),
        ("v1,é", 0),
        ("v1," + base64.b64encode(b"x" * 31).decode(), 0),
        (" ".join([SIGNATURE] * 500), 10),
    ],
)
def test_signatures_of_a_header(header: str, number: int) -> None:
    assert len(read_signatures(header)) == number


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook_id": ""},
        {"webhook_id": "msg.1614265330"},
        {"webhook_id": "msg 1"},
        {"webhook_id": "é"},
        {"webhook_id": "m" * 201},
        {"webhook_timestamp": ""},
        {"webhook_timestamp": "-1614265330"},
        {"webhook_timestamp": "1614265330.5"},
        {"webhook_timestamp": "١٦١٤٢٦٥٣٣٠"},
        {"webhook_timestamp": "9" * 13},
        {"webhook_timestamp": "2021-02-25T15:02:10Z"},
        {"webhook_signature": ""},
        {"webhook_signature": "v1,AAAA"},
    ],
)
def test_headers_that_are_not_of_the_scheme(changed: dict[str, str]) -> None:
    assert envelope(**changed) is None


@pytest.mark.parametrize(
    ("off", "timely"),
    [
        (0, True),
        (TOLERANCE, True),
        (-TOLERANCE, True),
        (TOLERANCE + 1, False),
        (-TOLERANCE - 1, False),
        (10**9, False),
    ],
)
def test_the_clock_of_a_sender_may_be_off_a_little(off: int, timely: bool) -> None:
    found = envelope()
    assert found is not None
    assert is_timely(found, 1614265330 + off) == timely


@given(st.text(max_size=300))
def test_no_header_makes_the_reader_fail(text: str) -> None:
    for name in PUBLISHED:
        read_envelope(PUBLISHED | {name: text})
    assert all(len(one) == 32 for one in read_signatures(text))
    secret_bytes(text)


@given(st.binary(min_size=24, max_size=64), st.binary(max_size=300), st.integers(0, 10**10))
def test_what_we_sign_we_believe_and_with_no_other_key(made: bytes, body: bytes, at: int) -> None:
    text = body.hex()
    found = read_envelope(headers(secret_text(made), "msg_1", at, text))
    assert found is not None
    assert is_signed(found, text.encode(), [made])
    assert not is_signed(found, text.encode() + b"0", [made])
    assert not is_signed(found, text.encode(), [made[:-1] + bytes([made[-1] ^ 1])])


@given(st.integers(0, 31), st.integers(1, 255))
def test_no_signature_that_is_nearly_right_is_believed(place: int, flipped: int) -> None:
    signed = b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330." + BODY
    right = bytearray(hmac.digest(key(), signed, hashlib.sha256))
    right[place] ^= flipped
    found = Envelope("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, (bytes(right),))
    assert not is_signed(found, BODY, [key()])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_é",
        "whsec_" + base64.b64encode(b"x" * 23).decode(),
        "whsec_" + base64.b64encode(b"x" * 65).decode(),
    ],
)
def test_what_is_no_secret(text: str) -> None:
    assert secret_bytes(text) is None


def test_a_secret_is_written_as_it_is_read() -> None:
    assert secret_text(key()) == SECRET
