"""The form that brings a new member site into the world."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin import messages

from tenants.models import Tenant
from tenants.problems import Problem
from tenants.provisioning import NewSite, SiteExistsError, create_site
from tenants.registry import Registry

from . import submissions
from .forms import NewSiteForm
from .labels import suggest_label
from .views import RegistryScreen, forget_hosts


class NewSiteView(RegistryScreen, FormView):
    """A site from one form; then its checklist."""

    template_name = "main/registry/new.html"
    page_title = gettext_lazy("New member site")
    form_class = NewSiteForm

    def get_initial(self) -> dict[str, Any]:
        """Both languages, under the main portal."""
        main = self.request.tenant
        token = submissions.new_token()
        return {"token": token, "languages": ["vi", "en"], "parent": main.label}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the main portal's domain, below which sites live unless told otherwise."""
        main = self.request.tenant
        return super().get_context_data(base_domain=main.primary_domain, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the site, or lead to the one that this very form has made already."""
        made = submissions.made_before(request.POST.get("token", ""), by=request.user)
        if made is not None:
            return redirect("member_sites:site", pk=made.pk)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: NewSiteForm) -> HttpResponse:
        """Make the site, unless somebody took its label in this moment."""
        assert form.site is not None  # noqa: S101 - a form without problems has its site
        try:
            tenant = self._create(form.site, form.cleaned_data["token"])
        except SiteExistsError:
            text = _("Somebody else made a site with this label or domain just now.")
            form.add_problems([Problem("label", text)])
            return self.form_invalid(form)
        text = _("“%(site)s” has been created. This is what is left to do before its launch.")
        messages.success(self.request, text % {"site": tenant.name})
        return redirect("member_sites:site", pk=tenant.pk)

    def _create(self, site: NewSite, token: str) -> Tenant:
        tenant = create_site(site, by=self.request.user)
        submissions.remember(token, tenant=tenant, by=self.request.user)
        forget_hosts()
        return tenant

    def form_invalid(self, form: NewSiteForm) -> HttpResponse:
        """Show what is wrong beside the fields."""
        text = _("The site could not be created. Nothing has been changed.")
        messages.validation_error(self.request, text, form)
        return super().form_invalid(form)


@require_safe
def suggestion(request: HttpRequest) -> HttpResponse:
    """Return, as JSON, the label that a name would get, for the form while it is filled in."""
    return JsonResponse({"label": suggest_label(request.GET.get("name", ""), Registry.load())})
