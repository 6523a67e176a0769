"""Lists of legal documents, and the documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db import connection, models, transaction
from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from motcua.hub.models import ItemKind
from motcua.text.codes import document_key
from motcua.text.fields import normalise_model
from motcua.text.folding import fold
from motcua.text.sorting import sort_key
from sites.base.facts import formal_name
from sites.base.models import BodyPage, SitePage
from sites.base.pages import BOOKKEEPING

from . import panels, relations
from .addresses import addresses_below, document_slug
from .attachments import Attachment
from .forms import DocumentForm
from .lookup import Lookup
from .querysets import DocumentManager, DocumentQuerySet
from .related import relations_of
from .states import FACTS, STATED, State, state_of
from .vocabulary import known_type, type_label

TITLE_LENGTH = 255
ADMIN_TITLE_LENGTH = 110
OLD = timedelta(days=30)  # a document published so long after its issue is no news
# What lists of the admin show of a draft before it is published.
LISTED = ("number", "number_key", "number_sort", "type", "issuer", "issued", "effective")


def own_agency() -> str:
    """Return the name under which the current site's agency issues documents."""
    tenant: Any = getattr(connection, "tenant", None)
    if getattr(tenant, "pk", None) is None:
        return ""
    with translation.override("vi"):
        return formal_name(tenant)


