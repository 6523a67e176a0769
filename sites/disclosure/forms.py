"""Amounts of money in the forms of the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sites.base.page_forms import SitePageForm

from .figures import number, parse_number

MOST = 10**15  # đồng; above the budget of the whole country


class AmountField(forms.Field):
    """A whole amount of đồng, typed with or without points: 1.250.000.000."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount grouped."""
        return number(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Return the amount, nothing where the field is empty.

        Raises:
            ValidationError: no amount, less than nothing or parts of a đồng.
        """
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        try:
            amount = parse_number(value.lower().replace("đồng", "").replace("vnd", ""))
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if amount is not None and (amount != int(amount) or not 0 <= amount <= MOST):
            raise ValidationError(_("Write a whole amount of đồng, such as 1.250.000.000."))
        return None if amount is None else int(amount)


class ProjectForm(SitePageForm):
    """The form of a project or procurement."""

    capital = AmountField(label=_("Total capital"), help_text=_("In đồng, such as 1.250.000.000."))
    contract_value = AmountField(
        label=_("Contract value"), help_text=_("In đồng, such as 1.250.000.000.")
    )
