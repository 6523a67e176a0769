"""Looking at the hub's items of a site, by other means than the code does."""

from __future__ import annotations

from django.db import connection
from wagtail.models import Page, PageViewRestriction

from motcua.hub.models import Item
from sites.base.sharing import MODEL


def item_of(page: Page) -> Item | None:
    """Return the hub's item of a page of the current site."""
    return Item.objects.filter(
        site=connection.schema_name, model=MODEL, object_id=str(page.pk)
    ).first()


def differences() -> list[str]:
    """Compare the hub with the current site, by other means than the code does; empty if equal."""
    restricted = [row.page.path for row in PageViewRestriction.objects.select_related("page")]
    public = {}
    for page in Page.objects.filter(live=True, alias_of=None).specific():
        hidden = any(page.path.startswith(path) for path in restricted)
        if getattr(page, "hub_kind", None) and not hidden:
            public[str(page.pk)] = page
    items = {item.object_id: item for item in Item.objects.filter(site=connection.schema_name)}
    found = [f"{key}: not in the hub" for key in public.keys() - items.keys()]
    found += [f"{key}: only in the hub" for key in items.keys() - public.keys()]
    for key in public.keys() & items.keys():
        page, item = public[key], items[key]
        told = (item.title, item.abstract, item.path, item.version, item.kind, item.language)
        true = (page.title, page.abstract, page.get_url_parts()[2], page.live_revision_id or 0,
                page.hub_kind, page.locale.language_code)  # fmt: skip
        if told != true:
            found.append(f"{key}: {told} instead of {true}")
    return found
