"""What may become a site.

One function, `check`, stands behind the shell, the lists in CSV and the browser's form, so that
the same mistake gets the same message everywhere. It takes text as people write it and returns
values as the registry stores them; it never raises for what a person wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.text.folding import normalise_line

from . import site_facts as facts
from .models import Kind, Tenant, default_languages
from .problems import InvalidError, LineProblem, Problem
from .provisioning import NewSite
from .registry import KnownSite, Registry

__all__ = [
    "FIELDS",
    "REQUIRED",
    "LineProblem",
    "Problem",
    "Registry",
    "SiteValues",
    "check",
    "check_domain",
    "check_parent",
    "check_values",
]

MAX_LEVELS = 10  # of agencies above one another; more is a mistake, and costs time to walk

REQUIRED = ("label", "name_vi", "kind")

# Which kinds of agency may stand directly above; a kind that is not here may be under any.
ABOVE: dict[str, frozenset[str]] = {
    Kind.DISTRICT: frozenset({Kind.PROVINCE}),
    Kind.COMMUNE: frozenset({Kind.PROVINCE, Kind.DISTRICT}),
    Kind.DEPARTMENT: frozenset({Kind.PROVINCE, Kind.DEPARTMENT, Kind.DISTRICT}),
}


@dataclass(frozen=True, kw_only=True)
class SiteValues:
    """A site's values as the registry stores them; `parent` is a label, empty for the main portal.

    Serialisable: all values are JSON.
    """

    label: str = ""
    domain: str = ""
    name_vi: str = ""
    name_en: str = ""
    kind: str = ""
    division_type: str = ""
    agency_code: str = ""
    parent: str = ""
    languages: list[str] = field(default_factory=default_languages)
    theme: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    admin_email: str = ""
    admin_name: str = ""
    launch: bool = True

    def spec(self, parent: Tenant | None) -> NewSite:
        """Return what provisioning needs, with the superior agency's row instead of its label."""
        return NewSite(**{**asdict(self), "parent": parent})

    def known(self) -> KnownSite:
        """Return the site as others in the same file refer to it."""
        return KnownSite(self.label, self.kind, self.parent, self.domain, self.agency_code)


FIELDS = tuple(SiteValues.__dataclass_fields__)


def check(
    data: Mapping[str, str], *, known: Registry | None = None, tenant: Tenant | None = None
) -> tuple[NewSite | None, list[Problem]]:
    """Check one site.

    Args:
        data: text by name of field (`FIELDS`), as a person wrote it; what is missing is empty.
            ``parent`` is the superior agency's label or domain, ``languages`` are separated by
            commas, ``launch`` is a word such as ``yes`` or ``không``.
        known: a snapshot of the registry; read afresh (two queries) if not given.
        tenant: the existing site that is being edited; its own label and domain are no duplicates,
            an empty domain means its present one.

    Returns:
        The site, and no problems; or nothing, and what is wrong.
    """
    known = known or Registry.load()
    own = known.sites.get(tenant.label.lower()) if tenant else None
    values, problems = check_values(data, known, own)
    if not any(problem.field in {"parent", "label", "kind"} for problem in problems):
        problems += check_parent(values, known, own)
    if problems:
        return None, problems
    return values.spec(parent_row(values, known)), []


def parent_row(values: SiteValues, known: Registry) -> Tenant | None:
    """Return the row of a site's superior agency; nothing for the main portal itself."""
    above = known.find(values.parent) if values.parent else known.main
    if above is None or above.label == values.label:
        return None
    return Tenant.objects.filter(pk=above.pk).first()


def check_domain(text: str, *, known: Registry | None = None) -> tuple[str, list[Problem]]:
    """Check one further domain of an existing site.

    Returns:
        The domain as it is stored, and what is wrong with it.
    """
    known = known or Registry.load()
    try:
        domain = facts.domain(normalise_line(text))
        facts.refuse_reserved_domain(domain)
        facts.refuse_taken_domain(domain, known, None)
    except InvalidError as error:
        return "", [Problem("domain", error.message)]
    return domain, []


def check_values(
    data: Mapping[str, str], known: Registry, own: KnownSite | None = None
) -> tuple[SiteValues, list[Problem]]:
    """Check everything but the relation to the superior agency (`check_parent`).

    Args:
        data: as in `check`.
        known: the registry; duplicates are sought in it.
        own: the site's own entry in it, if the site exists.

    Returns:
        The values, the wrong ones as empty as a value can be, and what is wrong.
    """
    checker = _Checker(data, known, own)
    checker.run()
    return SiteValues(**checker.values), checker.problems


