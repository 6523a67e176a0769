"""Wagtail's account page for a model with one name field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import account

from .forms import ProfileForm


class ProfilePanel(account.BaseSettingsPanel):
    name = "profile"
    title = _("Name and contact")
    order = 100
    form_class = ProfileForm


class AccountView(account.AccountView):
    """The signed-in person's settings; address and password are changed at `/accounts/`."""

    def get_panels(self) -> list[Any]:
        stock = [
            panel
            for panel in super().get_panels()
            if not isinstance(panel, account.NameEmailSettingsPanel)
        ]
        user = self.request.user
        profile = account.UserProfile.get_for_user(user)
        return [ProfilePanel(self.request, user, profile), *stock]
