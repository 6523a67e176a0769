"""Every page says whose site it is, from the registry and the site's settings."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from django_tenants.utils import tenant_context
from wagtail.models import Site

from motcua.web import hosts
from sites.base import facts
from sites.base.models import SiteSettings
from tenants import actions
from tenants.models import Domain, Kind, Tenant
from tests.factories import create_image, create_tenant


def portal(tenant: Tenant) -> facts.PortalFacts:
    """The facts of a site, as a visitor of it would get them."""
    with tenant_context(tenant):
        return facts.portal_facts(tenant, Site.objects.get())


@pytest.mark.parametrize(
    ("kind", "name", "vietnamese", "english"),
    [(Kind.COMMUNE, "Xã Tân Hòa", "Ủy ban nhân dân xã Tân Hòa", "Tan Hoa Commune"),
     (Kind.DISTRICT, "Huyện Cái Bè", "Ủy ban nhân dân huyện Cái Bè", "Cai Be District"),
     (Kind.DEPARTMENT, "Sở Y tế", "Sở Y tế", "Department of Health")],
)  # fmt: skip
def test_agency_signs_with_its_formal_name(
    kind: str, name: str, vietnamese: str, english: str
) -> None:
    tenant = Tenant(kind=kind, name_vi=name, name_en=english)
    assert facts.formal_name(tenant) == vietnamese
    with translation.override("en"):
        assert english in facts.formal_name(tenant)


def test_settings_of_the_webmaster_are_on_every_page(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        SiteSettings.objects.update(
            slogan="Vì dân phục vụ", phone="0273 3872 184", email="vp@alpha.test",
            address="Số 1, đường 30/4", responsible_person="Nguyễn Văn A",
            responsible_role="Chủ tịch", working_hours="7:00 – 17:00",
        )  # fmt: skip
    for path in ("/", "/tin-tuc/", "/lien-he/"):
        text = browse(alpha).get(path).content.decode()
        for written in ("0273 3872 184", "vp@alpha.test", "Số 1, đường 30/4", "Nguyễn Văn A"):
            assert written in text, (path, written)


def test_english_pages_show_english_settings(alpha: Tenant) -> None:
    with tenant_context(alpha):
        SiteSettings.objects.update(slogan="Vì dân", address="Số 1", address_en="No. 1")
    with translation.override("en"):
        shown = portal(alpha)
    assert shown.address == "No. 1"
    assert (portal(alpha).address, portal(alpha).slogan) == ("Số 1", "Vì dân")


def test_english_pages_carry_vietnamese_facts_but_no_vietnamese_slogan(alpha: Tenant) -> None:
    with tenant_context(alpha):
        SiteSettings.objects.update(slogan="Vì dân", address="Số 1", address_en="")
    with translation.override("en"):
        shown = portal(alpha)
    assert (shown.address, shown.slogan) == ("Số 1", "")


def test_settings_of_a_site_are_on_no_other(alpha: Tenant, beta: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        SiteSettings.objects.update(phone="0273 111")
    assert "0273 111" not in browse(beta).get("/").content.decode()


def test_logo_is_the_sites_picture(alpha: Tenant) -> None:
    with tenant_context(alpha):
        SiteSettings.objects.update(logo=create_image("logo.png"))
    assert portal(alpha).logo.title == "logo.png"


def test_channels_are_listed(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        own = SiteSettings.objects.get()
        own.channels = [("channel", {"kind": "zalo", "label": "Zalo Alpha",
                                     "url": "https://zalo.me/1"})]  # fmt: skip
        own.save()
    assert portal(alpha).channels == [
        {"kind": "zalo", "label": "Zalo Alpha", "url": "https://zalo.me/1"}
    ]
    assert "https://zalo.me/1" in browse(alpha).get("/").content.decode()


def test_site_names_its_superior_and_the_main_portal(
    main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    with tenant_context(beta):
        assert facts.parent_link(beta) == facts.SiteLink("Huyện Alpha", alpha.url)
        assert facts.main_link() == facts.SiteLink("Tỉnh Thử", main.url)
    with tenant_context(main):
        assert facts.parent_link(main) is None


def test_neighbours_are_active_sites_of_the_same_kind_and_superior(
    alpha: Tenant, beta: Tenant
) -> None:
    create_tenant("gan", name_vi="Xã Gần", parent=alpha)
    create_tenant("am", name_vi="Xã Ấm", parent=alpha)
    create_tenant("dong", name_vi="Xã Đóng", parent=alpha, launch=False)
    create_tenant("xa", name_vi="Xã Xa")
    with tenant_context(beta):
        assert [link.name for link in facts.neighbours(beta)] == ["Xã Ấm", "Xã Gần"]
    with tenant_context(alpha):
        assert [unit.name for unit in facts.units_below()] == ["Xã Ấm", "Xã Beta", "Xã Gần"]


def test_new_name_is_on_the_sites_pages_at_once(alpha: Tenant, browse: Any) -> None:
    alpha.name_vi = "Thị xã Alpha"
    actions.update_registration(tenant=alpha, by="test", changed=["name_vi"])
    assert "Thị xã Alpha" in browse(alpha).get("/").content.decode()


def test_new_primary_domain_is_in_full_addresses_at_once(alpha: Tenant) -> None:
    domain = Domain.objects.create(domain="moi.tinh.test", tenant=alpha, is_primary=False)
    with tenant_context(alpha):
        assert Site.objects.get().root_page.full_url == "http://alpha.tinh.test/"
    actions.make_primary(domain=domain, by="test")
    with tenant_context(alpha):
        assert Site.objects.get().root_page.full_url == "http://moi.tinh.test/"


def test_canonical_address_follows_the_registry_also_in_processes_that_did_not_change_it(
    alpha: Tenant, browse: Any
) -> None:
    browse(alpha).get("/tin-tuc/")
    Domain.objects.filter(tenant=alpha).update(domain="moi.tinh.test")  # as by another process
    hosts.cache.clear()
    moved = Tenant.objects.get(pk=alpha.pk)
    text = browse(moved).get("/tin-tuc/").content.decode()
    assert '<link rel="canonical" href="http://moi.tinh.test/tin-tuc/">' in text
    assert "alpha.tinh.test" not in text


def test_links_to_other_sites_are_remembered_for_seconds(
    beta: Tenant, django_assert_num_queries: Any
) -> None:
    with tenant_context(beta):
        facts.parent_link(beta)
        with django_assert_num_queries(0):
            facts.parent_link(beta)
            facts.main_link()
        cache.clear()
        assert facts.SHORT <= 10
