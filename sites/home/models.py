"""The home page: of a member site, or of the main portal."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from motcua.hub.models import Item, ItemKind
from sites.base import facts
from sites.base.models import BodyPage
from sites.news.models import ArticlePage
from tenants.models import Tenant

LATEST = 6
NEWEST = 9


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
    """Says whose site it is and what is new there; on the main portal, in the whole province."""

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
        own = self._province() if request.tenant.is_main else self._member(request.tenant)
        return {**context, **own}

    def _member(self, tenant: Tenant) -> dict[str, Any]:
        return {
            "latest_news": ArticlePage.objects.descendant_of(self).newest()[:LATEST],
            "sections": self.get_children().live().public().in_menu().specific(),
            "neighbours": facts.neighbours(tenant),
            "units": facts.units_below(),
        }

    def _province(self) -> dict[str, Any]:
        members = Tenant.objects.members().active().in_order().select_related("parent")
        agencies: dict[str, list[facts.SiteLink]] = {}
        for member in members.prefetch_related("domains"):
            link = facts.SiteLink(member.name, member.url, member.district_name)
            agencies.setdefault(member.kind, []).append(link)
        news = Item.objects.public().filter(kind=ItemKind.NEWS, language=get_language())
        return {
            "newest": news.newest()[:NEWEST],
            "agencies": agencies,
            "counts": {kind: len(links) for kind, links in agencies.items()},
        }
