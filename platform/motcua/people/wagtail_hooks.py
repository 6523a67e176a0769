from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from . import bulk_actions
from .viewsets import InvitationViewSet

for action in [bulk_actions.AssignRole, bulk_actions.SetActiveState, bulk_actions.Delete]:
    # After Wagtail's own of the same name, wherever the app stands in INSTALLED_APPS.
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_account_menu_item")
def address_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("account_email"),
        "label": _("E-mail address"),
        "help_text": _("Change the address you sign in with."),
    }


@hooks.register("register_account_menu_item")
def password_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("account_change_password"),
        "label": _("Password"),
        "help_text": _("Change your password."),
    }


@hooks.register("register_admin_viewset")
def invitations() -> InvitationViewSet:
    return InvitationViewSet("people_invitations", url_prefix="invitations")
