"""Errors say what the caller does next; each kind has its exit code.

SluiceError                 1  something failed
├── UsageError              2  a flag, a setting or a file of the user's is wrong
├── NotFoundError           3  no such thing; NoCampaignError: the client has no campaign yet
├── NotAllowedError         4  the thing exists, and this may not be done to it
├── PartlyDoneError         5  some rows were rejected; a reject file was written
└── ServiceDownError        6  a database or a queue does not answer
"""


class SluiceError(Exception):
    """Something failed; no partial result was written."""

    exit_code = 1
    code = "failed"

    def __init__(self, message: str | None = None, hint: str = "") -> None:
        """`message` says what is wrong (default: the class docstring); `hint` says how to fix
        it.
        """
        self.message = message or " ".join((self.__doc__ or "").split("\n\n")[0].split())
        self.hint = hint
        super().__init__(self.message)


class UsageError(SluiceError):
    """The command was called with wrong arguments."""

    exit_code = 2
    code = "usage"


class NotFoundError(SluiceError):
    """Not found."""

    exit_code = 3
    code = "not_found"


class NoCampaignError(NotFoundError):
    """The client has no campaign yet."""


class NotAllowedError(SluiceError):
    """Not allowed."""

    exit_code = 4
    code = "not_allowed"


class PartlyDoneError(SluiceError):
    """Some rows were rejected."""

    exit_code = 5
    code = "partly_done"


class ServiceDownError(SluiceError):
    """A service is not responding. Start it and run the command again."""

    exit_code = 6
    code = "service_down"
