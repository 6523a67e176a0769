"""What a site does in the background happens in that site."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tenants.utils import schema_context, tenant_context
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from motcua.jobs.models import Job
from sites.base.models import SiteImage
from tenants.models import Tenant
from tests.factories import create_article, create_image


def test_jobs_of_a_publication_run_in_its_site(alpha: Tenant, beta: Tenant, run_jobs: Any) -> None:
    Job.objects.all().delete()
    with tenant_context(alpha):
        article = create_article("Cầu mới ở Alpha")
    assert {job.site for job in Job.objects.all()} == {alpha.schema_name}
    run_jobs()
    ordered = Job.objects.filter(periodic="")
    assert set(ordered.values_list("status", flat=True)) == {"succeeded"}
    with tenant_context(alpha):
        assert _is_indexed(article)
    with tenant_context(beta):
        assert not IndexEntry.objects.filter(object_id=article.pk, title__contains="cau").exists()


def _is_indexed(article: Any) -> bool:
    kind = ContentType.objects.get_for_model(article)
    return IndexEntry.objects.filter(object_id=article.pk, content_type=kind).exists()


def test_reference_index_names_each_sites_own_users_of_an_image(
    alpha: Tenant, beta: Tenant, run_jobs: Any
) -> None:
    numbers = {}
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            numbers[tenant.label] = create_image().pk
    with tenant_context(alpha):
        image = SiteImage.objects.get()
        article = create_article("Bài có ảnh", lead_image=image)
    run_jobs()
    with tenant_context(alpha):
        users = ReferenceIndex.get_references_to(image)
        mirrors = article.get_translations()  # the alias of the English tree shows it too
        assert {row.object_id for row in users} == {str(page.pk) for page in [article, *mirrors]}
    assert numbers["alpha"] == numbers["beta"]
    with tenant_context(beta):
        assert not ReferenceIndex.get_references_to(SiteImage.objects.get()).exists()


def test_index_job_of_a_site_leaves_the_twins_entry_alone(
    twins: Any, alpha: Tenant, beta: Tenant, run_jobs: Any
) -> None:
    run_jobs()
    with tenant_context(alpha):
        page = twins.at_alpha
        page.title = "Tên khác hẳn"
        page.save_revision().publish()
    run_jobs()
    titles = {}
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            kind = ContentType.objects.get(model="articlepage")
            titles[tenant.label] = IndexEntry.objects.get(
                object_id=twins.number, content_type=kind
            ).title
    assert titles["alpha"] != titles["beta"]


def test_file_is_deleted_in_the_site_whose_transaction_ends_elsewhere(
    committed: Any, alpha: Tenant, beta: Tenant, run_jobs: Any
) -> None:
    """The commit comes after the site's context was left; the job is still the site's."""
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            create_image("anh.png")
    Job.objects.all().delete()
    with schema_context("public"), transaction.atomic(), tenant_context(alpha):
        SiteImage.objects.get().delete()
    assert {job.site for job in Job.objects.filter(task_path__contains="file")} == {
        alpha.schema_name
    }
    run_jobs()
    with tenant_context(beta):
        file = SiteImage.objects.get().file
        assert file.storage.exists(file.name)
    with tenant_context(alpha):
        assert not file.storage.exists(file.name)
