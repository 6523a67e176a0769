"""Editing what the registry holds of a member site."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from tenants.actions import update_registration
from tenants.models import Tenant
from tenants.provisioning import NewSite

from .forms import RegistrationForm
from .views import SiteScreen, forget_hosts

FIELDS = (
    "name_vi", "name_en", "kind", "division_type", "agency_code", "parent", "languages", "theme",
)  # fmt: skip


class RegistrationView(SiteScreen, FormView):
    """Names, kind, code, superior agency, languages and theme of one site."""

    template_name = "main/registry/registration.html"
    page_title = gettext_lazy("Edit the registration")
    form_class = RegistrationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows the site."""
        return {**super().get_form_kwargs(), "tenant": self.tenant}

    def get_initial(self) -> dict[str, Any]:
        """What the registry holds."""
        stored = {name: getattr(self.tenant, name) for name in FIELDS}
        return {**stored, "parent": self.tenant.parent.label if self.tenant.parent else ""}

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        """Store what has changed."""
        assert form.site is not None  # noqa: S101 - a form without problems has its site
        # Locked, so that a suspension of the same moment is not undone by what was read before.
        tenant = Tenant.objects.select_for_update().get(pk=self.tenant.pk)
        changed = take_over(tenant, form.site)
        if changed:
            update_registration(tenant=tenant, by=self.request.user, changed=changed)
            forget_hosts()
        messages.success(self.request, _("The registration has been saved."))
        return redirect(self.site_url())

    def form_invalid(self, form: RegistrationForm) -> HttpResponse:
        """Show what is wrong beside the fields."""
        text = _("The registration could not be saved. Nothing has been changed.")
        messages.validation_error(self.request, text, form)
        return super().form_invalid(form)


def take_over(tenant: Tenant, site: NewSite) -> list[str]:
    """Put checked values into a site's row, unsaved.

    Returns:
        The names of the fields that differ from before.
    """
    changed = [name for name in FIELDS if getattr(tenant, name) != getattr(site, name)]
    for name in changed:
        setattr(tenant, name, getattr(site, name))
    return changed
