"""Addresses of “Data sources”, below ``/admin/data-sources/``. All of them are guarded."""

from __future__ import annotations

from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from motcua.people.provincial import provincial_administrators_only

from .views import IndexView, SourceView, TrialView

app_name = "data_sources"

urlpatterns = decorate_urlpatterns(
    [
        path("", IndexView.as_view(), name="index"),
        path("<slug:key>/", SourceView.as_view(), name="source"),
        path("<slug:key>/try/", TrialView.as_view(), name="try"),
    ],
    provincial_administrators_only,
)
