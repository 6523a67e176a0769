"""Below ``/admin/appearance/``."""

from __future__ import annotations

from django.urls import path

from . import appearance_views as views

app_name = "appearance"
urlpatterns = [
    path("", views.edit, name="edit"),
    path("preview/", views.preview, name="preview"),
    path("back/", views.go_back, name="go_back"),
]
