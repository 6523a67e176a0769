"""The order of a deployment: public, template, sites, pool."""

from __future__ import annotations

from collections.abc import Callable

from django_tenants.utils import schema_context

from motcua.db import roles

from . import template
from .migrating import migrate_schema
from .models import TemplateDump


def migrate_public() -> int:
    """Migrate ``public`` as the owner role and renew the application's rights there.

    Returns:
        How many migrations were applied.
    """
    with roles.owner(), schema_context("public"):
        count = migrate_schema("public")
        roles.grant_application()
    return count


def prepare(say: Callable[[str], None]) -> TemplateDump:
    """Bring ``public`` and the template to the code's state; sites come after (`fleet`)."""
    say(f"public: {migrate_public()} migrations")
    dump = template.build()
    say(f"template: {dump.digest[:12]}")
    return dump


