"""The blocks a page's body is made of; each has its template under ``themes/base``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from motcua.text.folding import TONES
from motcua.text.slugs import slugify
from motcua.text.sorting import sort_key

from .videos import VideoBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class ImageBlock(blocks.StructBlock):
    """A picture with its caption and credit."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(label=_("Photographer or source"), required=False, max_length=150)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"

    def clean(self, value: Any) -> Any:
        """Ask for an alternative text before the page goes live; drafts may lack it.

        Raises:
            StructBlockValidationError: nobody described the picture or called it decorative.
        """
        cleaned = super().clean(value)
        image = cleaned.get("image")
        if image is not None and not self.is_deferred_validation and not _has_words(image):
            told = _("This picture has no alternative text. Edit the picture and describe it, or "
                     "mark it as purely decorative; then publish the page.")  # fmt: skip
            raise blocks.StructBlockValidationError({"image": ValidationError(told)})
        return cleaned


def _has_words(image: Any) -> bool:
    return bool(image.description or image.is_decorative)


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """What must not be overlooked."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("note", _("Note")), ("warning", _("Warning")), ("success", _("Good news"))],
        default="note",
    )

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "blocks/callout.html"


class TableValue(blocks.StructValue):
    """A table that knows which of its columns hold years, whose digits are never grouped."""

    @property
    def year_columns(self) -> set[int]:
        """The positions, from 0, of the columns with nothing but numbers from 1900 to 2100."""
        columns = zip(*(row["values"] for row in self["table"].row_data), strict=False)
        return {place for place, column in enumerate(columns) if _are_years(column)}


def _are_years(cells: Iterable[Any]) -> bool:
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    return bool(numbers) and all(1900 <= number <= 2100 for number in numbers)


class TableBlock(blocks.StructBlock):
    """A table with a caption; cells hold text or numbers."""

    caption = blocks.CharBlock(label=_("Caption"), required=False)
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("Text"), required=False)),
         ("number", blocks.FloatBlock(label=_("Number"), required=False))],
        label=_("Table"),
    )  # fmt: skip

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        value_class = TableValue


class DocumentLinkBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title, if another"), required=False)


class LinkBlock(blocks.StructBlock):
    """A link out of the page."""

    title = blocks.CharBlock(label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"))
    answer = blocks.RichTextBlock(label=_("Answer"), features=TEXT_FEATURES)


class FaqBlock(blocks.ListBlock):
    """Questions and answers, each with an address of its own."""

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "blocks/faq.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Add ``questions``: pairs of an anchor, made from the question's words, and the item."""
        anchors = unique_anchors("hoi", [item["question"] for item in value])
        questions = list(zip(anchors, value, strict=True))
        return {**super().get_context(value, parent_context), "questions": questions}


class TermBlock(blocks.StructBlock):
    """A word and what it means."""

    term = blocks.CharBlock(label=_("Term"), max_length=150)
    abbreviation = blocks.CharBlock(label=_("Abbreviation"), required=False, max_length=30)
    definition = blocks.RichTextBlock(label=_("Definition"), features=TEXT_FEATURES)


class GlossaryBlock(blocks.ListBlock):
    """Words with their meanings, in the order of the Vietnamese alphabet."""

    class Meta:
        icon = "list-ul"
        label = _("Glossary")
        template = "blocks/glossary.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Add ``letters``: of each letter that has terms its anchor, itself, and the terms."""
        terms = sorted(value, key=lambda item: sort_key(item["term"]))
        anchors = unique_anchors("tu", [item["term"] for item in terms])
        letters: dict[str, list[Any]] = {}
        for anchor, item in zip(anchors, terms, strict=True):
            letters.setdefault(first_letter(item["term"]), []).append((anchor, item))
        rows = [(f"chu-{place}", letter, found)
                for place, (letter, found) in enumerate(letters.items(), 1)]  # fmt: skip
        return {**super().get_context(value, parent_context), "letters": rows}


def unique_anchors(prefix: str, texts: Iterable[str]) -> list[str]:
    """Return an anchor for each text, made of its words; equal texts get a number."""
    anchors: list[str] = []
    for text in texts:
        base = f"{prefix}-{slugify(text, max_length=60)}".rstrip("-")
        same = sum(anchor == base or anchor.startswith(f"{base}--") for anchor in anchors)
        anchors.append(f"{base}--{same + 1}" if same else base)
    return anchors


def first_letter(text: str) -> str:
    """Return the letter of the alphabet a word stands under: Ă and Đ are letters, À is A."""
    plain = unicodedata.normalize("NFD", text.strip()[:1].upper())
    letter = "".join(char for char in plain if char not in TONES)
    return "0–9" if letter.isdecimal() else unicodedata.normalize("NFC", letter)


class FactsBlock(blocks.StaticBlock):
    """Whose site this is, from the registry and the site's settings."""

    class Meta:
        icon = "home"
        label = _("Facts about the agency")
        admin_text = _("Name, superior agency and units below, from the registry.")
        template = "blocks/facts.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Add ``units``, the sites directly below this one."""
        from .facts import units_below

        return {**super().get_context(value, parent_context), "units": units_below()}


class ContactsBlock(blocks.StaticBlock):
    """Address, telephone, hours and responsible person, from the site's settings."""

    class Meta:
        icon = "mail"
        label = _("Contacts of the agency")
        admin_text = _("Address, telephone and hours, from the site's settings.")
        template = "blocks/contacts.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        features=["h2", "h3", *TEXT_FEATURES],
        icon="pilcrow",
        template="blocks/paragraph.html",
    )
    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="blocks/heading.html")
    image = ImageBlock()
    video = VideoBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TableBlock()
    documents = blocks.ListBlock(
        DocumentLinkBlock(),
        label=_("Documents"),
        icon="doc-full",
        template="blocks/documents.html",
    )
    links = blocks.ListBlock(
        LinkBlock(), label=_("Links"), icon="link", template="blocks/links.html"
    )
    faq = FaqBlock(QuestionBlock())
    glossary = GlossaryBlock(TermBlock())
    facts = FactsBlock()
    contacts = ContactsBlock()
