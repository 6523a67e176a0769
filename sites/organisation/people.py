"""Units and people of an agency, and the page that shows how they belong together.

The tree of the pages is the organisation: a unit stands below its superior unit, a person below
the unit they work in, and the order in which a webmaster drags them in the explorer is the order
of precedence. Nothing else stores it, so nothing can contradict it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.fields import SynchronizedField, TranslatableField

from motcua.text.sorting import name_sort_key
from sites.base.models import BodyPage

from . import directory, vcards
from .phones import PhoneField, uri_of
from .tree import Branch, grow


class Reachable(BodyPage):
    """Who can be called and written to."""

    phone = PhoneField(
        _("telephone"), blank=True, help_text=_("One number, with an extension if there is one.")
    )
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        abstract = True

    @property
    def phone_uri(self) -> str:
        """The telephone number for a link; empty without one."""
        return uri_of(self.phone)


class UnitQuerySet(PageQuerySet["UnitPage"]):
    """Units by intent."""

    def shown(self, locale: Locale) -> UnitQuerySet:
        """What visitors may see of a language, in the order of the tree.

        Each has ``head_key``, the translation key of the person chosen as its head.
        """
        visible = self.live().public().filter(locale=locale).order_by("path")
        return visible.annotate(head_key=F("head__translation_key")).defer_streamfields()


class PersonQuerySet(PageQuerySet["PersonPage"]):
    """People by intent."""

    def shown(self, locale: Locale) -> PersonQuerySet:
        """What visitors may see of a language, in the order of the tree."""
        visible = self.live().public().filter(locale=locale).order_by("path")
        return visible.defer_streamfields()

    def in_office(self, day: date) -> PersonQuerySet:
        """Those whose term has not ended before ``day``."""
        return self.filter(Q(term_to=None) | Q(term_to__gte=day))

    def leaders(self) -> PersonQuerySet:
        """The leaders of the agency."""
        return self.filter(is_leader=True)

    def with_portraits(self) -> PersonQuerySet:
        """Together with their pictures and all sizes of them, in two queries more."""
        return self.prefetch_related("lead_image__renditions")


class StructurePage(BodyPage):
    """The organisation as a chart, its leaders, or its directory.

    One type for the three, because they show the same people and need no table each. The units
    and people stand below the page with the chart; the two others read those of the whole site.
    """

    class Layout(models.TextChoices):
        """What the page shows."""

        CHART = "chart", _("Structure chart of what stands below this page")
        LEADERS = "leaders", _("Leaders of the whole site, with portraits")
        DIRECTORY = "directory", _("Directory of the whole site, with telephone numbers")

    layout = models.CharField(
        _("layout"), max_length=10, choices=Layout.choices, default=Layout.CHART
    )

    subpage_types = ["organisation.UnitPage", "organisation.PersonPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("layout"),
        FieldPanel("abstract"),
        FieldPanel("body", heading=_("Introduction")),
    ]
    translatable_fields = [*BodyPage.translatable_fields, SynchronizedField("layout")]

    class Meta:
        verbose_name = _("structure of the agency")
        verbose_name_plural = _("structures of agencies")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Choose the face by the layout."""
        faces = {self.Layout.LEADERS: "leaders", self.Layout.DIRECTORY: "people"}
        return f"pages/{faces.get(self.Layout(self.layout), 'structure')}.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the layout shows: ``chart``, ``boards`` and ``former``, or ``directory``."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.layout == self.Layout.LEADERS:
            return {**context, **leaders_of(self.locale)}
        if self.layout == self.Layout.DIRECTORY:
            roots = organisation_of(self.locale, people_of(self.locale))
            return {**context, "directory": directory.answer(request, roots)}
        return {**context, "chart": self.chart()}

    def chart(self) -> Branch:
        """Return what stands below this page, its units and people, in three queries."""
        units = UnitPage.objects.shown(self.locale).descendant_of(self)
        return grow([self], units, people_of(self.locale))[0]


