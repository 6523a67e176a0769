"""The forms of albums and videos: strict when something goes live, patient with drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection

from sites.base.models import SiteImage
from sites.base.page_forms import SitePageForm
from sites.base.videos import missing

MOST_AT_ONCE = 200  # pictures taken over from a collection


class AlbumForm(SitePageForm):
    """An album, which may be filled with the pictures of a collection."""

    fill_from = forms.ModelChoiceField(
        label=_("Add all pictures of a collection"),
        queryset=Collection.objects.none(),
        required=False,
        empty_label=_("No collection"),
        help_text=_(
            "Upload the pictures together under “Images” into a collection of their own, then "
            "choose it here and save as a draft: they are added below with the captions and "
            "credits they have. What is missing can be written before publishing."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["fill_from"]
        field.queryset = permission_policy.collections_user_has_permission_for(
            self.for_user, "choose"
        )

    def clean(self) -> dict[str, Any]:
        """Take the pictures over; nothing goes live with pictures that lack words."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("fill_from") and not self.is_deferred_validation and self._speechless:
            self.add_error("fill_from", ngettext(
                "%(count)s picture of this collection lacks a caption, a credit or an "
                "alternative text. Save as a draft, complete it and publish then.",
                "%(count)s pictures of this collection lack a caption, a credit or an "
                "alternative text. Save as a draft, complete them and publish then.",
                len(self._speechless),
            ) % {"count": len(self._speechless)})  # fmt: skip
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Store the album with the pictures taken over."""
        for image in self._additions:
            shot = {"image": image, "caption": image.caption, "credit": image.credit}
            self.instance.pictures.append(("picture", shot))
        return super().save(commit)

    @cached_property
    def _additions(self) -> list[SiteImage]:
        """The collection's pictures that the album does not have yet, in the order of upload."""
        collection = self.cleaned_data.get("fill_from")
        if collection is None:
            return []
        here = [block.value["image"].pk for block in self.cleaned_data.get("pictures") or ()
                if block.value["image"]]  # fmt: skip
        allowed = permission_policy.instances_user_has_any_permission_for(self.for_user, ["choose"])
        found = allowed.filter(collection=collection).exclude(pk__in=here)
        return list(found.order_by("created_at", "pk")[:MOST_AT_ONCE])

    @cached_property
    def _speechless(self) -> list[SiteImage]:
        return [
            image
            for image in self._additions
            if not (image.caption and image.credit and (image.description or image.is_decorative))
        ]


def missing_to_publish(video: Mapping[str, Any]) -> dict[str, str]:
    """Return what keeps the page of a video from going live: a message for each field concerned.

    `video` is what `sites.base.videos.missing` takes, and the page's ``lead_image``.
    """
    told = missing(video)
    if video.get("file") and not video.get("lead_image"):
        told["lead_image"] = gettext("Choose a picture that stands for the video until it plays.")
    return told


class VideoForm(SitePageForm):
    """A video, which goes live with captions and transcript only."""

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing, except in drafts."""
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            for field, message in missing_to_publish(cleaned).items():
                self.add_error(field, message)
        return cleaned
