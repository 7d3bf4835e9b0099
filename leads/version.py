"""Which Sluice this is."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """The version as installed; `unknown` when only the folders are there."""
    try:
        return version("sluice")
    except PackageNotFoundError:
        return "unknown"
