"""Pages go on and off the air when their hour has come, on the sites that have one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page

from motcua.hub.models import Item
from motcua.jobs.models import Job
from motcua.jobs.periodic import enqueue_due
from motcua.jobs.worker import Worker
from sites.base.jobs import NotAllDone, publish_due_pages
from sites.base.schedule import sites_with_due_pages
from sites.news.models import ArticlePage
from tenants.models import Tenant
from tests.factories import create_article

PAST = datetime.timedelta(minutes=-1)
FUTURE = datetime.timedelta(hours=1)


def schedule(when: datetime.timedelta, **fields: Any) -> ArticlePage:
    """Make an article that goes on the air then."""
    article = create_article(publish=False, **fields)
    article.go_live_at = timezone.now() + FUTURE
    article.save_revision().publish()
    revision = article.get_latest_revision()
    revision.approved_go_live_at = timezone.now() + when
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    return article


def expire(when: datetime.timedelta, **fields: Any) -> ArticlePage:
    """Make an article that goes off the air then."""
    article = create_article(**fields)
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() + when)
    return article


@pytest.mark.parametrize(
    ("make", "when", "is_due"),
    [(schedule, PAST, True), (schedule, FUTURE, False), (expire, PAST, True),
     (expire, FUTURE, False)],
)  # fmt: skip
def test_site_is_due_when_a_page_is(
    make: Any, when: datetime.timedelta, is_due: bool, alpha: Tenant, beta: Tenant
) -> None:
    with tenant_context(alpha):
        make(when)
    found = sites_with_due_pages([alpha.schema_name, beta.schema_name])
    assert found == ([alpha.schema_name] if is_due else [])


def test_expired_page_that_is_off_the_air_is_not_due(alpha: Tenant) -> None:
    with tenant_context(alpha):
        expire(PAST).unpublish()
    assert sites_with_due_pages([alpha.schema_name]) == []


def test_all_sites_are_asked_in_one_query(main: Tenant, alpha: Tenant, beta: Tenant) -> None:
    names = [tenant.schema_name for tenant in (main, alpha, beta)]
    with CaptureQueriesContext(connection) as queries:
        assert sites_with_due_pages(names) == []
    assert len([query for query in queries if "wagtailcore_page" in query["sql"]]) == 1


@pytest.mark.smoke
def test_worker_publishes_and_takes_down_on_due_sites_only(
    main: Tenant, alpha: Tenant, beta: Tenant, settings: Any
) -> None:
    entry = settings.PERIODIC_JOBS["publish_due_pages"]
    settings.PERIODIC_JOBS = {"publish_due_pages": entry}
    with tenant_context(alpha):
        coming, going = schedule(PAST, slug="den"), expire(PAST, slug="di")
    with tenant_context(beta):
        later = schedule(FUTURE)
    Job.objects.all().delete()
    enqueue_due()
    due = Job.objects.filter(task_path="sites.base.jobs.publish_due_pages")
    assert [job.site for job in due] == [alpha.schema_name]
    worker = Worker()
    worker.run_until_idle()
    worker.heartbeat.close()
    with tenant_context(alpha):
        assert Page.objects.get(pk=coming.pk).live
        assert not Page.objects.get(pk=going.pk).live
        assert Page.objects.get(pk=going.pk).expired
    with tenant_context(beta):
        assert not Page.objects.get(pk=later.pk).live
    paths = set(Item.objects.filter(site=alpha.schema_name).values_list("path", flat=True))
    assert "/tin-tuc/den/" in paths
    assert "/tin-tuc/di/" not in paths
    assert sites_with_due_pages([alpha.schema_name]) == []


def test_page_that_cannot_go_on_the_air_keeps_no_other_back(alpha: Tenant) -> None:
    with tenant_context(alpha):
        broken, sound = schedule(PAST, slug="hong"), schedule(PAST, slug="lanh")
        going = expire(PAST, slug="di")
        revision = broken.get_latest_revision()
        revision.content["locale"] = 0  # points at nothing
        revision.save()
        with pytest.raises(NotAllDone, match=rf"Revision {revision.pk}: "):
            publish_due_pages.call()
        live = set(Page.objects.filter(live=True).values_list("pk", flat=True))
    assert sound.pk in live
    assert not {broken.pk, going.pk} & live
