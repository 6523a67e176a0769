"""Videos: a file of the site with captions and transcript, or a link; never an embedded player.

What a video needs before it may be published is the same in an article's body and on a page of
its own (WCAG 2.2, 1.2.1 to 1.2.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

VIDEO_EXTENSIONS = frozenset({"mp4", "webm"})
CAPTIONS_EXTENSION = "vtt"
TRANSCRIPT_FEATURES = ["bold", "italic", "ol", "ul"]

TRANSCRIPT_HELP = _(
    "What is said, and what is shown as far as it matters: for people who do not see or hear it, "
    "and for search."
)
CAPTIONS_HELP = _("A WebVTT file (.vtt) with what is said, in the language of the page.")
NO_SPEECH_HELP = _("Nobody speaks and nothing is sung, so there is nothing to caption.")
FILE_HELP = _("An MP4 (H.264) or WebM file. Every telephone plays MP4.")
ADDRESS_HELP = _(
    "Instead of a file: the address of the video on another site. Visitors see a link; nothing is "
    "loaded from there before they follow it."
)


def missing(video: Mapping[str, Any]) -> dict[str, str]:
    """Return what keeps a video from being published: a message for each field concerned.

    `video` has ``file``, ``captions`` (documents or nothing), ``no_speech``, ``transcript`` (text,
    may have markup) and ``address``.
    """
    return {
        field: message
        for field, message in (
            ("file", _about_file(video)),
            ("captions", _about_captions(video)),
            ("transcript", _about_transcript(video)),
        )
        if message
    }


def _about_file(video: Mapping[str, Any]) -> str:
    file, address = video.get("file"), video.get("address")
    if not file and not address:
        return gettext("Choose a file, or enter the address of the video on another site.")
    if file and address:
        return gettext("Either a file or an address, not both: visitors would see it twice.")
    if file and _extension(file) not in VIDEO_EXTENSIONS:
        return gettext("This is no video that browsers play. Choose an MP4 or WebM file.")
    return ""


def _about_captions(video: Mapping[str, Any]) -> str:
    captions = video.get("captions")
    if captions and _extension(captions) != CAPTIONS_EXTENSION:
        return gettext("Captions are a WebVTT file (.vtt).")
    if video.get("file") and not captions and not video.get("no_speech"):
        return gettext("Add captions for people who do not hear it, or mark it as without speech.")
    return ""


def _about_transcript(video: Mapping[str, Any]) -> str:
    if strip_tags(str(video.get("transcript") or "")).strip():
        return ""
    return gettext("Write down what is said and shown, for people who do not see or hear it.")


def _extension(document: Any) -> str:
    extension: str = document.file_extension.lower()
    return extension


def host_of(url: str) -> str:
    """Return where a link leads, as people know it: ``youtube.com``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


class VideoValue(blocks.StructValue):
    """A video as `components/video.html` shows it."""

    @property
    def host(self) -> str:
        """Where the link leads."""
        return host_of(self["address"] or "")


class VideoBlock(blocks.StructBlock):
    """A video in a text."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(label=_("Video file"), required=False, help_text=FILE_HELP)
    poster = ImageChooserBlock(label=_("Poster picture"), required=False)
    captions = DocumentChooserBlock(label=_("Captions"), required=False, help_text=CAPTIONS_HELP)
    no_speech = blocks.BooleanBlock(
        label=_("Without speech"), required=False, help_text=NO_SPEECH_HELP
    )
    address = blocks.URLBlock(
        label=_("Address on another site"), required=False, help_text=ADDRESS_HELP
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        required=False,
        features=TRANSCRIPT_FEATURES,
        help_text=TRANSCRIPT_HELP,
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        value_class = VideoValue

    def clean(self, value: Any) -> Any:
        """Ask for what `missing` names.

        Raises:
            StructBlockValidationError: what is missing, at its field.
        """
        cleaned = super().clean(value)
        wrong = {field: ValidationError(text) for field, text in missing(cleaned).items()}
        if wrong:
            raise StructBlockValidationError(wrong)
        return cleaned
