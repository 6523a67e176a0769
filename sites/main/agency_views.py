"""The public pages about the agencies: directory, its table, channels."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sites.base.listing import address, page_of
from tenants.models import Kind

from .directory import KINDS, Directory, Entry, Wanted, table
from .languages import in_other_languages

PER_PAGE = 50


def agencies(request: HttpRequest) -> HttpResponse:
    """Show all agencies as a tree, or a list of those asked for.

    ``?q=`` words, an old name or a telephone number; ``?kind=``, ``?district=``, ``?letter=``.
    """
    in_other_languages(request, "agencies")
    directory, wanted = Directory.load(), _wanted(request)
    counts = directory.counts()
    context: dict[str, Any] = {
        "wanted": wanted,
        "counts": counts,
        "total": sum(counts.values()),
        "kinds": _choices(request, "kind", [(kind, kind) for kind in KINDS if kind in counts]),
        "letters": _choices(request, "letter", [(mark, mark) for mark in directory.letters]),
        "districts": directory.districts,
        "closed": directory.closed,
    }
    if wanted.is_narrow:
        context["entries"] = page_of(request, directory.find(wanted), PER_PAGE)
    else:
        context["tree"] = directory.tree()
    return render(request, "pages/directory.html", context)


def agencies_table(request: HttpRequest) -> StreamingHttpResponse:
    """Send the directory as CSV: the agencies asked for, else all, the merged ones included."""
    directory, wanted = Directory.load(), _wanted(request)
    entries = directory.find(wanted) if wanted.is_narrow else directory.entries
    headers = {"Content-Disposition": 'attachment; filename="danh-ba-co-quan.csv"'}
    lines = table(entries, _columns())
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def channels(request: HttpRequest) -> HttpResponse:
    """Show every way to reach the province: its own channels, each agency's telephone and site."""
    in_other_languages(request, "channels")
    groups: dict[str, list[Entry]] = {}
    for entry in Directory.load().open:
        groups.setdefault(entry.kind, []).append(entry)
    context = {
        "groups": [(kind, groups[kind]) for kind in KINDS if kind in groups],
        "code": _code(f"{request.tenant.url}/"),
    }
    return render(request, "pages/channels.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    given = {
        name: request.GET.get(name, "").strip()[:100] for name in ("kind", "district", "letter")
    }
    kind = given.pop("kind")
    return Wanted(
        words=request.GET.get("q", "").strip()[:100],
        kind=kind if kind in Kind.values else "",
        **given,
    )


def _choices(
    request: HttpRequest, name: str, values: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    chosen = request.GET.get(name, "")
    return [
        {"value": str(value), "label": label, "active": chosen == value,
         "url": address(request, **{name: "" if chosen == value else str(value)})}
        for value, label in values
    ]  # fmt: skip


def _columns() -> dict[str, str]:
    return {
        "name_vi": _("Vietnamese name"), "name_en": _("English name"),
        "kind_label": _("Kind"), "division_type": _("Type of unit"),
        "agency_code": _("Agency code"), "parent": _("Superior agency"),
        "address": _("Address"), "phone": _("Phone"), "email": _("E-mail"),
        "url": _("Website"), "status_label": _("Status"), "successor": _("Successor"),
    }  # fmt: skip


def _code(url: str) -> SafeString:
    """Return a QR code (ISO/IEC 18004) of an address as a drawing that takes the page's ink."""
    drawing = segno.make(url, error="m").svg_inline(
        scale=4, border=2, dark="#000", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by segno, nothing in it comes from a visitor
