"""Where webmasters find news, events and categories in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_filters.filters import (
    BooleanFilter,
    ChoiceFilter,
    DateFromToRangeFilter,
    ModelMultipleChoiceFilter,
)
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from sites.base.page_lists import EITHER, PageList, PageListFilters, PageListView, columns

from .models import ArticlePage, Category, EventPage


class MomentColumn(Column):
    """A date with its hour, as people here write it."""

    def get_value(self, instance: Any) -> str:
        """Return the moment on this site's clock."""
        moment = super().get_value(instance)
        if not moment:
            return ""
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


class NewsFilters(PageListFilters):
    """By what articles and events have in common."""

    featured = BooleanFilter(
        label=_("Featured"),
        widget=RadioSelect(choices=EITHER),
    )


class ArticleFilters(NewsFilters):
    """By date, category and kind."""

    date = DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    category = ModelMultipleChoiceFilter(
        label=_("Category"),
        queryset=lambda _request: Category.objects.in_order(),
        widget=CheckboxSelectMultiple,
    )
    kind = ChoiceFilter(
        label=_("Kind"),
        choices=ArticlePage._meta.get_field("kind").choices,
        empty_label=_("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = ArticlePage
        fields: list[str] = []


class EventFilters(NewsFilters):
    """By time and by whether it takes place."""

    starts_at = DateFromToRangeFilter(label=_("Begins"), widget=DateRangePickerWidget)
    cancelled = BooleanFilter(
        label=_("Cancelled"),
        widget=RadioSelect(choices=EITHER),
    )

    class Meta:
        model = EventPage
        fields: list[str] = []


class ArticlesView(PageListView):
    """The articles of the site, the newest first."""

    default_ordering = "-date"

    def annotate_queryset(self, pages: Any) -> QuerySet[Any]:
        """Fetch the categories of all rows at once."""
        found: QuerySet[Any] = super().annotate_queryset(pages).prefetch_related("category")
        return found


class EventsView(PageListView):
    """The events of the site, the latest first."""

    default_ordering = "-starts_at"


class ArticleListing(PageList):
    """All articles in one list, wherever they stand in the tree."""

    name = "news_articles"
    model = ArticlePage
    index_view_class = ArticlesView
    icon = "doc-full-inverse"
    menu_label = _("News and notices")
    filterset_class = ArticleFilters
    columns = columns(
        MomentColumn("date", label=_("Date"), sort_key="date", width="14%"),
        Column("category", label=_("Category"), width="16%"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", width="10%"),
    )


class EventListing(PageList):
    """All events in one list."""

    name = "news_events"
    model = EventPage
    index_view_class = EventsView
    icon = "calendar-alt"
    menu_label = _("Events")
    filterset_class = EventFilters
    columns = columns(
        MomentColumn("starts_at", label=_("Begins"), sort_key="starts_at", width="14%"),
        Column("place", label=_("Place"), width="20%"),
    )


class CategoryViewSet(SnippetViewSet):
    """The webmaster's list of categories, in an order of their own."""

    model = Category
    icon = "tag"
    menu_label = _("Categories")
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en"]

    def get_queryset(self, request: Any) -> QuerySet[Category]:
        """Return them in order."""
        return Category.objects.in_order()


class NewsGroup(SnippetViewSetGroup):
    """One entry of the menu with what belongs to news."""

    menu_label = _("News and events")
    menu_icon = "doc-full-inverse"
    menu_order = 150
    items = (ArticleListing, EventListing, CategoryViewSet)
