"""A member site's own screen in the registry: what a launch still asks for, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django_stubs_ext import StrOrPromise
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from motcua.text.dates import format_date
from motcua.web import theme_folders
from tenants.lifecycle import Status
from tenants.models import Tenant

from . import domain_names, transitions
from .actions import invite_administrator
from .forms import AdministratorForm
from .readiness import Readiness, look_into
from .views import SiteScreen

DONE, OPEN, UNKNOWN = "done", "open", "unknown"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the checklist: what, how it stands, and where it is done."""

    key: str
    title: StrOrPromise
    state: str
    detail: StrOrPromise
    url: str = ""
    link: StrOrPromise = ""


class SiteView(SiteScreen, TemplateView):
    """The checklist, the steps of the lifecycle, domains and registration of one site."""

    template_name = "main/registry/site.html"

    def get_page_title(self) -> str:
        """The site's name."""
        return self.tenant.name

    def breadcrumbs_between(self) -> list[dict[str, Any]]:
        """The list leads here directly."""
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """To the site and its own administration, as far as they answer."""
        site, attrs = self.tenant, {"rel": "noopener"}
        buttons = []
        if site.status == Status.ACTIVE:
            buttons.append(HeaderButton(_("Visit"), f"{site.url}/", icon_name="view", attrs=attrs))
        if site.status in {Status.ACTIVE, Status.PREPARING}:
            url = f"{site.url}{reverse('wagtailadmin_home')}"
            buttons.append(HeaderButton(_("Its admin"), url, icon_name="cogs", attrs=attrs))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the checklist's items and their count, the possible steps, the registration."""
        readiness = look_into(self.tenant)
        items = checklist(self.tenant, readiness)
        return super().get_context_data(
            items=items,
            done=sum(item.state == DONE for item in items),
            steps=transitions.steps(self.tenant),
            administrator_form=kwargs.pop("administrator_form", AdministratorForm()),
            readable=readiness is not None,
            theme=theme_folders.installed()[theme_folders.known(self.tenant.theme)].name,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Invite an administrator."""
        form = AdministratorForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(administrator_form=form))
        invite_administrator(tenant=self.tenant, by=request.user, **form.cleaned_data)
        text = _("An invitation to %(email)s has been queued for sending.")
        messages.success(request, text % form.cleaned_data)
        return redirect(self.site_url())


def checklist(tenant: Tenant, readiness: Readiness | None) -> list[Item]:
    """Return what a launch asks for, in the order in which it is best done."""
    inside = _inside(tenant, readiness) if readiness else [_unreadable()]
    return [_domain(tenant), *inside, _launched(tenant)]


def _domain(tenant: Tenant) -> Item:
    answer = domain_names.ask(tenant.primary_domain)
    state, detail = _domain_state(tenant, answer)
    return Item(
        key="domain",
        title=_("The domain answers"),
        state=state,
        detail=f"{tenant.primary_domain}: {detail}",
        url=reverse("member_sites:domains", args=[tenant.pk]),
        link=_("Domains"),
    )


def _domain_state(tenant: Tenant, answer: domain_names.Answer) -> tuple[str, str]:
    """Return state and words: the registry comes first, then what DNS says."""
    if not tenant.primary_domain:
        return OPEN, _("The site has no domain.")
    if tenant.maintenance_error:
        return OPEN, _("The site answers with the maintenance page because its upgrade failed.")
    return {
        domain_names.Answer.FOUND: (DONE, _("registered here and found in DNS.")),
        domain_names.Answer.LOCAL: (
            DONE,
            _("registered here. It is a name for one machine only, so there is no DNS record."),
        ),
        domain_names.Answer.MISSING: (
            OPEN,
            _("registered here, but DNS does not know it. Ask the keeper of the zone for a "
              "record that leads to this server."),
        ),
        domain_names.Answer.SILENT: (
            UNKNOWN,
            _("registered here. Whether DNS knows it could not be found out just now."),
        ),
    }[answer]  # fmt: skip


def _inside(tenant: Tenant, readiness: Readiness) -> list[Item]:
    return [
        _invited(readiness),
        _accepted(readiness),
        _about(tenant, readiness),
        _contacts(tenant, readiness),
        _responsible(tenant, readiness),
    ]


def _unreadable() -> Item:
    return Item(
        key="inside",
        title=_("The site can be read"),
        state=OPEN,
        detail=_("Its schema is damaged or behind the program. An operator finds out more with "
                 "manage.py check_sites and manage.py migrate_sites."),
    )  # fmt: skip


def _invited(readiness: Readiness) -> Item:
    invitation = readiness.invitation
    if invitation is None and not readiness.administrators:
        state, detail = OPEN, _("Nobody has been invited yet.")
    elif invitation is None or invitation.accepted_at:
        state, detail = DONE, invitation.email if invitation else ""
    elif invitation.is_open():
        state = DONE
        detail = _("%(email)s, valid until %(date)s.") % {
            "email": invitation.email,
            "date": format_date(timezone.localdate(invitation.expires_at)),
        }
    else:
        state = OPEN
        detail = _("The invitation to %(email)s has expired.") % {"email": invitation.email}
    return Item(
        key="invited", title=_("An administrator is invited"), state=state, detail=detail,
        url="#administrator", link=_("Invite"),
    )  # fmt: skip


def _accepted(readiness: Readiness) -> Item:
    if readiness.administrators:
        state, detail = DONE, _("Somebody can sign in and run the site.")
    else:
        state, detail = OPEN, _("Nobody can sign in to the site yet.")
    return Item(
        key="accepted", title=_("The administrator has accepted"), state=state, detail=detail,
        url="#administrator", link=_("Invite again"),
    )  # fmt: skip


def _about(tenant: Tenant, readiness: Readiness) -> Item:
    if not readiness.about_id:
        state, detail = OPEN, _("The page “Giới thiệu” is missing or not published.")
    elif not readiness.about_written:
        state, detail = OPEN, _("The about page has nothing but what every site is born with.")
    else:
        state, detail = DONE, _("The about page is written.")
    return Item(
        key="about", title=_("About page"), state=state, detail=detail,
        url=_page_url(tenant, readiness.about_id), link=_("Write on the site"),
    )  # fmt: skip


def _contacts(tenant: Tenant, readiness: Readiness) -> Item:
    missing = [
        text
        for text, there in [
            (_("the page “Liên hệ”"), readiness.contact_id),
            (_("the address"), readiness.has_address),
            (_("the telephone number"), readiness.has_phone),
        ]
        if not there
    ]
    detail = _("Missing: %(what)s.") % {"what": ", ".join(missing)} if missing else ""
    return Item(
        key="contacts", title=_("Contacts: address and telephone"),
        state=OPEN if missing else DONE, detail=detail or _("Address and telephone are given."),
        url=_settings_url(tenant), link=_("Enter on the site"),
    )  # fmt: skip


def _responsible(tenant: Tenant, readiness: Readiness) -> Item:
    there = readiness.has_responsible_person
    return Item(
        key="responsible",
        title=_("Person responsible for the content"),
        state=DONE if there else OPEN,
        detail=_("Named at the foot of every page.") if there
        else _("The law wants a name at the foot of every page."),
        url=_settings_url(tenant),
        link=_("Enter on the site"),
    )  # fmt: skip


def _launched(tenant: Tenant) -> Item:
    active = tenant.status == Status.ACTIVE
    return Item(
        key="launched",
        title=_("The site is launched"),
        state=DONE if active else OPEN,
        detail=_("The public can read it.") if active
        else _("Status: %(status)s.") % {"status": tenant.get_status_display()},
        url="#steps",
        link=_("Steps"),
    )  # fmt: skip


def _page_url(tenant: Tenant, page_id: int) -> str:
    if not page_id:
        return f"{tenant.url}{reverse('wagtailadmin_explore_root')}"
    return f"{tenant.url}{reverse('wagtailadmin_pages:edit', args=[page_id])}"


def _settings_url(tenant: Tenant) -> str:
    return f"{tenant.url}{reverse('wagtailsettings:edit', args=['base', 'sitesettings'])}"
