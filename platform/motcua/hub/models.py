"""The hub's tables in ``public``, under forced row-level security (ADR 0003)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.text.codes import document_key, document_prefix
from motcua.text.folding import fold

NUMBER_KEY = "number_key"


class ItemKind(models.TextChoices):
    """What an item is to a reader."""

    NEWS = "news", _("News")
    EVENT = "event", _("Event")
    DOCUMENT = "document", _("Legal document")
    PROCEDURE = "procedure", _("Administrative procedure")
    CONSULTATION = "consultation", _("Draft consultation")
    NOTICE = "notice", _("Notice")
    PAGE = "page", _("Page")


class Audience(models.TextChoices):
    """Who may read an item."""

    PUBLIC = "public", _("Everybody")
    AGENCIES = "agencies", _("Agencies only")


class ItemQuerySet(models.QuerySet["Item"]):
    """Items by intent."""

    def public(self) -> ItemQuerySet:
        """What everybody may read now: of sites that are active, for everybody."""
        return self.filter(audience=Audience.PUBLIC, site__status="active")

    def of_site(self, schema_name: str) -> ItemQuerySet:
        """Items of one site, public or not."""
        return self.filter(site=schema_name)

    def in_language(self, language: str) -> ItemQuerySet:
        """Items in one language, which is what a reader of that language gets."""
        return self.filter(language=language)

    def of_kind(self, *kinds: str) -> ItemQuerySet:
        """Items of any of these kinds of `ItemKind`."""
        return self.filter(kind__in=kinds)

    def with_words(self, text: str) -> ItemQuerySet:
        """Items whose title and abstract have all the words, diacritics aside."""
        items = self
        for word in fold(text).split():
            items = items.filter(folded__contains=word)
        return items

    def numbered(self, text: str) -> ItemQuerySet:
        """Documents whose number begins so, in any writing: ``1507``, ``1507/qd-ubnd``."""
        prefix = document_prefix(text)
        if not any(char.isdigit() for char in prefix):
            return self.none()
        return self.alias(number_key=number_key()).filter(number_key__startswith=prefix)

    def found_by(self, text: str) -> ItemQuerySet:
        """Items that have the words, or the number."""
        return self.with_words(text) | self.numbered(text)

    def published_between(self, start: datetime, end: datetime) -> ItemQuerySet:
        """Items published from ``start`` on and before ``end``."""
        return self.filter(published_at__gte=start, published_at__lt=end)

    def guides(self) -> ItemQuerySet:
        """Guides of the main portal, in no order: `details` says their place in the tree."""
        return self.filter(kind=ItemKind.PAGE, details__page="guide")

    def signposts(self) -> ItemQuerySet:
        """Guides and landing pages of the main portal, in no order."""
        return self.filter(kind=ItemKind.PAGE, details__page__in=["guide", "landing"])

    def ending_after(self, moment: datetime) -> ItemQuerySet:
        """What has an end and is not over at ``moment``, the next first."""
        return self.filter(ends_at__gte=moment).order_by("starts_at", "-pk")

    def newest(self) -> ItemQuerySet:
        """Newest first, with what is needed to name and link the source."""
        return self.order_by("-published_at", "-pk").with_source()

    def with_source(self) -> ItemQuerySet:
        """Items with what is needed to name and link the source."""
        return self.select_related("site__parent").prefetch_related("site__domains")


def number_key() -> Collate:
    """Return the key of a document's number as the index has it."""
    return Collate(KT(f"details__{NUMBER_KEY}"), "C")


def completed(details: dict[str, Any]) -> dict[str, Any]:
    """Return an item's details with the key by which its number is looked up, if it has one."""
    key = document_key(str(details.get("number") or ""))
    return {**details, NUMBER_KEY: key} if key else details


class Item(models.Model):
    """One published thing of one site in one language, as a package: no link into a schema."""

    site = models.ForeignKey(
        settings.TENANT_MODEL,
        to_field="schema_name",
        db_column="site",
        on_delete=models.CASCADE,
        related_name="items",
        verbose_name=_("source"),
    )
    model = models.CharField(max_length=100, help_text="Model label at the origin.")
    object_id = models.CharField(max_length=40, help_text="Primary key at the origin.")
    translation_key = models.UUIDField()
    language = models.CharField(_("language"), max_length=10)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    title = models.CharField(_("title"), max_length=500)
    abstract = models.TextField(_("abstract"), blank=True)
    folded = models.TextField(help_text="Title and abstract without diacritics.")
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    featured = models.BooleanField(_("featured"), default=False, db_default=False)
    details = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="What a list shows of this kind, such as a document's number.",
    )
    path = models.TextField(help_text="Address on the origin, from the slash on.")
    image_path = models.TextField(blank=True)
    image_alt = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(_("published"))
    updated_at = models.DateTimeField(_("updated"))
    version = models.BigIntegerField(default=0, help_text="Revision at the origin.")
    stored_at = models.DateTimeField(default=timezone.now)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared item")
        verbose_name_plural = _("shared items")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "model", "object_id"], name="hub_item_one_per_object"
            )
        ]
        indexes = [
            models.Index(fields=["language", "kind", "-published_at"], name="hub_item_newest"),
            models.Index(
                fields=["language", "ends_at"],
                name="hub_item_ending",
                condition=models.Q(ends_at__isnull=False),
            ),
            models.Index(fields=["site", "translation_key"], name="hub_item_translations"),
            models.Index(
                fields=["site", "language", "kind", "-published_at"], name="hub_item_of_site"
            ),
            models.Index(
                number_key(), name="hub_item_number", condition=models.Q(kind=ItemKind.DOCUMENT)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """The canonical address, on the origin's own domain as it is now."""
        return f"{self.site.url}{self.path}"

    @property
    def image_url(self) -> str:
        """The address of the lead image, empty if there is none."""
        return f"{self.site.url}{self.image_path}" if self.image_path else ""

    @property
    def source_name(self) -> str:
        """The name of the agency that published it, with its district if it is a commune."""
        return self.site.full_name

    @property
    def source_url(self) -> str:
        """The address of the agency's site."""
        return self.site.url


class Card(models.Model):
    """How an agency can be reached, as its webmaster wrote it: one row of each site.

    The province's directory reads it here, because no request reads another site's schema.
    """

    site = models.OneToOneField(
        settings.TENANT_MODEL,
        to_field="schema_name",
        db_column="site",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="card",
    )
    address = models.CharField(max_length=300, blank=True)
    address_en = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    working_hours = models.TextField(blank=True)
    working_hours_en = models.TextField(blank=True)
    channels = models.JSONField(default=list, help_text="Kind, label and address of each.")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("contacts of an agency")
        verbose_name_plural = _("contacts of the agencies")

    def __str__(self) -> str:
        return self.site_id

    def localised_address(self, language: str) -> str:
        """Return the address in ``language``, the Vietnamese one where there is no English."""
        return (self.address_en if language == "en" else "") or self.address
