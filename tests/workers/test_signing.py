"""Signatures are those of the Standard Webhooks scheme."""

import base64
from uuid import UUID

from workers.signing import headers, secret_of_webhook, signature


def test_the_signature_is_that_of_the_published_example() -> None:
    made = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        '{"test": 2432232314}',
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_webhook_has_a_secret_of_its_own() -> None:
    one, other = (secret_of_webhook(b"k" * 32, UUID(int=place)) for place in (1, 2))
    assert one != other
    assert one != secret_of_webhook(b"x" * 32, UUID(int=1))
    assert len(base64.b64decode(one.removeprefix("whsec_"))) == 32
    assert set(headers(one, "msg_1", 1, "{}")) == {
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
    }
