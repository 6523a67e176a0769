"""The form of the screen “Appearance”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.widgets import AdminImageChooser

from motcua.web.theme_folders import Theme, installed, known

from .appearance import Look
from .settings import SiteSettings

PROVINCE = ""  # the choice not to choose
HOME, ARTICLE = "home", "article"


@dataclass(frozen=True)
class Swatch:
    """One radio button: a theme in one accent."""

    value: str
    name: str
    leaf: str
    checked: bool


@dataclass(frozen=True)
class Card:
    """A theme with its accents, as the screen shows it."""

    theme: Theme
    swatches: list[Swatch]


class AppearanceForm(WagtailAdminModelForm):
    """A theme with an accent, and two pictures.

    Theme and accent are one answer, ``theme/accent``: each accent belongs to its theme, and so
    the choice works without a script.
    """

    look = forms.ChoiceField(label=_("Theme and accent"), required=False)
    page = forms.ChoiceField(
        label=_("Page"),
        choices=[(HOME, _("Home page")), (ARTICLE, _("An article"))],
        initial=HOME,
        required=False,
    )

    class Meta:
        model = SiteSettings
        fields = ["hero_image", "logo"]
        widgets = {"hero_image": AdminImageChooser, "logo": AdminImageChooser}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["look"].choices = [(PROVINCE, PROVINCE), *((v, v) for v in _values())]
        own = self.instance
        theme = installed().get(own.theme)
        self.initial["look"] = f"{own.theme}/{theme.accent(own.accent)}" if theme else PROVINCE

    def clean(self) -> dict[str, Any]:
        """Write theme and accent into the settings, which stay unsaved."""
        cleaned: dict[str, Any] = super().clean()
        theme, _slash, accent = cleaned.get("look", PROVINCE).partition("/")
        self.instance.theme, self.instance.accent = theme, accent
        return cleaned

    @property
    def chosen(self) -> Look:
        """What a valid form says."""
        return Look.of(self.instance)

    def cards(self) -> list[Card]:
        """Return what there is to choose from."""
        checked = self["look"].value() or PROVINCE
        return [
            Card(theme, [
                Swatch(value := f"{theme.folder}/{accent.key}", accent.name, accent.leaf,
                       value == checked)
                for accent in theme.accents
            ])
            for theme in installed().values()
        ]  # fmt: skip


def province_theme(folder: str) -> Theme | None:
    """Return the theme that a site has while it has chosen none; ``folder`` is the registry's."""
    return installed().get(known(folder))


def _values() -> list[str]:
    return [f"{t.folder}/{accent.key}" for t in installed().values() for accent in t.accents]
