"""Images and documents stay on their own site, also under the same name and number."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.images.utils import generate_signature
from wagtail.models import Collection, CollectionViewRestriction

from sites.base.models import SiteDocument, SiteImage
from tenants.models import Tenant
from tests.factories import create_document, create_image


def body(response: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def documents(alpha: Tenant, beta: Tenant) -> dict[str, SiteDocument]:
    """A document of the same name, number and address on both sites."""
    found = {}
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            found[tenant.label] = create_document("bao-cao.txt", f"của {tenant.label}".encode())
    assert found["alpha"].pk == found["beta"].pk
    assert found["alpha"].url == found["beta"].url
    return found


@pytest.fixture
def images(alpha: Tenant, beta: Tenant) -> dict[str, SiteImage]:
    """A picture of the same name and number on both sites, red on alpha, blue on beta."""
    found = {}
    for tenant, colour in ((alpha, "red"), (beta, "blue")):
        with tenant_context(tenant):
            found[tenant.label] = create_image("anh.png", colour)
    assert found["alpha"].pk == found["beta"].pk
    assert found["alpha"].file.name == found["beta"].file.name
    return found


@pytest.mark.smoke
def test_document_of_the_same_name_is_each_sites_own(
    documents: Any, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for tenant in (alpha, beta):
        response = browse(tenant).get(documents[tenant.label].url)
        assert body(response).decode() == f"của {tenant.label}"


def test_image_of_the_same_name_is_each_sites_own(
    images: Any, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    answers = {}
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            path = images[tenant.label].get_rendition("fill-20x20").url
        answers[path, tenant.label] = body(browse(tenant).get(path))
    assert len({path for path, _label in answers}) == 1
    assert len(set(answers.values())) == 2


def test_media_address_names_no_schema(images: Any, alpha: Tenant) -> None:
    with tenant_context(alpha):
        assert images["alpha"].file.url == "/media/original_images/anh.png"
        assert images["alpha"].get_rendition("max-9x9").url.startswith("/media/images/anh")


def test_media_of_a_site_is_not_found_on_any_other_host(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        path = create_image("chi-alpha.png").file.url
    assert browse(alpha).get(path).status_code == 200
    assert browse(beta).get(path).status_code == 404
    assert browse(main).get(path).status_code == 404
    assert Client(HTTP_HOST="la.tinh.test").get(path).status_code == 404


@pytest.mark.parametrize("way", ["{schema}/{name}", "../{schema}/{name}", "%2e%2e/{schema}/{name}",
                                 "images/../../{schema}/{name}", "//{schema}/{name}",
                                 "..%5c{schema}%5c{name}"])  # fmt: skip
def test_no_way_leads_out_of_a_sites_folder(
    way: str, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        name = create_image("chi-alpha.png").file.name
    path = "/media/" + way.format(schema=alpha.schema_name, name=name)
    assert browse(beta).get(path).status_code == 404


def test_document_of_a_site_is_not_found_on_another(
    alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        path = create_document("chi-alpha.txt").url
    assert browse(alpha).get(path).status_code == 200
    assert browse(beta).get(path).status_code == 404


def test_document_is_not_served_past_the_view_that_asks_first(
    documents: Any, alpha: Tenant, browse: Any
) -> None:
    name = documents["alpha"].file.name
    assert name.startswith("documents/")
    for path in (f"/media/{name}", f"/media/./{name}", f"/media/images/../{name}",
                 f"/media//{name}", f"/media/{name.replace('/', '//')}"):  # fmt: skip
        assert browse(alpha).get(path).status_code == 404, path


def test_private_collection_of_a_site_binds_that_site_only(
    documents: Any, alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(alpha):
        collection = Collection.get_first_root_node().add_child(name="Nội bộ")
        SiteDocument.objects.update(collection=collection)
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
    path = documents["alpha"].url
    assert browse(alpha).get(path).status_code == 302
    at_beta = browse(beta, user=outsider)
    assert body(at_beta.get(path)) == "của beta".encode()
    stranger = browse(alpha)
    stranger.cookies = at_beta.cookies
    assert stranger.get(path).status_code == 302


def test_outsider_finds_no_image_or_document_of_another_site(
    alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(alpha):
        image, document = create_image("chi-alpha.png"), create_document("chi-alpha.txt")
    client = browse(beta, user=outsider)
    for path in ("/admin/images/", "/admin/documents/", "/admin/images/?q=alpha",
                 "/admin/images/chooser/", "/admin/documents/chooser/",
                 "/admin/api/main/images/", "/admin/api/main/documents/"):  # fmt: skip
        response = client.get(path)
        assert response.status_code == 200, path
        assert "chi-alpha" not in response.content.decode(), path
    for path in (f"/admin/images/{image.pk}/", f"/admin/documents/edit/{document.pk}/",
                 f"/admin/images/{image.pk}/generate_url/fill-9x9/"):  # fmt: skip
        assert client.get(path).status_code in {302, 404}, path


def test_deleting_an_image_leaves_the_other_sites_file(
    images: Any,
    alpha: Tenant,
    beta: Tenant,
    browse: Any,
    run_jobs: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    path = images["beta"].file.url
    with tenant_context(alpha), django_capture_on_commit_callbacks(execute=True):
        images["alpha"].delete()
    run_jobs()
    assert browse(alpha).get(path).status_code == 404
    assert browse(beta).get(path).status_code == 200


def test_signature_of_an_image_address_is_no_use_for_a_missing_image(
    alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    """No view serves images by signature: all are made when a page names them."""
    with tenant_context(alpha):
        image = create_image("chi-alpha.png")
        signature = generate_signature(image.pk, "fill-9x9")
    assert browse(beta).get(f"/images/{signature}/{image.pk}/fill-9x9/").status_code == 404
