"""The list of member sites."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from motcua.hub.models import Item, ItemKind
from tenants.lifecycle import Status
from tenants.models import Kind, Tenant

from .views import RegistryScreen

PER_PAGE = 50


class SiteFilterSet(WagtailFilterSet):
    """By kind, by status, and those whose upgrade failed."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"),
        choices=[choice for choice in Kind.choices if choice[0] != Kind.PROVINCE],
        widget=forms.CheckboxSelectMultiple,
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    failed = django_filters.ChoiceFilter(
        label=_("Upgrade"),
        choices=[("1", _("Failed"))],
        empty_label=_("All"),
        method="only_failed",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Tenant
        fields: list[str] = []

    def only_failed(self, queryset: QuerySet[Tenant], _name: str, _value: str) -> QuerySet[Tenant]:
        """Keep the sites that answer with the maintenance page."""
        return queryset.exclude(maintenance_error="")


class NameColumn(TitleColumn):
    """Name with the link to the site's screen, and its address below."""

    cell_template_name = "main/registry/name_cell.html"


class StatusColumn(StatusTagColumn):
    """Status, and a mark where an upgrade failed."""

    cell_template_name = "main/registry/status_cell.html"


class PublicationColumn(Column):
    """When the site last published something."""

    cell_template_name = "main/registry/publication_cell.html"


def with_last_publication(sites: QuerySet[Tenant]) -> QuerySet[Tenant]:
    """Annotate each site with ``last_publication``: when its newest item in the hub changed.

    Plain pages do not count: a newborn site has those without anybody having published.
    """
    newest = (
        Item.objects.filter(site=OuterRef("schema_name"))
        .exclude(kind=ItemKind.PAGE)
        .order_by()
        .values("site")
        .annotate(newest=Max("updated_at"))
    )
    return sites.annotate(last_publication=Subquery(newest.values("newest")))


class IndexView(RegistryScreen, BaseListingView):
    """Search, filters, order and pages over all member sites."""

    template_name = "main/registry/index.html"
    table_classname = "listing registry-listing"
    filterset_class = SiteFilterSet
    index_url_name = "member_sites:index"
    index_results_url_name = "member_sites:index_results"
    verbose_name_plural = _("member sites")
    is_searchable = True
    default_ordering = "name_sort"
    paginate_by = PER_PAGE
    columns = [
        NameColumn("name", label=_("Name"), url_name="member_sites:site", sort_key="name_sort"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("parent", label=_("Superior agency"), accessor="parent.name",
               sort_key="parent__name_sort"),
        StatusColumn("get_status_display", label=_("Status"), sort_key="status",
                     primary=lambda site: site.status == Status.ACTIVE),
        PublicationColumn("last_publication", label=_("Last publication"),
                          sort_key="last_publication"),
    ]  # fmt: skip

    def get_base_queryset(self) -> QuerySet[Tenant]:
        """All sites but the main portal, with what a row shows, in a fixed number of queries."""
        sites = Tenant.objects.members().select_related("parent").prefetch_related("domains")
        return with_last_publication(sites)

    def search_queryset(self, queryset: Any) -> QuerySet[Tenant]:
        """Search as the registry does: by name, label, agency code and domain, without tones."""
        return queryset.search(self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset: QuerySet[Tenant]) -> QuerySet[Tenant]:
        """Order with sites that lack the value last, and the same order every time."""
        name, descending = self.ordering.lstrip("-"), self.ordering.startswith("-")
        column = F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True)
        return queryset.order_by(column, "name_sort", "pk")

    @cached_property
    def header_buttons(self) -> list[Button]:
        """What one comes here to do besides looking."""
        return [
            HeaderButton(_("Add a site"), reverse("member_sites:new"), icon_name="plus"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The rarer ways."""
        url = reverse("member_sites:imports")
        return [Button(_("Import from a CSV file"), url, icon_name="upload", priority=10)]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home and the list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]
