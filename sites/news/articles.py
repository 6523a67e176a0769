"""News sections and their articles."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from motcua.hub.models import ItemKind
from motcua.insight.visits import page_views
from sites.base.listing import Facet, facet, page_of
from sites.base.models import BodyPage, SitePage
from sites.base.stream_fields import BlocksField

from .categories import Category
from .forms import agency, tabs
from .metadata import dublin_core

PER_PAGE = 12
FEATURED = 3  # stories above the list
RELATED = 4
CATEGORY = "category"  # the parameter of the list
SYLLABLES_A_MINUTE = 230  # what an adult reads of Vietnamese prose


class Kind(models.TextChoices):
    """What an article is to a reader."""

    NEWS = ItemKind.NEWS.value, ItemKind.NEWS.label
    NOTICE = ItemKind.NOTICE.value, ItemKind.NOTICE.label


class ArticleQuerySet(PageQuerySet["ArticlePage"]):
    """Articles by intent."""

    def newest(self) -> ArticleQuerySet:
        """What visitors may read, newest first.

        What has expired is left out at once, before the job takes it off the air.
        """
        unexpired = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
        shown = self.live().public().filter(unexpired)
        return shown.order_by("-date", "-pk").select_related("lead_image", "category")

    def featured_first(self) -> ArticleQuerySet:
        """What visitors may read: what the webmaster features, then the rest, newest first."""
        return self.newest().order_by("-featured", "-date", "-pk")

    def in_category(self, slug: str) -> ArticleQuerySet:
        """Those in the category of this slug; all of them without one."""
        return self.filter(category__slug=slug) if slug else self

    def of_kind(self, kind: str) -> ArticleQuerySet:
        """News only, or notices only."""
        return self.filter(kind=kind)


class NewsPage(SitePage):
    """A list of articles, newest first, of the section and the sections below it."""

    default_kind = models.CharField(
        _("what is written here"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.NEWS,
        db_default=Kind.NEWS,
        help_text=_("New articles in this section begin as such."),
    )

    template = "pages/news.html"
    subpage_types = [
        "news.ArticlePage",
        "news.NewsPage",
        "news.EventsPage",
        "media.MediaPage",
    ]

    content_panels = [*SitePage.content_panels, FieldPanel("default_kind")]
    translatable_fields = [*SitePage.translatable_fields, SynchronizedField("default_kind")]

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")

    def articles(self) -> ArticleQuerySet:
        """What visitors may read in this section and those below, newest first."""
        return ArticlePage.objects.descendant_of(self).newest()

    def feed_entries(self, request: HttpRequest) -> QuerySet[ArticlePage]:
        """Return what a feed of the list has: newest first, of ``?category=`` if given."""
        return self.articles().in_category(request.GET.get(CATEGORY, ""))

    def feed_categories(self) -> list[tuple[str, str]]:
        """Return slug and name of each category that has articles here, in the webmaster's order.

        Each is a list and a feed of its own, under ``?category=`` with the slug.
        """
        used = Category.objects.in_order().filter(
            pk__in=self.articles().order_by().values("category")
        )
        return [(category.slug, category.title) for category in used]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``articles``, one page of them; a number out of range shows the nearest page.

        ``featured`` are the stories above the list, on its first page only; ``categories`` is
        the facet, ``category`` the one in force.
        """
        slug = request.GET.get(CATEGORY, "")
        articles = self.articles()
        featured = [] if slug else list(articles.filter(featured=True)[:FEATURED])
        others = articles.in_category(slug).exclude(pk__in=[story.pk for story in featured])
        page = page_of(request, others, PER_PAGE)
        category = Category.objects.filter(slug=slug).first() if slug else None
        return {
            **super().get_context(request, *args, **kwargs),
            "ancestors": self.get_ancestors(inclusive=bool(category)),
            "articles": page,
            "featured": featured if page.number == 1 else [],
            "categories": _categories(request, articles),
            "category": category,
        }


def _categories(request: HttpRequest, articles: ArticleQuerySet) -> Facet:
    numbers = articles.exclude(category=None).order_by().values_list("category")
    counts = dict(numbers.annotate(models.Count("pk")))
    used = Category.objects.in_order().filter(pk__in=counts)
    rows = [(category.slug, category.title, counts[category.pk]) for category in used]
    return facet(request, CATEGORY, str(_("Category")), rows)


