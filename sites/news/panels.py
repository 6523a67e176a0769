"""What the admin's home says of the site's news."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component

from sites.base.word_import.views import import_url

from .models import ArticlePage, NewsPage

SHOWN = 5


class NewsPanel(Component):
    """A button to write a story, and the articles people here worked on last."""

    name = "news"
    template_name = "news/panels/news.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Add the section to write in, if the person may, and the latest articles."""
        assert parent_context is not None  # noqa: S101 - Wagtail always gives one
        section = news_section()
        articles = ArticlePage.objects.filter(alias_of=None).order_by(
            "-latest_revision_created_at", "-pk"
        )
        return {
            "write_url": write_url(section, parent_context["request"].user),
            "word_url": import_url(section, parent_context["request"].user) if section else "",
            "all_url": reverse("wagtailadmin_explore", args=[section.pk]) if section else "",
            "articles": articles.order_by("-latest_revision_created_at", "-pk").select_related(
                "locale"
            )[:SHOWN],
        }


def news_section() -> NewsPage | None:
    """Return the site's first news section in the reader's language, else in any."""
    sections = NewsPage.objects.order_by("path")
    own = sections.filter(locale__language_code=get_language() or "").first()
    return own or sections.first()


def write_url(section: NewsPage | None, user: Any) -> str:
    """Return where ``user`` begins an article in ``section``; empty if they may not."""
    if section is None or not section.permissions_for_user(user).can_add_subpage():
        return ""
    model = ArticlePage._meta
    return reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, section.pk])
