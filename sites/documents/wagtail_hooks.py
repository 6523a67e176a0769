"""Where documents appear in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from .import_views import ImportViewSet, sections_for
from .listing import DocumentListing
from .pages import LegalDocumentPage


class ImportMenuItem(MenuItem):
    """Only there for those who may publish documents somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person has a list to import into."""
        return bool(sections_for(request.user).exists())


ImportViewSet.menu_item_class = ImportMenuItem


class DocumentsGroup(ViewSetGroup):
    """“Legal documents”: all of them, and the import."""

    menu_label = pgettext_lazy("of a document", "Documents")
    menu_name = "legal-documents"
    menu_icon = "doc-full"
    menu_order = 160
    items = (DocumentListing("legal_documents"), ImportViewSet())


@hooks.register("register_admin_viewset")
def documents_group() -> DocumentsGroup:
    """“Legal documents”, right after the pages."""
    return DocumentsGroup()


@hooks.register("insert_global_admin_css")
def documents_css() -> SafeString:
    """Style the marks of deadlines and the screens of imports."""
    return format_html('<link rel="stylesheet" href="{}">', static("documents/admin.css"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_twins(request: HttpRequest, page: Any) -> None:
    """Say that the site has a document with this number and issuer already."""
    if not isinstance(page, LegalDocumentPage):
        return
    draft = page.get_latest_revision_as_object()
    twin = LegalDocumentPage.objects.same_as(draft).first()
    if twin is not None:
        text = _("There is another document %(number)s of this issuer: “%(title)s”.")
        button = messages.button(
            reverse("wagtailadmin_pages:edit", args=[twin.pk]), _("Look at it")
        )
        told = text % {"number": twin.number, "title": twin.title[:80]}
        messages.warning(request, told, buttons=[button])
