"""The version of Sluice."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """Return the installed version; `unknown` if the package is not installed."""
    try:
        return version("sluice")
    except PackageNotFoundError:
        return "unknown"
