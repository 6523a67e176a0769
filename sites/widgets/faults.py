"""What is wrong with a source, in words an administrator understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# The codes of `motcua.fetching.errors` and `motcua.readings.actions`.
FAULTS: dict[str, StrPromise] = {
    "refused": _("The source sends us to an address that is not on the list of allowed ones. "
                 "Nothing was fetched."),
    "name": _("The source's name cannot be found. Either it has moved, or this machine has no "
              "way to the internet."),
    "unreachable": _("No connection to the source. Either it is switched off, or a firewall is "
                     "in between."),
    "slow": _("The source did not answer within five seconds."),
    "large": _("The source sent more than a megabyte. Nothing of it was taken."),
    "redirects": _("The source sends us round in circles."),
    "status": _("The source answers with an error of its own."),
    "type": _("The source sent something else than data, perhaps a page that says it is being "
              "repaired."),
    "truncated": _("The answer broke off before its end."),
    "unreadable": _("The answer is not in the form that was agreed. If this goes on, the source "
                    "has changed its form."),
    "parameters": _("It is not said yet what to ask the source for."),
}  # fmt: skip
OTHER = _("The source cannot be read.")


def fault(code: str) -> str:
    """Return the words for an error's code, empty for none."""
    return str(FAULTS.get(code, OTHER)) if code else ""
