"""Addresses of Wagtail's admin that are answered here; included at `/admin/`, before Wagtail."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from . import views
from .account_page import AccountView

urlpatterns = [
    path("login/", views.admin_login),
    path("password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("account/", require_admin_access(AccountView.as_view())),
]
