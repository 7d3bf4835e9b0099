"""A channel policy that allows every channel, as of an agency whose companies gave consent."""

from pathlib import Path

from tests.console.conftest import Sluice

_RULE = (
    "  - {{countries: [any], channel: {}, says: allow, code: consent, why: agreed, source: us}}\n"
)
CHANNELS = ("phone", "email", "post", "social")


def use_open_policy(sluice: Sluice, folder: Path, client: str = "default") -> None:
    """Put a policy in force by which every channel may be used."""
    file = folder / "open.yaml"
    rules = "".join(_RULE.format(channel) for channel in CHANNELS)
    file.write_text(
        "policy: open\nversion: 1\nchannels: [phone, email, post, social]\n"
        f"nothing_known: serve\nrules:\n{rules}"
    )
    sluice("policy", "use", file, "--client", client)
