"""Refuse to run if another project owns one of our package names."""

from importlib.util import find_spec
from pathlib import Path

PACKAGES = (
    "leads",
    "intake",
    "dedupe",
    "spiders",
    "enrich",
    "sources",
    "qualify",
    "outreach",
    "engage",
    "workers",
    "actions",
    "console",
)
HOME = Path(__file__).resolve().parent.parent


def check_ownership() -> None:
    """Raise ImportError naming the first package that is not ours.

    The names are plain words (PyPI has projects called `dedupe` and `enrich`), and pip overwrites
    them silently.
    """
    for name in PACKAGES:
        spec = find_spec(name)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or origin.parent.parent != HOME:
            raise ImportError(
                f"package {name!r} is not Sluice's but {origin}; install Sluice in a clean"
                " environment"
            )
