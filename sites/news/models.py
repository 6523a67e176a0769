"""News sections and their articles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from motcua.hub.models import ItemKind
from sites.base.models import BodyPage, SitePage

PER_PAGE = 12


class ArticleQuerySet(PageQuerySet["ArticlePage"]):
    """Articles by intent."""

    def newest(self) -> ArticleQuerySet:
        """What visitors may read, newest first."""
        return self.live().public().order_by("-date", "-pk").select_related("lead_image")


class NewsPage(SitePage):
    """A list of articles, newest first."""

    template = "pages/news.html"
    subpage_types = ["news.ArticlePage", "news.NewsPage"]

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``articles``, one page of them; a number out of range shows the nearest page."""
        articles = ArticlePage.objects.descendant_of(self).newest()
        page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "articles": page}


class ArticlePage(BodyPage):
    """A piece of news."""

    date = models.DateTimeField(_("date"), default=timezone.now)
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Where the facts come from.")
    )

    template = "pages/article.html"
    hub_kind: ClassVar[str | None] = ItemKind.NEWS
    parent_page_types = ["news.NewsPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels = [*SitePage.content_panels, FieldPanel("date"), FieldPanel("body"),
                      FieldPanel("source")]  # fmt: skip
    translatable_fields = [
        *BodyPage.translatable_fields,
        SynchronizedField("date"),
        TranslatableField("source"),
    ]

    objects = PageManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def hub_published_at(self) -> Any:
        """The article's own date."""
        return self.date

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``related``: the newest other articles of the same section."""
        siblings = ArticlePage.objects.sibling_of(self, inclusive=False).newest()
        return {**super().get_context(request, *args, **kwargs), "related": siblings[:4]}
