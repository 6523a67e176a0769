"""The steps of a site's lifecycle as buttons, and the screen that asks before the grave ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from django_stubs_ext import StrOrPromise
from wagtail.admin import messages

from tenants import actions
from tenants.lifecycle import TRANSITIONS, Transition
from tenants.models import Tenant

from .forms import ConfirmForm, SuccessorForm
from .views import SiteScreen, forget_hosts


@dataclass(frozen=True)
class Words:
    """What a step means to people: before it, and once it is done."""

    consequence: StrOrPromise
    done: StrOrPromise
    asks: bool = True
    grave: bool = False


# One entry for each of `tenants.lifecycle.TRANSITIONS`; a test compares.
WORDS: dict[str, Words] = {
    "launch": Words(
        gettext_lazy("The public can read the site, and the main portal lists it."),
        gettext_lazy("“%(site)s” is launched."),
        asks=False,
    ),
    "suspend": Words(
        gettext_lazy(
            "Visitors see a notice instead of the site, and its people cannot work in it. "
            "Nothing is lost; the site can be resumed at any time."
        ),
        gettext_lazy("“%(site)s” is suspended."),
        grave=True,
    ),
    "resume": Words(
        gettext_lazy("The site answers the public again."),
        gettext_lazy("“%(site)s” answers again."),
        asks=False,
    ),
    "archive": Words(
        gettext_lazy(
            "The site closes for good: visitors read that it no longer exists, the main portal "
            "no longer lists what it published. Its content is kept, and it can be restored."
        ),
        gettext_lazy("“%(site)s” is archived."),
        grave=True,
    ),
    "restore": Words(
        gettext_lazy("The archived site is opened to the public again as it was."),
        gettext_lazy("“%(site)s” is restored."),
    ),
    "merge": Words(
        gettext_lazy(
            "The agency has become part of another one: every address of the site leads to its "
            "successor from now on. This cannot be undone here."
        ),
        gettext_lazy("“%(site)s” is merged into its successor."),
        grave=True,
    ),
}


@dataclass(frozen=True)
class Step:
    """A button: the transition, its words and its address."""

    transition: Transition
    words: Words
    url: str


def steps(tenant: Tenant) -> list[Step]:
    """Return what may be done with a site now."""
    return [
        Step(way, WORDS[way.name], reverse("member_sites:step", args=[tenant.pk, way.name]))
        for way in tenant.transitions
    ]


class StepView(SiteScreen, FormView):
    """Ask, then take the step; steps that ask nothing are posted here directly."""

    template_name = "main/registry/step.html"

    @cached_property
    def transition(self) -> Transition:
        """The step that the address names; 404 if there is no such step."""
        try:
            return TRANSITIONS[self.kwargs["name"]]
        except KeyError:
            raise Http404 from None

    def get_page_title(self) -> str:
        """The step and the site."""
        return f"{self.transition.label}: {self.tenant.name}"

    def get_form_class(self) -> type[ConfirmForm]:
        """Only a merger asks for more than yes."""
        return SuccessorForm if self.transition.name == "merge" else ConfirmForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows the site."""
        return {**super().get_form_kwargs(), "tenant": self.tenant}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the step, its words, and whether the site's state allows it."""
        return super().get_context_data(
            transition=self.transition,
            words=WORDS[self.transition.name],
            allowed=self.transition in self.tenant.transitions,
            **kwargs,
        )

    def form_valid(self, form: ConfirmForm) -> HttpResponse:
        """Take the step, or say beside the form why it cannot be taken."""
        try:
            actions.transition(
                tenant=self.tenant,
                name=self.transition.name,
                by=self.request.user,
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        forget_hosts()
        done = str(WORDS[self.transition.name].done) % {"site": self.tenant.name}
        messages.success(self.request, done)
        return redirect(self.site_url())
