"""The administration's look, and what it leaves out."""

from __future__ import annotations

from typing import Any

from django.db.models import SlugField
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem

from motcua.web.media import may_see_files

from . import appearance_urls
from .appearance_views import ICON, PERMISSION
from .bulk_publishing import PublishReadyPages
from .links import wagtail_hooks as link_hooks  # noqa: F401  (hooks of its own)
from .slug_input import VietnameseSlugInput
from .word_import import wagtail_hooks as word_hooks  # noqa: F401

hooks.register("register_bulk_action", PublishReadyPages, order=1)  # after Wagtail's own
register_form_field_override(SlugField, override={"widget": VietnameseSlugInput})


class AppearanceMenuItem(MenuItem):
    """Only there for those who may choose."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether this person looks after the site's settings."""
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_admin_urls")
def appearance_addresses() -> list[URLPattern | URLResolver]:
    """Answer below ``/admin/appearance/``."""
    return [path("appearance/", include(appearance_urls))]


@hooks.register("register_settings_menu_item")
def appearance_item() -> AppearanceMenuItem:
    """“Appearance” stands first among the settings."""
    return AppearanceMenuItem(
        _("Appearance"), reverse_lazy("appearance:edit"), name="appearance", icon_name=ICON,
        order=90,
    )  # fmt: skip


@hooks.register("insert_global_admin_css")
def brand() -> SafeString:
    """Paint the administration in the colours of the public pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/brand.css"))


@hooks.register("insert_editor_js")
def one_save_at_a_time() -> SafeString:
    """Let what is being saved by itself arrive before what its author sends."""
    return format_html('<script src="{}" defer></script>', static("admin/saving.js"))


@hooks.register("before_serve_document")
def keep_files_until_launch(document: Any, request: HttpRequest) -> None:
    """Show the files of a site in preparation to signed-in people only.

    Raises:
        Http404: somebody else asked.
    """
    if not may_see_files(request):
        raise Http404


@hooks.register("construct_main_menu")
def without_foreign_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out Wagtail's help, which leads to pages in English on other hosts."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
