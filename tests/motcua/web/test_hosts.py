"""From a host to its site: every spelling of a known one, and nothing for any other."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.web import hosts
from tenants.models import Domain, Tenant


def get(host: str, path: str = "/") -> Any:
    """Request a path under a host."""
    return Client(HTTP_HOST=host).get(path)


@pytest.mark.parametrize(
    "host", ["alpha.tinh.test", "ALPHA.Tinh.TEST", "alpha.tinh.test.", "alpha.tinh.test:8000",
             "Alpha.tinh.test.:443"]
)  # fmt: skip
def test_every_spelling_of_a_host_finds_its_site(host: str, alpha: Tenant) -> None:
    assert alpha.name_vi in get(host).content.decode()


@pytest.mark.parametrize(
    "host", ["la.tinh.test", "x.alpha.tinh.test", "tinh.test.evil.test", "alpha.tinh.test.evil",
             "127.0.0.1", "[::1]", "[::1]:8000", "alpha..tinh.test", "-", "..", "alpha.tinh.test:x",
             "alpha.tinh.test/..", "a b", "alpha.tinh.test@evil.test", "", "%00", "xã.tinh.test",
             "s_000000000000", "public", "a" * 300]
)  # fmt: skip
def test_unknown_or_impossible_host_is_not_found(host: str, alpha: Tenant) -> None:
    response = get(host)
    assert response.status_code == 404
    assert alpha.name_vi not in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_unknown_hosts_page_speaks_the_addresss_language(db: None) -> None:
    """Not that of the thread's last visitor."""
    from django.utils import translation

    with translation.override("en"):
        vietnamese = get("la.tinh.test").content
    assert get("la.tinh.test").content == vietnamese


def test_admin_and_media_of_an_unknown_host_are_not_found(db: None) -> None:
    for path in ("/admin/", "/accounts/login/", "/media/x.png", "/documents/1/x.txt", "/en/"):
        assert get("la.tinh.test", path).status_code == 404


@pytest.mark.smoke
def test_second_domain_redirects_to_the_primary_with_path_and_query(alpha: Tenant) -> None:
    Domain.objects.create(domain="cu.tinh.test", tenant=alpha, is_primary=False)
    response = get("cu.tinh.test", "/tin-tuc/?page=2&q=%C4%91%E1%BA%A5t")
    assert response.status_code == 301
    assert response["Location"] == f"{alpha.url}/tin-tuc/?page=2&q=%C4%91%E1%BA%A5t"


def test_redirect_never_leaves_the_sites_own_domain(alpha: Tenant) -> None:
    Domain.objects.create(domain="cu.tinh.test", tenant=alpha, is_primary=False)
    for path in ("//evil.test/", "/\\evil.test/", "/%0d%0aX: y"):
        assert get("cu.tinh.test", path)["Location"].startswith(f"{alpha.url}/")


def test_redirect_names_the_public_port(alpha: Tenant, settings: Any) -> None:
    settings.PUBLIC_PORT = 8000
    Domain.objects.create(domain="cu.tinh.test", tenant=alpha, is_primary=False)
    assert get("cu.tinh.test:8000", "/a/")["Location"] == "http://alpha.tinh.test:8000/a/"


def test_serving_domain_answers_itself(main: Tenant) -> None:
    Domain.objects.create(domain="localhost", tenant=main, is_primary=False, serves=True)
    response = get("localhost:8000")
    assert response.status_code == 200
    assert main.name_vi in response.content.decode()


def test_links_of_a_page_stay_on_a_serving_domain(main: Tenant) -> None:
    Domain.objects.create(domain="localhost", tenant=main, is_primary=False, serves=True)
    assert 'href="/tin-tuc/"' in get("localhost").content.decode()


def test_forwarded_host_is_not_believed(alpha: Tenant, beta: Tenant) -> None:
    client = Client(HTTP_HOST=alpha.primary_domain, HTTP_X_FORWARDED_HOST=beta.primary_domain)
    text = client.get("/").content.decode()
    assert f"<title>{beta.name_vi}" not in text
    assert alpha.name_vi in text


def lookups(host: str) -> int:
    """How many queries finding a host's site costs."""
    with CaptureQueriesContext(connection) as queries:
        hosts.cache.find(host)
    return len([query for query in queries if "tenants_" in query["sql"]])


def test_known_host_costs_a_query_only_once_in_seconds(alpha: Tenant) -> None:
    assert lookups(alpha.primary_domain) > 0
    assert lookups(alpha.primary_domain) == 0


def test_unknown_host_is_remembered_too_and_shorter(alpha: Tenant) -> None:
    assert lookups("la.tinh.test") == 1
    assert lookups("la.tinh.test") == 0
    assert 0 < hosts.UNKNOWN_FOR < hosts.KNOWN_FOR <= 10


def test_new_domain_answers_within_the_time_an_unknown_one_is_remembered(alpha: Tenant) -> None:
    assert get("moi.tinh.test").status_code == 404
    Domain.objects.create(domain="moi.tinh.test", tenant=alpha, is_primary=False)
    time.sleep(hosts.UNKNOWN_FOR + 0.05)
    assert get("moi.tinh.test").status_code == 301


def test_invented_hosts_push_out_the_longest_unused(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(hosts, "CAPACITY", 10)
    cache = hosts.HostCache()
    for number in range(25):
        cache.find(f"la-{number}.tinh.test")
    assert list(cache._entries) == [f"la-{number}.tinh.test" for number in range(15, 25)]


def test_request_without_a_host_is_not_found(db: None) -> None:
    from motcua.web.sites import SiteMiddleware

    request = HttpRequest()
    request.path = request.path_info = "/"
    request.method = "GET"
    assert SiteMiddleware(lambda _request: None)(request).status_code == 404  # type: ignore
