"""The registry's tables, all in ``public``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from motcua.text.folding import fold
from motcua.text.sorting import sort_key

from .lifecycle import Status, Transition, transitions_from

MAIN_SCHEMA = "main"
TEMPLATE_SCHEMA = "site_template"


class Kind(models.TextChoices):
    """What sort of agency a site belongs to."""

    PROVINCE = "province", _("Province")
    DEPARTMENT = "department", _("Department")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")
    AGENCY = "agency", _("Other agency")


def default_languages() -> list[str]:
    """Return the languages of a new site."""
    return ["vi", "en"]


class TenantQuerySet(models.QuerySet["Tenant"]):
    """Sites by intent."""

    def active(self) -> TenantQuerySet:
        """Sites that answer the public."""
        return self.filter(status=Status.ACTIVE)

    def in_office(self) -> TenantQuerySet:
        """Sites whose agency still exists: neither archived nor merged."""
        return self.exclude(status__in=[Status.ARCHIVED, Status.MERGED])

    def members(self) -> TenantQuerySet:
        """Every site but the main portal."""
        return self.exclude(schema_name=MAIN_SCHEMA)

    def in_order(self) -> TenantQuerySet:
        """In the order of the Vietnamese alphabet."""
        return self.order_by("name_sort", "pk")

    def named_by(self, words: str) -> TenantQuerySet:
        """Sites whose name has all the words, in either language, diacritics aside."""
        sites = self
        for word in fold(words).split():
            sites = sites.filter(name_folded__contains=word)
        return sites

    def search(self, text: str) -> TenantQuerySet:
        """Sites whose name, label, agency code or domain contains ``text``, diacritics aside."""
        folded = fold(text)
        return self.filter(
            models.Q(name_folded__contains=folded)
            | models.Q(label__contains=folded)
            | models.Q(agency_code__icontains=text.strip())
            | models.Exists(
                Domain.objects.filter(tenant=models.OuterRef("pk"), domain__contains=folded)
            )
        )


class Tenant(TenantMixin):
    """A site of the province. Its schema is named at birth and never again."""

    auto_create_schema = False
    auto_drop_schema = False

    name_vi = models.CharField(_("Vietnamese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    name_sort = models.TextField(editable=False, default="", db_collation="C")
    name_folded = models.TextField(editable=False, default="")
    label = models.CharField(
        _("label"),
        max_length=63,
        help_text=_("Short name in addresses and lists: the first part of the domain."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    division_type = models.CharField(
        _("type of unit"),
        max_length=40,
        blank=True,
        help_text=_("As in the official name: xã, phường, thị trấn, huyện, thị xã, thành phố."),
    )
    agency_code = models.CharField(
        _("agency code"), max_length=35, blank=True, help_text=_("For example H58.01.02.")
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("superior agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    languages = models.JSONField(_("languages"), default=default_languages)
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PREPARING
    )
    maintenance_error = models.TextField(
        _("failed upgrade"),
        blank=True,
        editable=False,
        help_text=_("While set, the site answers with a maintenance page."),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.UniqueConstraint(Lower("label"), name="tenants_tenant_label_unique"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="tenants_tenant_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="tenants_tenant_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["status", "kind"], name="tenants_tenant_status_kind")]

    def __str__(self) -> str:
        return self.name_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Compute the sort and search keys and store the row."""
        self.name_sort = sort_key(self.name_vi)
        self.name_folded = fold(f"{self.name_vi} {self.name_en}")
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name in the active language, the Vietnamese one where there is no other."""
        return (self.name_en if get_language() == "en" else "") or self.name_vi

    @property
    def district_name(self) -> str:
        """The district of a commune, empty for all others: several have a “Phường 1”."""
        parent = self.parent if self.kind == Kind.COMMUNE else None
        return parent.name if parent is not None and parent.kind == Kind.DISTRICT else ""

    @property
    def full_name(self) -> str:
        """The name that tells it from every other agency of the province."""
        return ", ".join(filter(None, [self.name, self.district_name]))

    @property
    def is_main(self) -> bool:
        """Whether this is the main portal."""
        return self.schema_name == MAIN_SCHEMA

    @property
    def primary_domain(self) -> str:
        """The domain under which the site answers; empty for a site without one."""
        domains: Iterable[Domain] = self.domains.all()
        return next((domain.domain for domain in domains if domain.is_primary), "")

    @property
    def url(self) -> str:
        """The site's address with scheme and port, without a slash at the end."""
        default = {"http": 80, "https": 443}[settings.PUBLIC_SCHEME]
        port = "" if default == settings.PUBLIC_PORT else f":{settings.PUBLIC_PORT}"
        return f"{settings.PUBLIC_SCHEME}://{self.primary_domain}{port}"

    @property
    def transitions(self) -> list[Transition]:
        """What may be done with the site now."""
        return [] if self.is_main else transitions_from(self.status)


class Domain(DomainMixin):
    """An address of a site. The primary one answers, the others redirect to it."""

    serves = models.BooleanField(
        _("answers itself"),
        default=False,
        help_text=_("Shows the site under this address instead of redirecting to the primary."),
    )

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["-is_primary", "domain"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=models.Q(is_primary=True),
                name="tenants_domain_one_primary",
            )
        ]

    @property
    def redirects(self) -> bool:
        """Whether visitors are sent on to the primary domain."""
        return not (self.is_primary or self.serves)

    @transaction.atomic
    def make_primary(self) -> None:
        """Answer under this domain; the former primary one redirects from now on."""
        Domain.objects.filter(tenant=self.tenant_id, is_primary=True).update(is_primary=False)
        self.is_primary = True
        self.save()


class TemplateDump(models.Model):
    """What a newborn site consists of: the template schema as SQL, with its own name in it."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of `sql`.")
    migrations = models.CharField(max_length=32, help_text="Fingerprint of the migrations.")
    sql = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.created_at:%d/%m/%Y %H:%M}"


class SpareSchema(models.Model):
    """A schema that is born and waits for its site; the row and the schema come and go together."""

    schema_name = models.CharField(max_length=63, unique=True)
    dump = models.ForeignKey(TemplateDump, on_delete=models.CASCADE, related_name="spares")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.schema_name


class SiteImport(models.Model):
    """An uploaded list of new sites and how far it has come."""

    class Status(models.TextChoices):
        """Where an import stands."""

        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")

    file_name = models.CharField(_("file"), max_length=255)
    rows = models.JSONField(_("rows"), help_text=_("The checked rows, as they will be created."))
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CHECKED)
    done = models.PositiveIntegerField(_("created"), default=0)
    skipped = models.PositiveIntegerField(_("already there"), default=0)
    failures = models.JSONField(_("failures"), default=list)
    uploaded_by = models.CharField(_("uploaded by"), max_length=254)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("site import")
        verbose_name_plural = _("site imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def handled(self) -> int:
        """How many rows are behind us."""
        return self.done + self.skipped + len(self.failures)
