"""A newborn site is the template, letter by letter."""

from __future__ import annotations

from typing import Any

from django_tenants.utils import schema_context, tenant_context
from wagtail.models import Page

from sites.base.models import SiteSettings
from tenants import template
from tenants.models import TEMPLATE_SCHEMA
from tests.factories import create_tenant

AWKWARD = """Người nói: ''một'' và 'hai' \\ %s %(x)s {0}

-- this is no comment, it's text

SET default_tablespace = '';
\\unrestrict abc
site_template.wagtailcore_page \\site_template 'site_template'
"""


def test_texts_of_the_template_arrive_unchanged(committed: Any) -> None:
    with schema_context(TEMPLATE_SCHEMA):
        SiteSettings.objects.update(working_hours=AWKWARD)
        Page.objects.filter(depth=1).update(title="site_template")
    template.build()
    with tenant_context(create_tenant("gamma")):
        assert SiteSettings.objects.get().working_hours == AWKWARD
        assert Page.objects.get(depth=1).title == "site_template"


def test_template_that_did_not_change_is_not_dumped_again(committed: Any) -> None:
    assert template.build() == template.build()


def test_dump_leaves_the_sessions_settings_alone(committed: Any) -> None:
    statements = template.build().sql.splitlines()
    assert not [line for line in statements if line.startswith(("SET ", "--", "\\")) or not line]