class UnitPage(Reachable):
    """A unit of the agency: its functions and duties, its head, its people."""

    address = models.CharField(_("address"), max_length=300, blank=True)
    head = models.ForeignKey(
        "organisation.PersonPage",
        verbose_name=_("head"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only if it is not the first person below the unit."),
    )

    template = "pages/unit.html"
    parent_page_types = ["organisation.StructurePage", "organisation.UnitPage"]
    subpage_types = ["organisation.UnitPage", "organisation.PersonPage"]

    content_panels = [
        TitleFieldPanel(
            "title",
            heading=_("Name of the unit"),
            placeholder=_("Name of the unit"),
            help_text=_("As the decision that set it up has it."),
        ),
        FieldPanel("abstract", heading=_("In short")),
        FieldPanel("body", heading=_("Functions and duties")),
        PageChooserPanel("head", "organisation.PersonPage"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]), FieldPanel("address")],
            _("Contacts"),
        ),
    ]
    translatable_fields = [
        *BodyPage.translatable_fields,
        TranslatableField("address"),
        SynchronizedField("phone"),
        SynchronizedField("email"),
        SynchronizedField("head"),
    ]

    objects = PageManager.from_queryset(UnitQuerySet)()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    @property
    def hub_details(self) -> dict[str, Any]:
        """How to call the unit."""
        return {"phone": self.phone} if self.phone else {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``branch``: the unit's head, its other members, the units below it."""
        return {**super().get_context(request, *args, **kwargs), "branch": self.branch()}

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the unit as a part of the agency, with its contacts."""
        return {"@type": "GovernmentOrganization", "name": self.title, "telephone": self.phone,
                "email": self.email, "address": self.address}  # fmt: skip

    @property
    def superior(self) -> Page:
        """The page above: the superior unit, or the structure."""
        return self.trail[-1]

    def branch(self) -> Branch:
        """Return the unit with its people and the units below it."""
        key = self.head.translation_key if self.head else None
        self.head_key = key
        people = people_of(self.locale).filter(
            Q(path__startswith=self.path) | Q(translation_key=key)
        )
        units = UnitPage.objects.shown(self.locale).descendant_of(self)
        return grow([self], units, people.with_portraits())[0]


class PersonPage(Reachable):
    """A leader or an official: office, duties, biography, contacts.

    The page's title is the name, in one field; its lead image is the portrait; its abstract is
    the office, so that lists and the main portal say who this is.
    """

    position = models.CharField(
        _("office"), max_length=250, help_text=_("Such as: Director; Deputy Chief of Office.")
    )
    academic_title = models.CharField(
        _("academic title"), max_length=100, blank=True, help_text=_("Such as: PhD.")
    )
    duties = RichTextField(
        _("fields in charge"), blank=True, features=["bold", "ul", "ol", "link", "document-link"]
    )
    mobile = PhoneField(_("mobile telephone"), blank=True)
    is_leader = models.BooleanField(
        _("leader of the agency"),
        default=False,
        help_text=_("Stands among the leaders and can be chosen in the work schedule."),
    )
    term_from = models.DateField(_("in office since"), null=True, blank=True)
    term_to = models.DateField(
        _("in office until"),
        null=True,
        blank=True,
        help_text=_("From the day after, the person stands among the former leaders only."),
    )
    name_key = models.TextField(editable=False, default="", db_collation="C")

    template = "pages/person.html"
    parent_page_types = ["organisation.StructurePage", "organisation.UnitPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels = [
        TitleFieldPanel(
            "title",
            heading=_("Full name"),
            placeholder=_("Full name"),
            help_text=_("Without academic title."),
        ),
        FieldRowPanel([FieldPanel("position"), FieldPanel("academic_title")]),
        FieldPanel("lead_image", heading=_("Portrait")),
        FieldPanel("is_leader"),
        FieldPanel("duties"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("phone"), FieldPanel("mobile")]), FieldPanel("email")],
            _("Contacts"),
        ),
        FieldRowPanel([FieldPanel("term_from"), FieldPanel("term_to")], _("Term of office")),
        FieldPanel("body", heading=_("Biography")),
    ]
    translatable_fields = [
        *(field for field in BodyPage.translatable_fields if field.field_name != "abstract"),
        TranslatableField("position"),
        TranslatableField("academic_title"),
        TranslatableField("duties"),
        SynchronizedField("phone"),
        SynchronizedField("mobile"),
        SynchronizedField("email"),
        SynchronizedField("is_leader"),
        SynchronizedField("term_from"),
        SynchronizedField("term_to"),
    ]

    objects = PageManager.from_queryset(PersonQuerySet)()

    class Meta:
        verbose_name = _("leader or official")
        verbose_name_plural = _("leaders and officials")

    def _set_core_field_defaults(self) -> None:
        super()._set_core_field_defaults()
        self.abstract = self.position
        self.name_key = name_sort_key(self.title)

    def clean(self) -> None:
        """Want a term that ends after it begins."""
        super().clean()
        if self.term_from and self.term_to and self.term_to < self.term_from:
            raise ValidationError({"term_to": _("The term ends before it begins.")})

    @property
    def mobile_uri(self) -> str:
        """The mobile number for a link; empty without one."""
        return uri_of(self.mobile)

    @property
    def full_name(self) -> str:
        """The name with the academic title before it, as signatures have it."""
        return f"{self.academic_title} {self.title}".strip()

    @property
    def is_former(self) -> bool:
        """Whether the term is over."""
        return self.term_to is not None and self.term_to < timezone.localdate()

    @cached_property
    def unit(self) -> UnitPage | None:
        """The unit in which the person works, where visitors may see it."""
        return UnitPage.objects.live().public().parent_of(self).first()

    @property
    def body_text(self) -> str:
        """Duties and biography."""
        return f"{get_text_for_indexing(self.duties)} {super().body_text}"

    @property
    def hub_details(self) -> dict[str, Any]:
        """The office."""
        return {"position": self.position}

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        """Return the person with office and contacts at work; nothing of who has left."""
        if self.is_former:
            return None
        return {"@type": "Person", "name": self.title, "jobTitle": self.position,
                "honorificPrefix": self.academic_title, "telephone": self.phone,
                "email": self.email}  # fmt: skip

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with its business card for ``?format=vcf``."""
        if request.GET.get("format") != "vcf":
            response: HttpResponse = super().serve(request, *args, **kwargs)
            return response
        return self._card(request)

    def _card(self, request: HttpRequest) -> HttpResponse:
        text = vcards.card_of(self, agency=request.tenant.name)
        name = f'attachment; filename="{self.slug}.vcf"'
        return HttpResponse(
            text, content_type=vcards.MEDIA_TYPE, headers={"Content-Disposition": name}
        )


def people_of(locale: Locale) -> PersonQuerySet:
    """Return everybody in office whom visitors may see, in the order of the tree."""
    return PersonPage.objects.shown(locale).in_office(timezone.localdate())


def organisation_of(locale: Locale, people: Iterable[PersonPage]) -> list[Branch]:
    """Return the whole site's branches, one for each page with a structure below it."""
    tops = StructurePage.objects.live().public().filter(locale=locale).order_by("path")
    return grow(tops.defer_streamfields(), UnitPage.objects.shown(locale), people)


def leaders_of(locale: Locale) -> dict[str, Any]:
    """Return ``boards``, the branches with leaders in office, and ``former``, those of before."""
    people = list(PersonPage.objects.shown(locale).leaders().with_portraits())
    branches = [below for root in organisation_of(locale, people) for below in root.walk()]
    former = [person for branch in branches for person in branch.people if person.is_former]
    return {
        "boards": [branch for branch in branches if branch.leaders],
        "former": sorted(former, key=lambda person: str(person.term_to), reverse=True),
    }
