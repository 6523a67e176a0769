"""The home page: of a member site, or of the main portal."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from sites.base.models import BodyPage, SiteSettings

from .hours import is_open
from .member import member
from .province import province


class HomePermissions(PagePermissionTester):
    """A site without its home page is none: nobody deletes, unpublishes or moves it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class HomePage(BodyPage):
    """Says whose site it is and what is new there; on the main portal, in the whole province.

    `places` maps the name of each place the site was given to the translation key of its pages.
    """

    places = models.JSONField(
        default=dict, editable=False, db_default=models.Value({}, models.JSONField())
    )

    hub_kind: ClassVar[str | None] = None
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = None

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def permissions_for_user(self, user: Any) -> HomePermissions:
        """Return what ``user`` may do with the home page."""
        return HomePermissions(user, self)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Choose between the main portal's face and a member's."""
        return "pages/main_home.html" if request.tenant.is_main else "pages/home.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the face needs: the site's own news, or the province's."""
        context = super().get_context(request, *args, **kwargs)
        language, now = get_language() or "vi", timezone.now()
        if request.tenant.is_main:
            return {**context, **province(language, now)}
        sections = self.get_children().live().public().in_menu().specific()
        return {**context, **member(request.tenant, language, now), "sections": sections}

    @property
    def is_open(self) -> bool | None:
        """Whether the agency's counter is open now; nothing where its hours cannot be read."""
        own = SiteSettings.objects.first()
        return is_open(own.working_hours, timezone.localtime()) if own else None


def home_page() -> HomePage | None:
    """Return the current site's Vietnamese home page, which remembers the site's places."""
    return HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