class _Checker:
    """The values of one site, checked one by one; some look at those checked before."""

    def __init__(self, data: Mapping[str, str], known: Registry, own: KnownSite | None) -> None:
        self.texts = {name: normalise_line(str(data.get(name) or "")) for name in FIELDS}
        self.known, self.own = known, own
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def run(self) -> None:
        steps: Iterable[tuple[str, Callable[[str], Any]]] = (
            ("name_vi", facts.name_vi),
            ("name_en", facts.name_en),
            ("label", self.label),
            ("domain", self.domain),
            ("kind", self.kind),
            ("division_type", self.division_type),
            ("agency_code", self.agency_code),
            ("parent", self.parent),
            ("languages", facts.languages),
            ("theme", lambda text: facts.theme(text, self.known.themes)),
            ("address", facts.address),
            ("phone", facts.phone),
            ("email", facts.email),
            ("admin_email", facts.email),
            ("admin_name", facts.admin_name),
            ("launch", facts.launch),
        )
        for name, take in steps:
            self.take(name, take)

    def take(self, name: str, take: Callable[[str], Any]) -> None:
        """Check one text; a wrong one leaves its field's default and a problem."""
        try:
            self.values[name] = take(self.texts[name])
        except InvalidError as error:
            self.problems.append(Problem(name, error.message))

    @property
    def failed(self) -> set[str]:
        return {problem.field for problem in self.problems}

    @property
    def is_main(self) -> bool:
        return self.own is not None and self.own.is_main

    def label(self, text: str) -> str:
        label = facts.label(text, self.texts["name_vi"])
        if self.own is None or label != self.own.label:
            facts.refuse_reserved_label(label)
            facts.refuse_taken_label(label, self.known)
        return label

    def domain(self, text: str) -> str:
        if not text:
            return self.default_domain()
        domain = facts.domain(text)
        if not self.is_main:
            facts.refuse_reserved_domain(domain)
        facts.refuse_taken_domain(domain, self.known, self.own)
        return domain

    def default_domain(self) -> str:
        """``<label>.<the main portal's domain>``, or the domain that the site has."""
        if self.own is not None and self.own.domain:
            return self.own.domain
        if "label" in self.failed:
            return ""
        base = self.known.main.domain if self.known.main else settings.SITE_DOMAIN_SUFFIXES[0]
        domain = facts.domain(f"{self.values['label']}.{base}")
        facts.refuse_taken_domain(domain, self.known, self.own)
        return domain

    def kind(self, text: str) -> str:
        kind = facts.kind(text)
        if kind == Kind.PROVINCE and not self.is_main:
            raise InvalidError(_("Only the main portal is of the kind “province”."))
        if kind != Kind.PROVINCE and self.is_main:
            raise InvalidError(_("The main portal is always of the kind “province”."))
        return kind

    def division_type(self, text: str) -> str:
        return facts.division_type(text, self.texts["kind"], self.values.get("kind", ""))

    def agency_code(self, text: str) -> str:
        code = facts.agency_code(text)
        if self.own is None or code != self.own.agency_code:
            facts.refuse_taken_code(code, self.known, self.own)
        return code

    def parent(self, text: str) -> str:
        """The label, as far as it is known; whether it may be the parent is seen later."""
        if text and self.is_main:
            raise InvalidError(_("The main portal has no superior agency."))
        site = self.known.find(text) if text else None
        return site.label if site else text.lower()


def check_parent(
    values: SiteValues, known: Registry, own: KnownSite | None = None
) -> list[Problem]:
    """Check that the superior agency exists, may be superior, and is not below the site itself.

    Args:
        values: the checked values of the site.
        known: the registry, with the other sites of the same file (`Registry.including`).
        own: the site's own entry, if the site exists.

    Returns:
        What is wrong.
    """
    try:
        _refuse_parent(values, known)
        _refuse_children(values, known, own)
    except InvalidError as error:
        return [Problem("parent", error.message)]
    return []


def _refuse_parent(values: SiteValues, known: Registry) -> None:
    if not values.parent:
        return
    if values.parent == values.label:
        raise InvalidError(_("A site cannot be its own superior agency."))
    above = known.sites.get(values.parent)
    if above is None:
        raise InvalidError(
            _("There is no site with the label or domain “{parent}”."), parent=values.parent[:80]
        )
    _refuse_circle(values, known)
    _refuse_kind_above(values.kind, above.kind)


def _refuse_circle(values: SiteValues, known: Registry) -> None:
    way = [values.label, values.parent]
    for above in known.above(values.parent):
        way.append(above.label)
        if above.label == values.label:
            raise InvalidError(
                _("Superior agencies go round in a circle: {way}."), way=" → ".join(way)
            )
        if len(way) > MAX_LEVELS:
            raise InvalidError(
                _("More than {limit} agencies would stand above one another."), limit=MAX_LEVELS
            )


def _refuse_kind_above(kind: str, above: str) -> None:
    if kind in ABOVE and above not in ABOVE[kind]:
        raise InvalidError(
            _("An agency of the kind “{kind}” cannot be under one of the kind “{above}”."),
            kind=facts.kind_label(kind),
            above=facts.kind_label(above),
        )


def _refuse_children(values: SiteValues, known: Registry, own: KnownSite | None) -> None:
    if own is None or own.kind == values.kind:
        return
    for site in known.sites.values():
        if site.parent == own.label:
            _refuse_kind_above(site.kind, values.kind)
