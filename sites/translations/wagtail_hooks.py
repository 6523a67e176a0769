"""Where the translation of a site appears in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from . import views
from .importing import PERMISSION
from .panels import TranslationsPanel


class TranslatorsMenuItem(MenuItem):
    """An entry for who may translate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    """The addresses of report and files."""
    own = [
        path("", views.ProgressView.as_view(), name="progress"),
        path("results/", views.ProgressView.as_view(results_only=True), name="progress_results"),
        path("po/", views.exchange, name="po"),
        path("po/<int:part>.po", views.export_file, name="export"),
        path("po/<uuid:job>/", views.imported, name="imported"),
    ]
    return [path("translations/", include((own, "translations"), namespace="translations"))]


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """The report stands among the reports."""
    return TranslatorsMenuItem(
        _("Translation progress"), reverse("translations:progress"), name="translation-progress",
        icon_name="wagtail-localize-language", order=690,
    )  # fmt: skip


@hooks.register("register_reports_menu_item")
def files_item() -> MenuItem:
    """So does the exchange of files."""
    return TranslatorsMenuItem(
        _("Translations as PO files"), reverse("translations:po"), name="translation-files",
        icon_name="download", order=691,
    )  # fmt: skip


@hooks.register("construct_homepage_panels")
def translations_panel(request: HttpRequest, shown: list[Any]) -> None:
    """The admin's home shows how far the translation has come."""
    if request.user.has_perm(PERMISSION):
        shown.append(TranslationsPanel())


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def words_of_page(page: Page, user: Any, **_context: Any) -> Iterator[Button]:
    """A Vietnamese page and those below it go out as a file of their own."""
    vietnamese = page.depth > 1 and page.locale.language_code == settings.LANGUAGE_CODE
    if vietnamese and user.has_perm(PERMISSION):
        address = f"{reverse('translations:po')}?page={page.pk}"
        yield Button(_("Words as a PO file"), address, icon_name="download", priority=70)
