"""Agencies that a page of the main portal names: chosen from the registry, or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from motcua.hub.models import Card
from motcua.text.folding import fold
from tenants.lifecycle import Status
from tenants.models import Tenant


@dataclass(frozen=True)
class Agency:
    """An agency that answers for something: where its site is, and what it does in the matter."""

    name: str
    url: str
    role: str = ""
    phone: str = ""


def agency_choices() -> list[tuple[str, str]]:
    """Return label and full name of every agency in office, in alphabetical order."""
    members = Tenant.objects.members().in_office().in_order().select_related("parent")
    return [(member.label, member.full_name) for member in members]


def resolve(rows: Iterable[Mapping[str, Any]]) -> list[Agency]:
    """Return the agencies that rows of an `AgencyBlock` mean and that answer the public now.

    A row says a ``site`` (label) or a ``name`` in Vietnamese. Whoever was merged is represented
    by the successor; whoever has no site, or none that answers, is left out.
    """
    wanted = list(rows)
    known = _known(wanted)
    found: dict[int, Agency] = {}
    for row in wanted:
        site = known.get(row.get("site") or "") or known.get(fold(row.get("name") or ""))
        if site is not None and site.pk not in found:
            phone = card.phone if (card := card_of(site)) else ""
            found[site.pk] = Agency(site.full_name, site.url, row.get("role") or "", phone)
    return list(found.values())


def card_of(site: Tenant) -> Card | None:
    """Return an agency's card, if its site has one."""
    card: Card | None = getattr(site, "card", None)
    return card


def in_office(site: Tenant) -> Tenant | None:
    """Return who does a site's work now: itself, or the last of its successors, if that answers."""
    seen = set()
    while site.status == Status.MERGED and site.successor is not None and site.pk not in seen:
        seen.add(site.pk)
        site = site.successor
    return site if site.status == Status.ACTIVE else None


def _known(rows: list[Mapping[str, Any]]) -> dict[str, Tenant]:
    """Return the sites in question by label and by folded Vietnamese name."""
    labels = [row["site"] for row in rows if row.get("site")]
    names = {fold(row["name"]) for row in rows if row.get("name")}
    condition = Q(label__in=labels)
    for name in names:
        condition |= Q(name_folded__startswith=name)
    related = ("parent", "card", "successor__parent", "successor__card", "successor__successor")
    sites = Tenant.objects.members().filter(condition).select_related(*related)
    known: dict[str, Tenant] = {}
    for site in sites.prefetch_related("domains", "successor__domains").order_by("pk"):
        present = in_office(site)
        if present is not None:
            known.setdefault(site.label, present)
            known.setdefault(fold(site.name_vi), present)
    return known
