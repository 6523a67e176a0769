"""English lists mark each entry that is still in Vietnamese."""

from __future__ import annotations

from typing import Any

from django_tenants.utils import tenant_context

from sites.base import mirroring
from sites.home import places
from tenants.models import Tenant
from tests.sites.discovery import making

TAG = '<span class="tag" lang="en">In Vietnamese</span>'
# Places with a list, and how many of the entries made stand in each.
LISTS = {"news": 1, "events": 1, "documents": 1, "statistics": 1, "projects": 1, "structure": 1,
         "leaders": 1, "directory": 2, "media": 2}  # fmt: skip


def test_every_list_marks_what_is_not_translated(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        for make in making.EVERYTHING:
            make()
        mirroring.mirror_missing()
        addresses = {name: places.find(name, "en").get_url_parts()[2] for name in LISTS}
        vietnamese = places.find("documents").get_url_parts()[2]
    found = {name: browse(alpha).get(path).content.decode().count(TAG)
             for name, path in addresses.items()}  # fmt: skip
    assert found == LISTS
    assert TAG not in browse(alpha).get(vietnamese).content.decode()
