"""How far a member site is from its launch.

The registry's screens are the one place where a request of the main portal looks into another
site's schema: at facts and counts, for people with `people.manage_sites`, never at content.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django_tenants.utils import tenant_context
from wagtail.models import Page, Site

from motcua.people.models import Invitation, User
from motcua.people.provisioning import highest_role
from sites.base.models import SectionPage, SiteSettings
from sites.home import places
from tenants.models import Tenant


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What a launch asks for, as it stands inside the site.

    `invitation` is the last one to the site's highest role; `administrators` counts the active
    accounts that have it; `about_id` and `contact_id` are the mandatory pages' ids, 0 where the
    page is missing or not published; `about_written` says whether the about page has more than
    its starter text.
    """

    invitation: Invitation | None
    administrators: int
    about_id: int
    about_written: bool
    contact_id: int
    has_address: bool
    has_phone: bool
    has_responsible_person: bool


def look_into(tenant: Tenant) -> Readiness | None:
    """Return how far a site is, or nothing if its schema cannot be read (see `check_sites`)."""
    try:
        with tenant_context(tenant), transaction.atomic():
            return _look(tenant)
    except DatabaseError:
        return None


def _look(tenant: Tenant) -> Readiness:
    role = highest_role(tenant)
    own = SiteSettings.for_site(Site.objects.get())
    about = _published("about")
    contact = _published("contact")
    return Readiness(
        invitation=Invitation.objects.filter(role=role, revoked_at=None).first(),
        administrators=User.objects.active().with_role(role).count(),
        about_id=about.pk if about else 0,
        about_written=about is not None and _is_written(about),
        contact_id=contact.pk if contact else 0,
        has_address=bool(own.address.strip()),
        has_phone=bool(own.phone.strip()),
        has_responsible_person=bool(own.responsible_person.strip()),
    )


def _published(name: str) -> Page | None:
    page = places.find(name)
    return page if page is not None and page.live else None


def _is_written(about: Page) -> bool:
    """Tell whether somebody wrote more about the agency than every site is born with."""
    section = SectionPage.objects.filter(pk=about.pk).first()
    return section is None or bool(section.body_text.strip())
