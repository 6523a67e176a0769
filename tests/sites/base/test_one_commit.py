"""Page and item change together, or not at all."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import tenant_context

from motcua.db import roles
from sites.news.models import ArticlePage, NewsPage
from tenants.models import Tenant
from tests.factories import create_article, home


@pytest.fixture
def broken_hub(committed: Any) -> Any:
    """A function that takes the hub's table away."""

    def break_it() -> None:
        with roles.owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE public.hub_item RENAME TO hub_item_away")

    return break_it


def test_publication_that_the_hub_refuses_does_not_happen(broken_hub: Any, alpha: Tenant) -> None:
    with tenant_context(alpha):
        article = create_article("Chưa đăng", publish=False)
        revision = article.latest_revision
        broken_hub()
        with pytest.raises(DatabaseError):
            revision.publish()
        stored = ArticlePage.objects.get(pk=article.pk)
        assert not stored.live
        assert stored.live_revision_id is None
        assert stored.first_published_at is None


@pytest.mark.parametrize("act", ["unpublish", "delete", "move", "slug"])
def test_act_that_the_hub_refuses_does_not_happen(act: str, broken_hub: Any, alpha: Tenant) -> None:
    with tenant_context(alpha):
        article = create_article(slug="bai")
        section = home().add_child(instance=NewsPage(title="Khác", slug="khac"))
        before = (article.slug, article.url_path, article.path)
        broken_hub()
        acts = {"unpublish": article.unpublish, "delete": article.delete,
                "move": lambda: article.move(section, pos="last-child"),
                "slug": lambda: _rename(article)}  # fmt: skip
        with pytest.raises(DatabaseError):
            acts[act]()
        stored = ArticlePage.objects.get(pk=article.pk)
        assert stored.live
        assert (stored.slug, stored.url_path, stored.path) == before


def _rename(article: ArticlePage) -> None:
    renamed = ArticlePage.objects.get(pk=article.pk)
    renamed.slug = "khac"
    renamed.save()


def test_page_and_item_appear_to_others_at_the_same_moment(committed: Any, alpha: Tenant) -> None:
    params = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    other = psycopg2.connect(**{name: params[name] for name in names if name in params})
    other.autocommit = True

    def seen() -> tuple[int, int]:
        with other.cursor() as cursor:
            cursor.execute(
                f'SELECT (SELECT count(*) FROM "{alpha.schema_name}".wagtailcore_page'
                " WHERE live AND slug = 'bai'),"
                " (SELECT count(*) FROM public.hub_item WHERE path = '/tin-tuc/bai/')"
            )
            counts: tuple[int, int] = cursor.fetchone()
        return counts

    with tenant_context(alpha), transaction.atomic():
        create_article(slug="bai")
        assert seen() == (0, 0)
    assert seen() == (1, 1)
    other.close()
