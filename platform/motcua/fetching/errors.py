"""What may go wrong, one class each: `code` tells screens which words to use."""

from __future__ import annotations


class FetchError(Exception):
    """Nothing usable came back. The message is for logs and names no secret."""

    code = "failed"


class AddressRefused(FetchError):
    """The address, or one it leads to, is not on the list or not a public machine's."""

    code = "refused"


class NameNotFound(FetchError):
    """The host's name leads to no address."""

    code = "name"


class Unreachable(FetchError):
    """No connection: refused, cut off, or the certificate is wrong."""

    code = "unreachable"


class TooSlow(FetchError):
    """The whole answer was not there in time."""

    code = "slow"


class TooLarge(FetchError):
    """The answer is larger than allowed, perhaps only when unpacked."""

    code = "large"


class TooManyRedirects(FetchError):
    """The host sends us round in circles."""

    code = "redirects"


class BadStatus(FetchError):
    """The host answers with an error. `status` is the HTTP status."""

    code = "status"

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class WrongType(FetchError):
    """The answer is of another content type than what was asked for, such as an error page."""

    code = "type"


class Truncated(FetchError):
    """The answer broke off, or is not what HTTP allows."""

    code = "truncated"
