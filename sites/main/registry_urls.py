"""Addresses of “Member sites”, below ``/admin/member-sites/``. All of them are guarded."""

from __future__ import annotations

from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from motcua.people.provincial import provincial_administrators_only

from .checklist import SiteView
from .creating import NewSiteView, suggestion
from .domains import DomainsView, MakePrimaryView, RemoveDomainView
from .importing import ImportView, StartView, UploadView, progress, sample
from .listing import IndexView
from .registration import RegistrationView
from .transitions import StepView

app_name = "member_sites"

urlpatterns = decorate_urlpatterns(
    [
        path("", IndexView.as_view(), name="index"),
        path("results/", IndexView.as_view(results_only=True), name="index_results"),
        path("new/", NewSiteView.as_view(), name="new"),
        path("new/label/", suggestion, name="label"),
        path("imports/", UploadView.as_view(), name="imports"),
        path("imports/sample.csv", sample, name="sample"),
        path("imports/<int:pk>/", ImportView.as_view(), name="import"),
        path("imports/<int:pk>/start/", StartView.as_view(), name="start_import"),
        path("imports/<int:pk>/progress/", progress, name="import_progress"),
        path("<int:pk>/", SiteView.as_view(), name="site"),
        path("<int:pk>/edit/", RegistrationView.as_view(), name="edit"),
        path("<int:pk>/step/<slug:name>/", StepView.as_view(), name="step"),
        path("<int:pk>/domains/", DomainsView.as_view(), name="domains"),
        path(
            "<int:pk>/domains/<int:domain_pk>/primary/",
            MakePrimaryView.as_view(),
            name="make_primary",
        ),
        path(
            "<int:pk>/domains/<int:domain_pk>/remove/",
            RemoveDomainView.as_view(),
            name="remove_domain",
        ),
    ],
    provincial_administrators_only,
)
