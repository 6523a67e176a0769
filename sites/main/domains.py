"""The addresses of a member site: one answers, the others lead to it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from tenants import actions
from tenants.models import Domain

from .forms import DomainForm
from .views import SiteScreen, forget_hosts


class DomainScreen(SiteScreen):
    """What the screens about domains share: the way back, and the domain the address names."""

    def domains_url(self) -> str:
        """Return the address of the list of domains."""
        return reverse("member_sites:domains", args=[self.tenant.pk])

    @cached_property
    def domain(self) -> Domain:
        """The domain of this site that the address names; 404 for another site's."""
        return get_object_or_404(self.tenant.domains, pk=self.kwargs["domain_pk"])


class DomainsView(DomainScreen, FormView):
    """The list, with the form that adds one below it."""

    template_name = "main/registry/domains.html"
    form_class = DomainForm

    def get_page_title(self) -> str:
        """Whose domains they are."""
        return _("Domains of %(name)s") % {"name": self.tenant.name}

    def form_valid(self, form: DomainForm) -> HttpResponse:
        """Add the domain, unless somebody else just did."""
        data = form.cleaned_data
        try:
            actions.add_domain(tenant=self.tenant, by=self.request.user, **data)
        except IntegrityError:
            form.add_error("domain", _("Somebody else took this domain just now."))
            return self.form_invalid(form)
        forget_hosts()
        messages.success(self.request, _("%(domain)s has been added.") % data)
        return redirect(self.domains_url())


class MakePrimaryView(DomainScreen, View):
    """Let the site answer under another of its domains."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make it so."""
        actions.make_primary(domain=self.domain, by=request.user)
        forget_hosts()
        text = _("The site now answers under %(domain)s; its other domains lead there.")
        messages.success(request, text % {"domain": self.domain.domain})
        return redirect(self.domains_url())


class RemoveDomainView(DomainScreen, TemplateView):
    """Ask, then take a domain from the site."""

    template_name = "main/registry/remove_domain.html"

    def get_page_title(self) -> str:
        """Which one."""
        return _("Remove %(domain)s?") % {"domain": self.domain.domain}

    def breadcrumbs_between(self) -> list[dict[str, Any]]:
        """Lead through the list of domains."""
        return [*super().breadcrumbs_between(), {"url": self.domains_url(), "label": _("Domains")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the domain and the way back."""
        return super().get_context_data(
            domain=self.domain, domains_url=self.domains_url(), **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove it, or say why it stays."""
        name = self.domain.domain
        try:
            actions.remove_domain(domain=self.domain, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.domains_url())
        forget_hosts()
        messages.success(request, _("%(domain)s has been removed.") % {"domain": name})
        return redirect(self.domains_url())
