"""Accounts and invitations, included at the root."""

from __future__ import annotations

from django.urls import include, path

from . import views

urlpatterns = [
    path("accounts/login/", views.LoginView.as_view(), name="account_login"),
    path("accounts/", include("allauth.account.urls")),
    path("invitation/<str:token>/", views.invitation, name="people_invitation"),
]
