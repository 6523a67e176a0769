"""Included at the root, before the admin: some of its addresses are answered here."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from . import views
from .account_page import AccountView

urlpatterns = [
    path("admin/login/", views.admin_login),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/account/", require_admin_access(AccountView.as_view())),
    path("accounts/login/", views.LoginView.as_view(), name="account_login"),
    path("accounts/", include("allauth.account.urls")),
    path("invitation/<str:token>/", views.invitation, name="people_invitation"),
]
