"""Page types of the main portal: guides to what people come for, landing pages for whom."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import connection, models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from motcua.hub.models import Item, ItemKind
from sites.base.models import SitePage
from sites.base.page_forms import SitePageForm
from sites.base.stream_fields import BlocksField
from tenants.models import MAIN_SCHEMA

from .agencies import Agency, resolve
from .blocks import ICONS, GuideBlock, LandingBlock

RELATED = 4


class Reader(models.TextChoices):
    """For whom a page is written (G2C, G2B)."""

    CITIZEN = "citizen", _("Citizens")
    BUSINESS = "business", _("Businesses")
    VISITOR = "visitor", _("Visitors")
    INVESTOR = "investor", _("Investors")


def everybody() -> list[str]:
    """Return the readers of a new guide."""
    return [Reader.CITIZEN.value]


class MainPortalPage(SitePage):
    """A page that only the main portal has."""

    class Meta:
        abstract = True

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Whether it may stand below ``parent``: never on a member site."""
        allowed: bool = super().can_create_at(parent)
        return allowed and connection.schema_name == MAIN_SCHEMA

    def _body_of(self, stream: Any) -> str:
        content = stream.stream_block.get_searchable_content(stream)
        return " ".join(str(part) for part in content)


class GuideForm(SitePageForm):
    """Chooses the readers by ticking."""

    audiences = forms.MultipleChoiceField(
        label=_("For whom"), choices=Reader.choices, widget=forms.CheckboxSelectMultiple
    )


class GuidePage(MainPortalPage):
    """How to go about a matter: who handles it, what to prepare, where to go."""

    icon = models.CharField(_("icon"), max_length=40, choices=ICONS, default="file-text")
    audiences = models.JSONField(_("for whom"), default=everybody)
    priority = models.BooleanField(
        _("priority group"), default=False, help_text=_("Stands on the home page of the province.")
    )
    words = models.CharField(
        _("subject words"),
        max_length=100,
        blank=True,
        help_text=_("News and documents of the province with all these words stand at the foot."),
    )
    content = BlocksField(GuideBlock(), verbose_name=_("content"), blank=True)

    base_form_class = GuideForm
    template = "pages/guide.html"
    parent_page_types = ["base.SectionPage", "main.LandingPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("icon"), FieldPanel("audiences"), FieldPanel("priority"),
             FieldPanel("words")],
            _("Place on the portal"),
        ),
        FieldPanel("content"),
    ]  # fmt: skip
    translatable_fields = [
        *SitePage.translatable_fields,
        SynchronizedField("icon"),
        SynchronizedField("audiences"),
        SynchronizedField("priority"),
        TranslatableField("words"),
        TranslatableField("content"),
    ]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @property
    def body_text(self) -> str:
        """The blocks' searchable text."""
        return self._body_of(self.content)

    @property
    def hub_details(self) -> dict[str, Any]:
        """What tiles of the province show, and where the guide stands among the others."""
        return {"page": "guide", "icon": self.icon, "audiences": self.audiences,
                "priority": self.priority, "place": self.path}  # fmt: skip

    @property
    def readers(self) -> list[str]:
        """The names of those for whom it is written."""
        return [str(reader.label) for reader in Reader if reader.value in self.audiences]

    @cached_property
    def agencies(self) -> list[Agency]:
        """The competent agencies that have a site."""
        rows = [row for block in self.content if block.block_type == "agencies"
                for row in block.value]  # fmt: skip
        return resolve(rows) if rows else []

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the service that the guide leads to, with whom it is for and who renders it."""
        operators = [
            {"@type": "GovernmentOrganization", "name": agency.name, "url": f"{agency.url}/"}
            for agency in self.agencies
        ]
        return {
            "@type": "GovernmentService",
            "name": self.title,
            "serviceType": self.title,
            "audience": [{"@type": "Audience", "audienceType": name} for name in self.readers],
            "serviceOperator": operators,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``documents`` and ``news`` of the province on the guide's subject."""
        return {
            **super().get_context(request, *args, **kwargs),
            "documents": self._related(ItemKind.DOCUMENT),
            "news": self._related(ItemKind.NEWS, ItemKind.NOTICE),
        }

    def _related(self, *kinds: str) -> Any:
        if not self.words:
            return []
        items = Item.objects.public().in_language(self.locale.language_code).of_kind(*kinds)
        return items.with_words(self.words).newest()[:RELATED]


class LandingPage(MainPortalPage):
    """The door for one kind of reader."""

    audience = models.CharField(
        _("for whom"), max_length=20, choices=Reader.choices, default=Reader.CITIZEN
    )
    icon = models.CharField(_("icon"), max_length=40, choices=ICONS, default="users-round")
    content = BlocksField(LandingBlock(), verbose_name=_("content"), blank=True)

    template = "pages/landing.html"
    parent_page_types = ["home.HomePage"]
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("icon")], _("Place on the portal")),
        FieldPanel("content"),
    ]
    translatable_fields = [
        *SitePage.translatable_fields,
        SynchronizedField("audience"),
        SynchronizedField("icon"),
        TranslatableField("content"),
    ]

    class Meta:
        verbose_name = _("landing page")
        verbose_name_plural = _("landing pages")

    @property
    def body_text(self) -> str:
        """The blocks' searchable text."""
        return self._body_of(self.content)

    @property
    def hub_details(self) -> dict[str, Any]:
        """What the province's home page shows of it."""
        return {"page": "landing", "icon": self.icon, "audience": self.audience,
                "place": self.path}  # fmt: skip
