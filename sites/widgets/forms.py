"""The form of a data source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.readings.models import Source
from motcua.readings.providers import BadParameterError, Provider


class SourceForm(forms.Form):
    """Whether a source is asked, and for what, in the words of its provider."""

    is_on = forms.BooleanField(
        label=_("Switched on"),
        required=False,
        help_text=_("Only then is the source asked, in the background; pages never wait for it."),
    )
    question = forms.CharField(required=False, max_length=3000, strip=True)

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        assert source.provider is not None  # noqa: S101 - screens show only those of the settings
        self.provider: Provider = source.provider
        self.parameters: dict[str, Any] = {}
        kwargs["initial"] = {
            "is_on": source.is_on,
            "question": self.provider.to_text(source.parameters),
        }
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        field.label, field.help_text = self.provider.parameters_label, self.provider.parameters_help
        field.widget = forms.Textarea(attrs={"rows": 5})

    def clean(self) -> dict[str, Any]:
        """Read the parameters; a source that stays off may have none yet."""
        cleaned = super().clean() or {}
        text = cleaned.get("question", "")
        try:
            self.parameters = self.provider.from_text(text)
            if cleaned.get("is_on") or text:
                self.parameters = self.provider.cleaned(self.parameters)
        except BadParameterError as error:
            self.add_error("question", str(error))
        return cleaned
