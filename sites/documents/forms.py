"""How a webmaster fills in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sites.base.page_forms import SitePageForm

from .addresses import document_slug
from .relations import refuse_circles
from .vocabulary import TYPES

SUGGESTIONS = 60


class SuggestingInput(forms.TextInput):
    """A line of text with suggestions, which nobody has to follow."""

    def __init__(self, suggest: Callable[[], Iterable[str]], attrs: Any = None) -> None:
        super().__init__(attrs)
        self.suggest = suggest

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Add the browser's own list of suggestions."""
        place = f"{(attrs or {}).get('id', name)}-suggestions"
        field = super().render(name, value, {**(attrs or {}), "list": place}, renderer)
        options = format_html_join("", '<option value="{}">', ((one,) for one in self.suggest()))
        return format_html('{}<datalist id="{}">{}</datalist>', field, place, options)


def used_before(column: str) -> Callable[[], Iterable[str]]:
    """Return a function that says which values of `column` the site's documents have."""

    def values() -> Iterable[str]:
        from .pages import LegalDocumentPage

        used = LegalDocumentPage.objects.exclude(**{column: ""}).order_by(column)
        found: Iterable[str] = used.values_list(column, flat=True).distinct()[:SUGGESTIONS]
        return found

    return values


TYPE_INPUT = SuggestingInput(lambda: TYPES)
ISSUER_INPUT = SuggestingInput(used_before("issuer"))
FIELD_INPUT = SuggestingInput(used_before("field"))
SIGNER_INPUT = SuggestingInput(used_before("signer"))


class DocumentForm(SitePageForm):
    """A document's form: refuses what cannot be true of a document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "abstract" in self.fields:
            self.fields["abstract"].required = True
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave empty to have it made of number and year.")

    def clean(self) -> dict[str, Any]:
        """Compare the dates, look for circles among the relations, complete the address."""
        cleaned: dict[str, Any] = super().clean()
        if "slug" in self.fields and "slug" not in self.errors and not cleaned.get("slug"):
            cleaned["slug"] = self._free_slug(cleaned)
        starts, ends = cleaned.get("effective"), cleaned.get("expires")
        if starts and ends and ends <= starts:
            self.add_error("expires", _("A document ends after it has come into force."))
        try:
            refuse_circles(self.instance, self._targets())
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned

    def _free_slug(self, cleaned: dict[str, Any]) -> str:
        wanted = document_slug(
            cleaned.get("number") or "", cleaned.get("abstract") or "", cleaned.get("issued")
        )
        slug, place = wanted, 1
        while not Page._slug_is_available(slug, self.parent_page, self.instance):
            place += 1
            slug = f"{wanted}-{place}"
        return slug

    def _targets(self) -> list[int | None]:
        forms_of_relations = getattr(self.formsets.get("relations"), "forms", [])
        rows = [form.cleaned_data for form in forms_of_relations if form.is_valid()]
        return [row["target"].pk for row in rows if row.get("target") and not row.get("DELETE")]