class DocumentsPage(SitePage):
    """A list of documents with its look-up; lists below it (such as the gazette) are part of it."""

    template = "pages/documents.html"
    subpage_types = ["documents.LegalDocumentPage", "documents.DocumentsPage"]

    class Meta:
        verbose_name = _("list of legal documents")
        verbose_name_plural = _("lists of legal documents")

    def documents(self) -> DocumentQuerySet:
        """Return what visitors may read here and below.

        A list in another language has the Vietnamese documents, each in the list's own language
        where it is translated.
        """
        documents = LegalDocumentPage.objects.public_ones().filter(self._places())
        return documents.in_language(self.locale.language_code)

    def _places(self) -> models.Q:
        """Return the condition of documents that stand below this list in any language."""
        twins = Page.objects.filter(translation_key=self.translation_key).values_list("path")
        places = models.Q()
        for (path,) in twins:
            places |= models.Q(path__startswith=path)
        return places

    def sections(self) -> Any:
        """Return the lists directly below this one."""
        return DocumentsPage.objects.child_of(self).live().public()

    def feed_entries(self, request: HttpRequest) -> DocumentQuerySet:
        """Return the documents that the address asks for, newest first, for feeds."""
        return Lookup(self, request).found().newest()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a document; below a list in another language also one that is not translated."""
        try:
            return super().route(request, path_components)
        except Http404:
            document = self._untranslated(*path_components) if len(path_components) == 1 else None
            if document is None:
                raise
            document.shown_below = self
            return RouteResult(document)

    def _untranslated(self, slug: str) -> LegalDocumentPage | None:
        """Return another language's document by the slug it has or once had there.

        Who may read it is asked when it is served.
        """
        others = LegalDocumentPage.objects.live().filter(self._places(), alias_of=None)
        others = others.exclude(locale_id=self.locale_id).in_language(self.locale.language_code)
        moved = others.filter(redirect__old_path__in=self._old_paths(slug))
        nearest = others.filter(slug=slug).order_by("depth", "path")
        return nearest.first() or moved.first()

    def _old_paths(self, slug: str) -> list[str]:
        """Return the addresses a document may have had before its slug changed."""
        twins = self.get_translations().live()
        return [Redirect.normalise_path(f"{twin.url}{slug}") for twin in twins]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer with the page, or with everything found as a file where it is asked for."""
        if request.GET.get("format") == "csv":
            return Lookup(self, request).as_csv()
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``lookup`` and ``documents``, one page of what is found."""
        lookup = Lookup(self, request)
        return {
            **super().get_context(request, *args, **kwargs),
            "lookup": lookup,
            "documents": lookup.page,
            "sections": self.sections(),
        }


class LegalDocumentPage(BodyPage):
    """A legal document (văn bản)."""

    abstract = models.TextField(
        # The form requires it; an imported document may lack it, and is mirrored all the same.
        _("abstract (trích yếu)"),
        blank=True,
        help_text=_("In full, as the document has it."),
    )
    number = models.CharField(
        pgettext_lazy("of a document", "number"),
        max_length=200,
        blank=True,
        help_text=_("As written: 1507/QĐ-UBND."),
    )
    number_key = models.CharField(max_length=relations.KEY_LENGTH, blank=True, editable=False)
    number_sort = models.CharField(max_length=120, blank=True, editable=False, db_collation="C")
    type = models.CharField(pgettext_lazy("of a document", "type"), max_length=100, blank=True)
    issuer = models.CharField(_("issuer"), max_length=255, blank=True, default=own_agency)
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    signer_office = models.CharField(_("office of the signer"), max_length=200, blank=True)
    issued = models.DateField(_("date of issue"), null=True, blank=True, default=timezone.localdate)
    effective = models.DateField(_("in force from"), null=True, blank=True)
    expires = models.DateField(
        _("no longer in force from"),
        null=True,
        blank=True,
        help_text=_("The first day on which it is not in force any more."),
    )
    field = models.CharField(pgettext_lazy("of a document", "field"), max_length=150, blank=True)
    stated = models.CharField(
        pgettext_lazy("of a document", "status"),
        max_length=10,
        blank=True,
        choices=STATED,
        help_text=_("Leave empty to let the dates and the relations decide. A date, or a document "
                    "that replaces this one, says more than what is chosen here."),
    )  # fmt: skip
    gazette_number = models.CharField(
        _("number of the official gazette"), max_length=60, blank=True
    )
    gazette_date = models.DateField(_("date of the official gazette"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address at the source"), max_length=1000, blank=True)
    notes = models.TextField(
        _("notes"), blank=True, help_text=_("For webmasters only: what an import could not place.")
    )
    replaced_on = models.DateField(null=True, editable=False)
    amended_on = models.DateField(null=True, editable=False)
    folded = models.TextField(blank=True, editable=False, help_text="What look-up compares.")
    imported = models.ForeignKey(
        "documents.DocumentImport",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="documents",
    )
    import_key = models.CharField(max_length=64, blank=True, editable=False)

    template = "pages/document.html"
    hub_kind: ClassVar[str | None] = ItemKind.DOCUMENT
    stands_in_elsewhere: ClassVar[bool] = False
    parent_page_types = ["documents.DocumentsPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = DocumentForm
    edit_handler = panels.document_panels()
    exclude_fields_in_copy = [*relations.WORKED_OUT, "imported", "import_key"]

    search_fields = [
        *BodyPage.search_fields,
        index.FilterField("issued"),
        index.FilterField("type"),
        index.FilterField("issuer"),
    ]
    translatable_fields = [
        *BodyPage.translatable_fields,
        *(SynchronizedField(name) for name in (
            "number", "type", "issuer", "signer", "issued", "effective", "expires", "stated",
            "gazette_number", "gazette_date", "source", "source_url", "attachments")),
        TranslatableField("signer_office"),
        TranslatableField("field"),
    ]  # fmt: skip

    objects = DocumentManager()

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        indexes = [
            models.Index(
                fields=["number_key"],
                name="documents_number",
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(
                fields=["import_key"],
                name="documents_import_key",
                condition=~models.Q(import_key=""),
            ),
        ]

    def _set_core_field_defaults(self) -> None:
        normalise_model(self)
        self.work_out()
        if not self.slug and self.path:
            self.slug = self._get_autogenerated_slug(self.slug_base())
        super()._set_core_field_defaults()

    def work_out(self) -> None:
        """Set what follows from the fields: title, keys, the one writing of a known type."""
        self.type = known_type(self.type) or self.type
        self.number_key = document_key(self.number)[: relations.KEY_LENGTH]
        self.number_sort = sort_key(self.number, 120)
        self.title = self.derived_title()
        self.folded = fold(
            " ".join([self.type, self.number, self.number_key, self.abstract, self.signer])
        )

    def derived_title(self) -> str:
        """Return type, number and as much of the abstract as a title can hold."""
        text = f"{self.heading}: {self.abstract}" if self.heading else self.abstract
        title = " ".join(text.split())
        if len(title) > TITLE_LENGTH:
            title = Truncator(title).chars(TITLE_LENGTH, truncate="…")
        return title or str(self._meta.verbose_name)

    def get_admin_display_title(self) -> str:
        """Return the title, cut as lists need it."""
        return Truncator(super().get_admin_display_title()).chars(ADMIN_TITLE_LENGTH)

    def slug_base(self) -> str:
        """Return the address to be made of number, year and abstract."""
        return document_slug(self.number, self.abstract, self.issued)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the document and both ends of its relations in one transaction."""
        changed = kwargs.get("update_fields")
        if changed is not None and BOOKKEEPING.issuperset(changed):
            super().save(*args, **kwargs)
            return
        self.work_out()
        if self.alias_of_id:  # a mirror in another language is as its original
            relations.read_worked_out(self, self.alias_of_id)
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            relations.settle(self)
            relations.read_worked_out(self, self.pk)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep what lists show of a document that was never public as the draft has it."""
        with transaction.atomic():
            revision = super().save_revision(*args, **kwargs)
            if not self.live and self.first_published_at is None:
                draft = {name: getattr(self, name) for name in LISTED}
                LegalDocumentPage.objects.filter(pk=self.pk).update(**draft)
        return revision

    def with_content_json(self, content: dict[str, Any]) -> LegalDocumentPage:
        """Return the page as a revision has it; what other documents do to it is as it is now."""
        page: LegalDocumentPage = super().with_content_json(content)
        for name in relations.WORKED_OUT:
            setattr(page, name, getattr(self, name))
        return page

    def clean(self) -> None:
        """Refuse circles of documents that replace or amend each other."""
        super().clean()
        relations.refuse_circles(self, [relation.target_id for relation in self.relations.all()])

    def missing_to_publish(self) -> dict[str, str]:
        """Return the abstract, which only an imported document may lack."""
        if self.abstract or self.import_key:
            return {}
        return {"abstract": gettext("Write the abstract as the document has it.")}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``files``, ``preview`` (of the first file that has one) and ``relations_shown``."""
        files = self._files()
        previews = (file.preview for file in files)
        return {
            **super().get_context(request, *args, **kwargs),
            "files": files,
            "preview": next((preview for preview in previews if preview), None),
            "relations_shown": relations_of(self),
        }

    def _files(self) -> list[Attachment]:
        files = list(self.attachments.all())  # of a revision, too, whose files are not stored
        models.prefetch_related_objects(files, "document__preview")
        return files

    @classmethod
    def addresses_in(cls, pages: Sequence[Any], language: str) -> dict[int, str]:
        """Return where documents are read below the lists of another language; one query."""
        return addresses_below(DocumentsPage.objects.live(), pages, language)

    @property
    def facts(self) -> dict[str, Any]:
        """What decides whether the document is in force."""
        return {name: getattr(self, name) for name in FACTS}

    @cached_property
    def state(self) -> State:
        """Whether the document is in force today."""
        return State(getattr(self, "state_now", "") or state_of(self.facts))

    @property
    def type_label(self) -> str:
        """The type in the reader's language."""
        return type_label(self.type)

    @property
    def labelled_heading(self) -> str:
        """Type in the reader's language, and number."""
        return f"{self.type_label} {self.number}".strip()

    @property
    def first_file(self) -> Attachment | None:
        """The first attachment, if it has any."""
        return next(iter(self.attachments.all()), None)

    @property
    def heading(self) -> str:
        """Type and number, as people name the document."""
        return f"{self.type} {self.number}".strip()

    @property
    def body_text(self) -> str:
        """The body, and the number in the writings people search for."""
        parts = self.number_key.replace("/", " ").replace("-", " ")
        return f"{self.number} {self.number_key} {parts} {super().body_text}"

    @property
    def hub_published_at(self) -> Any:
        """When it was published; of one that was old by then, which is no news, when issued."""
        published = super().hub_published_at or timezone.now()
        if self.issued is None:
            return published
        issued = timezone.make_aware(datetime.combine(self.issued, time(12)))
        return issued if self.imported_id or published - issued > OLD else published

    @property
    def hub_details(self) -> dict[str, Any]:
        """What lists of the province show; the state of any day follows from it by `state_of`."""
        return {
            "number": self.number,
            "type": self.type,
            "issuer": self.issuer,
            "issued": _iso(self.issued),
            **{name: _iso(value) for name, value in self.facts.items()},
            "status": state_of(self.facts).value,
        }


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
