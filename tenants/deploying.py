"""The order of a deployment: public, template, sites, pool."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django_tenants.utils import schema_context

from motcua.db import roles

from . import catalogs, pool, schemas
from .fleet.comparing import lacking, refuse_stubborn
from .fleet.lock import only_one
from .fleet.progress import Progress
from .fleet.upgrading import Outcome, build_template, upgrade
from .migrating import migrate_patiently
from .models import TemplateDump


def migrate_public() -> int:
    """Migrate ``public`` as the owner role and renew the application's rights there.

    Returns:
        How many migrations were applied.
    """
    with roles.owner(), schema_context("public"):
        count = migrate_patiently("public")
        roles.grant_application()
    return count


def renew_rights() -> None:
    """Give the application its rights on ``public`` as it is.

    A deployment that was killed between the tables and their rights leaves the application
    unable to read its own record of migrations, and the next deployment with it.
    """
    with roles.owner(), schema_context("public"):
        roles.grant_application()


def prepare(say: Callable[[str], object]) -> TemplateDump:
    """Bring ``public`` and the template to the code's state; sites come after (`fleet`)."""
    say(_("Registry (public): %(count)s migrations") % {"count": migrate_public()})
    dump = build_template()
    say(_("Template: %(digest)s") % {"digest": dump.digest[:12]})
    return dump


def deploy(
    *, jobs: int = 0, canary: int = 0, progress: Progress, say: Callable[[str], object]
) -> Outcome:
    """Bring everything to the code's state. Repeatable; waits while another deployment runs.

    Args:
        jobs: sites at once; as many as there are processors if 0.
        canary: migrate so many sites first, and stop if one of them fails.
        progress: is told of each site.
        say: is told of each step.

    Returns:
        What became of the sites.

    Raises:
        NotAtomicError: a migration that a site lacks has ``atomic = False``.
        NotReadyError: see `fleet.upgrading.upgrade`.
        TooMightyError: the application's role is above row-level security.
    """
    roles.refuse_mighty_application()
    with only_one(say):
        renew_rights()
        refuse_stubborn(lacking(["public", *schemas.existing()]).values())
        prepare(say)
        outcome = upgrade(jobs=jobs, canary=canary, progress=progress)
        outcome.spares += pool.refill()
        catalogs.analyze()
    return outcome
