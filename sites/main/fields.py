"""Form fields whose rules stand elsewhere: `tenants.validation` judges and words the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from motcua.people.models import Invitation
from motcua.web.theme_folders import installed
from tenants.models import Kind, Tenant, TenantQuerySet


class RegistryText(forms.CharField):
    """Text that the registry's check judges; `required` only marks the field on the screen."""

    def validate(self, value: Any) -> None:
        """Leave it to the check."""


class RegistryChoice(forms.ChoiceField):
    """A choice that the registry's check judges."""

    def validate(self, value: Any) -> None:
        """Leave it to the check."""


class LanguagesField(forms.MultipleChoiceField):
    """Languages as the comma-separated text that the check reads; Vietnamese is always one."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the codes joined by commas."""
        chosen = value if isinstance(value, list) else []
        return ",".join(dict.fromkeys([settings.LANGUAGE_CODE, *chosen]))


def kind_choices() -> list[tuple[str, Any]]:
    """Return the kinds a member site can be of; a choice has to be made."""
    kinds = [choice for choice in Kind.choices if choice[0] != Kind.PROVINCE]
    return [("", "—"), *kinds]


def parent_choices(tenant: Tenant | None = None) -> list[tuple[str, Any]]:
    """Return label and name of every possible superior agency: grouped by kind, by the alphabet.

    Args:
        tenant: a site that is being edited, which cannot be its own.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for site in _in_office(tenant).in_order():
        groups.setdefault(site.kind, []).append((site.label, site.name))
    return [(label, groups[kind]) for kind, label in Kind.choices if kind in groups]


def _in_office(tenant: Tenant | None) -> TenantQuerySet:
    """Return the sites that are not history, but for the edited one; its present parent stays."""
    if tenant is None:
        return Tenant.objects.in_office()
    present = Tenant.objects.filter(pk=tenant.parent_id)
    return (Tenant.objects.in_office() | present).exclude(pk=tenant.pk)


def themes(default_label: Any) -> list[tuple[str, Any]]:
    """Return the themes, the province's own first."""
    return [("", default_label), *((one.folder, one.name) for one in installed().values())]


PERSON_LENGTH = int(Invitation._meta.get_field("name").max_length or 0)
