"""The blocks that guides and landing pages of the main portal are made of."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from motcua.hub.models import Item, ItemKind
from sites.base.blocks import TEXT_FEATURES, CalloutBlock, ContactsBlock, FaqBlock, QuestionBlock
from tenants.models import MAIN_SCHEMA

from .agencies import agency_choices, resolve

NEWS_SHOWN = 4

ICONS = [
    ("briefcase-business", _("Briefcase")),
    ("store", _("Shop")),
    ("house", _("House")),
    ("badge-check", _("Certificate")),
    ("hand-coins", _("Coins")),
    ("users-round", _("People")),
    ("car", _("Car")),
    ("scale", _("Scales")),
    ("map-pin", _("Place")),
    ("landmark", _("Office")),
    ("file-text", _("Paper")),
    ("calendar-days", _("Calendar")),
    ("messages-square", _("Conversation")),
    ("globe", _("Globe")),
    ("book-open", _("Book")),
]


class LevelBlock(blocks.StructBlock):
    """Who handles which part of a matter."""

    who = blocks.CharBlock(label=_("Who"), max_length=200)
    what = blocks.TextBlock(label=_("Handles what"))


class PaperBlock(blocks.StructBlock):
    """One paper to bring."""

    name = blocks.CharBlock(label=_("Paper"), max_length=250)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)


class StepBlock(blocks.StructBlock):
    """One step of a matter."""

    title = blocks.CharBlock(label=_("Step"), max_length=150)
    text = blocks.TextBlock(label=_("What happens"), required=False)


class LawBlock(blocks.StructBlock):
    """A law or decree on which a matter rests."""

    name = blocks.CharBlock(label=_("Name"), max_length=200)
    number = blocks.CharBlock(label=_("Number"), required=False, max_length=60)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)


class AgencyBlock(blocks.StructBlock):
    """An agency of the province, as text: nothing points into the registry."""

    site = blocks.ChoiceBlock(label=_("Agency"), choices=agency_choices, required=False)
    name = blocks.CharBlock(
        label=_("Or its Vietnamese name"),
        required=False,
        max_length=200,
        help_text=_("Shown as soon as an agency of this name has a site."),
    )
    role = blocks.CharBlock(label=_("What it does here"), required=False, max_length=200)


class AgenciesBlock(blocks.ListBlock):
    """Agencies with links to their sites."""

    class Meta:
        icon = "group"
        label = _("Competent agencies")
        template = "blocks/agencies.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Add ``agencies``, those that answer now."""
        return {**super().get_context(value, parent_context), "agencies": resolve(value)}


class GuideBlock(blocks.StreamBlock):
    """A guide: from what it is to where to ask."""

    overview = blocks.RichTextBlock(
        label=_("What it is"), features=["h3", *TEXT_FEATURES], icon="info-circle",
        template="blocks/guide_overview.html",
    )  # fmt: skip
    who = blocks.ListBlock(
        LevelBlock(), label=_("Who handles it"), icon="group", template="blocks/guide_who.html"
    )
    prepare = blocks.ListBlock(
        PaperBlock(), label=_("What to prepare"), icon="doc-full",
        template="blocks/guide_prepare.html",
    )  # fmt: skip
    steps = blocks.ListBlock(
        StepBlock(), label=_("Step by step"), icon="list-ol", template="blocks/guide_steps.html"
    )
    agencies = AgenciesBlock(AgencyBlock())
    legal = blocks.ListBlock(
        LawBlock(), label=_("Legal basis"), icon="doc-full-inverse",
        template="blocks/guide_legal.html",
    )  # fmt: skip
    questions = FaqBlock(QuestionBlock(), template="blocks/guide_questions.html")
    callout = CalloutBlock()

    class Meta:
        block_counts = {"overview": {"max_num": 1}, "who": {"max_num": 1},
                        "prepare": {"max_num": 1}, "agencies": {"max_num": 1},
                        "legal": {"max_num": 1}, "questions": {"max_num": 1}}  # fmt: skip


class SignBlock(blocks.StructBlock):
    """A link of a landing page: to a page of this site, or to an address."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Or an address"),
        required=False,
        max_length=300,
        help_text=_("On this site from the slash on, for example /co-quan/; elsewhere in full."),
    )


class OccasionBlock(blocks.StructBlock):
    """An occasion in the life of a person or a business, and what to do then."""

    title = blocks.CharBlock(label=_("Occasion"), max_length=150)
    icon = blocks.ChoiceBlock(label=_("Icon"), choices=ICONS, default="file-text")
    text = blocks.TextBlock(label=_("In one sentence"), required=False)
    links = blocks.ListBlock(SignBlock(), label=_("Links"))


class StrengthBlock(blocks.StructBlock):
    """One reason to come."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    icon = blocks.ChoiceBlock(label=_("Icon"), choices=ICONS, default="map-pin")
    text = blocks.TextBlock(label=_("Text"))


class GuidesBlock(blocks.StaticBlock):
    """The guides for whom the landing page is made."""

    class Meta:
        icon = "list-ul"
        label = _("Guides for these readers")
        admin_text = _("Every guide marked for the same readers, in the order of the tree.")
        template = "blocks/landing_guides.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Add ``guides``, from the hub: only what is public."""
        page = (parent_context or {}).get("page")
        audience = getattr(page, "audience", "")
        guides = Item.objects.public().of_site(MAIN_SCHEMA).in_language(_language()).guides()
        chosen = [guide for guide in guides if audience in guide.details["audiences"]]
        return {**super().get_context(value, parent_context), "guides": in_place(chosen)}


class HubBlock(blocks.StructBlock):
    """The newest of the whole province on some words."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    words = blocks.CharBlock(
        label=_("Words"),
        required=False,
        max_length=100,
        help_text=_("All of them must occur; diacritics do not matter."),
    )
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in
                 (ItemKind.NEWS, ItemKind.NOTICE, ItemKind.EVENT, ItemKind.DOCUMENT)],
        default=ItemKind.NEWS.value,
    )  # fmt: skip

    class Meta:
        icon = "list-ul"
        label = _("News of the province on a subject")
        template = "blocks/landing_items.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Add ``items``, none of which is not public."""
        items = Item.objects.public().in_language(_language()).of_kind(value["kind"])
        items = items.with_words(value["words"] or "")
        coming = value["kind"] == ItemKind.EVENT
        ordered = items.ending_after(timezone.now()).with_source() if coming else items.newest()
        return {**super().get_context(value, parent_context), "items": ordered[:NEWS_SHOWN]}


class LandingBlock(blocks.StreamBlock):
    """The body of a landing page."""

    occasions = blocks.ListBlock(
        OccasionBlock(), label=_("Occasions"), icon="list-ul",
        template="blocks/landing_occasions.html",
    )  # fmt: skip
    guides = GuidesBlock()
    strengths = blocks.ListBlock(
        StrengthBlock(), label=_("Strengths"), icon="pick", template="blocks/landing_strengths.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("Text"), features=["h2", "h3", *TEXT_FEATURES], icon="pilcrow",
        template="blocks/landing_paragraph.html",
    )  # fmt: skip
    agencies = AgenciesBlock(AgencyBlock())
    items = HubBlock()
    questions = FaqBlock(QuestionBlock(), template="blocks/guide_questions.html")
    callout = CalloutBlock()
    contacts = ContactsBlock()


def in_place(items: Any) -> list[Item]:
    """Return guides or landing pages in the order in which they stand in the tree."""
    return sorted(items, key=lambda item: str(item.details.get("place", "")))


def _language() -> str:
    return get_language() or "vi"
