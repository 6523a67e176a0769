"""Once a day each site is compared with the hub, and the hub put right."""

from __future__ import annotations

from django.conf import settings
from django_tenants.utils import tenant_context
from wagtail.models import Page

from motcua.hub import actions
from motcua.hub.models import Item
from sites.base import jobs
from sites.base.reconciling import reconcile
from sites.base.sharing import MODEL
from tenants.models import Tenant
from tests.factories import create_article
from tests.motcua.hub.test_items import package


def test_nothing_is_wrong_with_any_newborn_site(main: Tenant, alpha: Tenant, beta: Tenant) -> None:
    for tenant in (main, alpha, beta):
        with tenant_context(tenant):
            assert reconcile() == []


def test_missing_wrong_and_left_over_items_are_found_and_put_right(here: Tenant) -> None:
    pages = [create_article(f"Bài {number}", slug=f"bai-{number}") for number in range(4)]
    missing, wrong, hidden, right = (str(page.pk) for page in pages)
    mine = Item.objects.filter(site=here.schema_name)
    mine.get(object_id=missing).delete()
    mine.filter(object_id=wrong).update(title="Tên cũ", path="/cu/")
    Page.objects.filter(pk=hidden).update(live=False)
    actions.put([package("987654", model=MODEL)])
    before = mine.values().get(object_id=right)
    assert set(reconcile()) == {missing, wrong, hidden, "987654"}
    assert mine.get(object_id=missing).title == "Bài 0"
    assert mine.get(object_id=wrong).path == "/tin-tuc/bai-1/"
    assert not mine.filter(object_id__in=[hidden, "987654"]).exists()
    after = mine.values().get(object_id=right)
    assert {**before, "stored_at": after["stored_at"]} == after
    assert reconcile() == []


def test_items_of_other_sites_and_of_other_models_are_left_alone(
    beta: Tenant, here: Tenant
) -> None:
    with tenant_context(beta):
        actions.put([package("987654", model=MODEL)])
    actions.put([package("1", model="test.thing")])
    assert reconcile() == []
    assert Item.objects.filter(site=beta.schema_name, object_id="987654").exists()
    assert Item.objects.filter(site=here.schema_name, model="test.thing").exists()


def test_it_is_done_for_every_site_every_day(here: Tenant) -> None:
    entry = settings.PERIODIC_JOBS["reconcile_hub"]
    assert (entry["scope"], entry["every"]) == ("site", 86_400)
    assert entry["task"] == jobs.reconcile_hub.module_path
    assert jobs.reconcile_hub.call() == []
