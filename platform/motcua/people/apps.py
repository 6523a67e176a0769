from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles and invitations of one site; its tables live in every site's schema."""

    name = "motcua.people"
    label = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the system checks)


class UsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with our model; replaces "wagtail.users"."""

    user_viewset = "motcua.people.viewsets.UserViewSet"
    default = False
