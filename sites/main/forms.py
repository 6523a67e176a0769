"""The registry's forms. Rules and messages come from `tenants.validation`, as in the shell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant
from tenants.problems import Problem
from tenants.provisioning import NewSite
from tenants.registry import Registry
from tenants.validation import check, check_domain

from .fields import (
    PERSON_LENGTH,
    LanguagesField,
    RegistryChoice,
    RegistryText,
    kind_choices,
    parent_choices,
    themes,
)
from .labels import suggest_label


class CheckedForm(forms.Form):
    """A form whose values the registry's check judges as a whole."""

    use_required_attribute = False

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Show each problem beside its field, or above the form if the form lacks the field."""
        for problem in problems:
            field = problem.field if problem.field in self.fields else None
            self.add_error(field, str(problem.message))


class RegistrationForm(CheckedForm):
    """What the registry holds of a site: names, kind, code, superior agency, languages, theme."""

    name_vi = RegistryText(label=_("Vietnamese name"))
    name_en = RegistryText(label=_("English name"), required=False)
    kind = RegistryChoice(label=_("Kind"))
    division_type = RegistryText(
        label=_("Type of unit"),
        required=False,
        help_text=_("As in the official name: xã, phường, thị trấn, huyện, thị xã, thành phố."),
    )
    agency_code = RegistryText(
        label=_("Agency code"), required=False, help_text=_("For example H58.01.02.")
    )
    parent = RegistryChoice(label=_("Superior agency"), required=False)
    languages = LanguagesField(label=_("Languages"))
    theme = RegistryChoice(label=_("Theme"), required=False)

    site: NewSite | None = None

    def __init__(self, *args: Any, tenant: Tenant | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant = tenant
        self._set_choices("kind", kind_choices())
        self._set_choices("parent", parent_choices(tenant))
        self._set_choices("theme", themes(_("The province's own")))

    def _set_choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Let the registry's check judge; the site it returns is `site`."""
        data: dict[str, Any] = super().clean() or {}
        self.site, problems = check(self.texts(data), known=self.known, tenant=self.tenant)
        self.add_problems(problems)
        return data

    def texts(self, data: dict[str, Any]) -> dict[str, str]:
        """Return what the check reads; label and domain of an existing site stay as they are."""
        label = self.tenant.label if self.tenant else ""
        return {"label": label, **data}

    @property
    def known(self) -> Registry:
        """The registry as it is now."""
        if not hasattr(self, "_known"):
            self._known = Registry.load()
        return self._known


class NewSiteForm(RegistrationForm):
    """Everything that makes a new site; `token` lets a form that is sent twice make one."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    label = RegistryText(
        label=_("Label"),
        required=False,
        help_text=_("The first part of the address. Left empty, it is made from the name."),
    )
    domain = RegistryText(
        label=_("Another domain"),
        required=False,
        help_text=_("Only if the site lives under an address of its own."),
    )
    address = RegistryText(label=_("Address"), required=False)
    phone = RegistryText(label=_("Telephone"), required=False)
    email = RegistryText(
        label=_("E-mail address of the agency"), required=False, widget=forms.EmailInput
    )
    admin_name = RegistryText(label=_("Full name"), required=False)
    admin_email = RegistryText(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput,
        help_text=_("An invitation with a link for choosing a password goes there."),
    )
    launch = forms.BooleanField(
        label=_("Launch at once"),
        required=False,
        help_text=_("Otherwise the public sees the site once you have gone through its checklist."),
    )

    def texts(self, data: dict[str, Any]) -> dict[str, str]:
        """Suggest a label where none was written."""
        label = data["label"] or suggest_label(data["name_vi"], self.known)
        return {**data, "label": label, "launch": "yes" if data["launch"] else "no"}


class DomainForm(CheckedForm):
    """One more domain for a site."""

    domain = RegistryText(label=_("Domain"), help_text=_("Without http://, port or path."))
    primary = forms.BooleanField(
        label=_("The site answers under this domain from now on"), required=False
    )

    def clean_domain(self) -> str:
        """Let the registry's check judge."""
        domain, problems = check_domain(self.cleaned_data["domain"])
        self.add_problems(problems)
        return domain


class AdministratorForm(forms.Form):
    """Whom to invite to run a site."""

    name = forms.CharField(label=_("Full name"), required=False, max_length=PERSON_LENGTH)
    email = forms.EmailField(label=_("E-mail address"))


class ConfirmForm(forms.Form):
    """Yes, and nothing else."""

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant = tenant


class SiteChoice(forms.ModelChoiceField):
    """A site by its name in the active language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name and, as names repeat, the label."""
        return f"{obj.name} ({obj.label})"


class SuccessorForm(ConfirmForm):
    """Into which site another is merged."""

    successor = SiteChoice(
        label=_("Successor"),
        queryset=Tenant.objects.none(),
        help_text=_("Visitors of the old addresses are sent there."),
        error_messages={"required": _("Choose the site into which this one is merged.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Tenant.objects.in_office().exclude(pk=self.tenant.pk)
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = others.in_order()


class UploadForm(forms.Form):
    """A list of new sites."""

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
