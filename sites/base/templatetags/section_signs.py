"""The sign of a section, by what its address is called."""

from __future__ import annotations

from django import template

register = template.Library()

# The sections every site is born with; the first part of an address that is among them decides.
SIGNS = {
    "tiep-can": "info",
    "access-to": "info",
    "quy-hoach": "landmark",
    "planning": "landmark",
    "du-an": "building-2",
    "projects": "building-2",
    "dau-thau": "store",
    "procurement": "store",
    "chuong-trinh": "circle-check",
    "programmes": "circle-check",
    "thong-ke": "list-filter",
    "statistics": "list-filter",
    "gioi-thieu": "landmark",
    "about": "landmark",
    "lien-he": "phone",
    "contact": "phone",
    "danh-ba": "phone",
    "directory": "phone",
    "cong-bao": "newspaper",
    "gazette": "newspaper",
    "van-ban": "scale",
    "document": "scale",
    "pho-bien": "scale",
    "law-guidance": "scale",
    "thu-tuc": "file-text",
    "procedure": "file-text",
    "thong-bao": "megaphone",
    "announcement": "megaphone",
    "chi-dao": "megaphone",
    "direction": "megaphone",
    "su-kien": "calendar-clock",
    "events": "calendar-clock",
    "lanh-dao": "users-round",
    "leaders": "users-round",
    "to-chuc": "users-round",
    "organisation": "users-round",
    "thu-vien": "images",
    "media": "images",
    "dau-tu": "briefcase-business",
    "invest": "briefcase-business",
    "hoi-dap": "messages-square",
    "faq": "messages-square",
    "lich": "calendar-days",
    "schedule": "calendar-days",
    "cong-khai": "book-open",
    "public-information": "book-open",
    "tin-tuc": "newspaper",
    "news": "newspaper",
}
OTHER = "book-open"


@register.simple_tag
def section_sign(address: str) -> str:
    """Return the name of the icon for a section's slug or path; an open book for any other."""
    return next((sign for part, sign in SIGNS.items() if part in address), OTHER)
