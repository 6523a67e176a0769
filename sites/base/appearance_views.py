"""The screen “Appearance”: choosing, trying before, going back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page, Site

from . import appearance
from .appearance_forms import ARTICLE, AppearanceForm, province_theme
from .settings import SiteSettings

ICON = "view"
PERMISSION = "base.change_sitesettings"

may_choose = permission_required(PERMISSION)


def _own(request: HttpRequest) -> SiteSettings:
    return SiteSettings.for_site(Site.find_for_request(request))


@may_choose
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show what there is to choose from, or store the choice."""
    form = AppearanceForm(request.POST or None, instance=_own(request))
    if request.method == "POST" and form.is_valid():
        appearance.choose(_own(request), look=form.chosen, by=request.user)
        messages.success(request, _("The site has its new look."))
        return redirect("appearance:edit")
    title = _("Appearance")
    context = {
        "form": form,
        "cards": form.cards(),
        "province": province_theme(request.tenant.theme),
        "undoable": appearance.previous(_own(request)) is not None,
        "page_title": title,
        "header_title": title,
        "header_icon": ICON,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "base/appearance/edit.html", context)


@may_choose
@require_POST
def go_back(request: HttpRequest) -> HttpResponse:
    """Return to the look before."""
    if appearance.go_back(_own(request), by=request.user):
        messages.success(request, _("The site looks as before."))
    return redirect("appearance:edit")


@may_choose
@never_cache
@xframe_options_sameorigin
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Show a page of the site in the look of the form's fields, which nobody else sees.

    Nothing is stored; POST is for the button that works without a script.

    Raises:
        Http404: the site has no such page.
    """
    data = request.POST or request.GET
    form = AppearanceForm(data, instance=_own(request))
    if not form.is_valid():
        return HttpResponseBadRequest(_("This look cannot be shown."))
    with appearance.trying(form.instance):
        response = _page(request, data).make_preview_request(request, preview_mode="")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(request: HttpRequest, data: Any) -> Any:
    home = Site.find_for_request(request).root_page
    if data.get("page") != ARTICLE:
        return home.specific
    number = appearance.newest_article()
    found = Page.objects.live().filter(pk=number).first() if number else None
    if found is None:
        found = home.get_descendants().live().public().in_menu().first()
    if found is None:
        raise Http404
    return found.specific
