"""The forms in which people upload pictures and documents; Wagtail's, told what is required."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from . import documents, names, pictures
from .alt_text import check_alt_text


class PictureField(WagtailImageField):
    """Takes a picture by its content, and hands on a clean one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages["invalid_image_extension"] = _(
            "Upload a JPEG, PNG, WebP or GIF. SVG drawings are refused, because they can carry "
            "scripts: export them as PNG."
        )

    def to_python(self, data: Any) -> Any:
        """Return the clean picture.

        Raises:
            ValidationError: what is wrong and what to do.
        """
        file: Any = FileField.to_python(self, data)
        return None if file is None else pictures.clean(file)


class SiteImageForm(BaseImageForm):
    """A picture, what it shows, who made it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _picture_field(self.fields["file"])
        if "description" in self.fields:
            self.fields["description"].label = _("Alt text")
            self.fields["description"].help_text = _(
                "What the picture shows, in one sentence, for people who do not see it. "
                "Example: “Farmers harvest dragon fruit in Chợ Gạo”. Required, unless the picture "
                "is purely decorative."
            )

    def clean(self) -> dict[str, Any]:
        """Ask for an alternative text that says something, or for the word that none is needed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "description" in self.fields and not self.errors.get("description"):
            try:
                cleaned["description"] = self._alt_text(cleaned)
            except ValidationError as error:
                self.add_error("description", error)
        return cleaned

    def _alt_text(self, cleaned: dict[str, Any]) -> str:
        if cleaned.get("is_decorative"):
            return ""
        text: str = (cleaned.get("description") or "").strip()
        file: Any = cleaned.get("file") or self.instance.file
        check_alt_text(text, names.split(getattr(file, "name", "") or "")[0])
        return text


class SiteDocumentForm(BaseDocumentForm):
    """A file to download, checked before it is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "%(extensions)s. At most %(limit)s, videos %(video)s."
            ) % {
                "extensions": ", ".join(settings.WAGTAILDOCS_EXTENSIONS),
                "limit": filesizeformat(settings.MOTCUA_UPLOAD_LIMIT),
                "video": filesizeformat(settings.MOTCUA_VIDEO_LIMIT),
            }

    def clean_file(self) -> Any:
        """Return the file if nothing is wrong with it.

        Raises:
            ValidationError: what is wrong and what to do.
        """
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            documents.check(file)
        return file


def _picture_field(field: Any) -> PictureField:
    checked = PictureField(label=field.label, required=field.required, widget=field.widget)
    checked.initial = field.initial
    return checked
