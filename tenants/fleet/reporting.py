"""What an operator reads before and after an upgrade."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from tenants.migrating import Name
from tenants.models import TEMPLATE_SCHEMA

from .upgrading import Outcome, Survey

Say = Callable[[str], object]

NAMES_SHOWN = 5


def tell_lag(found: Survey, say: Say) -> None:
    """Tell who lags behind, sites that lack the same migrations together.

    Raises:
        CommandError: somebody does.
    """
    for name, missing in (("public", found.public), (TEMPLATE_SCHEMA, found.template)):
        if missing:
            say(f"{name}: {_listed(missing)}")
    for missing in dict.fromkeys(found.sites.values()):
        sites = [site.schema_name for site, lacks in found.sites.items() if lacks == missing]
        say(f"{_counted(sites)}: {_listed(missing)}")
    if found.spares:
        say(_("Spare schemas of an older template: %(count)s") % {"count": found.spares})
    for site in found.recovered:
        say(_("%(site)s is up to date, but still in maintenance.") % {"site": site.name})
    if found.lags:
        raise CommandError(_("Not everything is up to date."))
    say(_("Everything is up to date."))


def tell_outcome(outcome: Outcome, say: Say) -> None:
    """Tell what an upgrade did.

    Raises:
        CommandError: a site failed.
    """
    say(_("Migrated: %(done)s · failed: %(failed)s · left alone: %(untouched)s · new spares: "
          "%(spares)s") % {
        "done": len(outcome.migrated),
        "failed": len(outcome.failed),
        "untouched": outcome.untouched,
        "spares": outcome.spares,
    })  # fmt: skip
    if outcome.failed:
        raise CommandError(
            _("The failed sites show the maintenance page until a later run brings them up.")
        )


def _counted(schema_names: list[str]) -> str:
    shown = ", ".join(schema_names[:NAMES_SHOWN])
    more = ", …" if len(schema_names) > NAMES_SHOWN else ""
    return _("Sites that lag behind: %(count)s (%(names)s)") % {
        "count": len(schema_names),
        "names": shown + more,
    }


def _listed(missing: frozenset[Name]) -> str:
    shown = sorted(".".join(name) for name in missing)
    more = ", …" if len(shown) > NAMES_SHOWN else ""
    return ", ".join(shown[:NAMES_SHOWN]) + more