class ArticlePage(BodyPage):
    """A piece of news, or a notice."""

    date = models.DateTimeField(_("date"), default=timezone.now)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWS, db_default=Kind.NEWS
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
    )
    featured = models.BooleanField(
        _("featured"),
        default=False,
        db_default=False,
        help_text=_("Stands first in its section and on the home page, until you untick it."),
    )
    author = models.CharField(
        _("author"),
        max_length=150,
        blank=True,
        default="",
        db_default="",
        help_text=_("Who wrote it; shown to readers."),
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Where the facts come from.")
    )
    related_pages = BlocksField(
        [("page", PageChooserBlock(label=_("Page")))],
        verbose_name=_("read on"),
        blank=True,
        default=list,
        db_default=models.Value([], models.JSONField()),
        max_num=RELATED,
        help_text=_("Choose up to four pages; the newest of the same category join them."),
    )

    template = "pages/article.html"
    parent_page_types = ["news.NewsPage"]
    subpage_types: ClassVar[list[str]] = []

    translatable_fields = [
        *BodyPage.translatable_fields,
        SynchronizedField("date"),
        SynchronizedField("kind"),
        SynchronizedField("category"),
        SynchronizedField("featured"),
        SynchronizedField("author"),
        TranslatableField("source"),
        SynchronizedField("related_pages"),
    ]

    objects = PageManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-date"], name="news_article_newest")]

    def begin(self, parent: Page, user: Any) -> None:
        """Fill in what a new article most likely says: whose it is, and its section's kind."""
        self.author = self.author or getattr(user, "name", "")
        self.source = self.source or agency(self.locale.language_code)
        self.kind = getattr(parent.specific, "default_kind", self.kind)

    @property
    def hub_kind(self) -> str:  # type: ignore[override]
        """News or notice."""
        return self.kind

    @property
    def hub_published_at(self) -> Any:
        """The article's own date."""
        return self.date

    @property
    def hub_featured(self) -> bool:
        """What the webmaster has ticked."""
        return self.featured

    @property
    def minutes(self) -> int:
        """How long reading takes, in whole minutes, at least one."""
        return max(1, round(len(f"{self.abstract} {self.body_text}".split()) / SYLLABLES_A_MINUTE))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``related``, ``views``, ``metadata``, and ``older`` and ``newer`` of the section."""
        others = ArticlePage.objects.sibling_of(self, inclusive=False).newest()
        earlier = {"pk__lt": self.pk} if self.pk else {}  # a preview is the latest of its day
        before = Q(date__lt=self.date) | Q(date=self.date, **earlier)
        return {
            **super().get_context(request, *args, **kwargs),
            "related": self.related(),
            "views": page_views(self.pk) if self.pk else 0,
            "older": others.filter(before).first(),
            "newer": others.exclude(before).reverse().first(),
            "metadata": dublin_core(
                self, creator=self.author, subject=str(self.category or ""), source=self.source
            ),
        }

    def related(self) -> list[Page]:
        """Return what to read on: chosen by hand, then the newest of its category or section."""
        chosen = self._chosen()[:RELATED]
        same = Q(path__startswith=self.path[: -self.steplen], depth=self.depth)
        if self.category_id:
            same |= Q(category=self.category_id)
        others = ArticlePage.objects.newest().filter(same, locale=self.locale_id)
        others = others.exclude(pk__in=[self.pk, *(page.pk for page in chosen)])
        nearer = Case(When(category=self.category_id, then=0), default=1)
        if self.category_id:
            others = others.order_by(nearer, "-date", "-pk")
        return [*chosen, *others[: RELATED - len(chosen)]]

    def _chosen(self) -> list[Page]:
        """The pages chosen by hand, in their order, in this page's language where they have it."""
        ids = [block["value"] for block in self.related_pages.raw_data if block["value"]]
        if not ids:
            return []
        keys = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
        shown = Page.objects.live().public().filter(translation_key__in=keys.values())
        shown = shown.filter(Q(locale=self.locale_id) | Q(pk__in=ids)).exclude(pk=self.pk)
        # Its own language last, so that it stays in the dictionary.
        order = shown.order_by(Case(When(locale=self.locale_id, then=1), default=0)).specific()
        found = {page.translation_key: page for page in order}
        return [found[keys[pk]] for pk in ids if keys.get(pk) in found]


ArticlePage.edit_handler = tabs(
    ArticlePage,
    content=[*BodyPage.content_panels],
    details=[
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("date"), FieldPanel("kind")]),
             FieldRowPanel([FieldPanel("category", widget=forms.Select), FieldPanel("featured")])],
            _("Where it appears"),
        ),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("source")], _("Whose it is")),
    ],
    relations=[FieldPanel("related_pages")],
)  # fmt: skip
