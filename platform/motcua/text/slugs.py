"""Slugs and host labels in ASCII.

Django's slugs drop the letter đ and Wagtail writes it ``u0111``; both make *Đất đai* unreadable.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from motcua.text.folding import fold

MAX_LABEL_LENGTH = 63  # octets, RFC 1035 section 2.3.4

_APOSTROPHES = re.compile(r"'")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SEPARATED_HYPHEN = re.compile(r"\s+-+|-+\s+")
_NOT_LABEL = re.compile(r"[^a-z0-9-]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def slugify(text: str, max_length: int | None = None) -> str:
    """Return `text` as small ASCII words joined by hyphens: ``Đất đai`` is ``dat-dai``.

    `max_length` (characters) cuts at a hyphen where there is one. Apostrophes vanish, everything
    else that is no letter or digit separates words. The result is empty when `text` has no letter
    or digit that can be written in ASCII; what to do then is up to the caller.
    """
    slug = _NOT_SLUG.sub("-", _APOSTROPHES.sub("", fold(str(text)))).strip("-")
    return slug if max_length is None else _cut(slug, max_length)


def django_slugify(value: object, allow_unicode: bool = False) -> str:
    """Stand in for `django.utils.text.slugify`: same signature, slugs always ASCII."""
    return slugify(str(value))


def domain_label(text: str) -> str:
    """Return one label of a host name made from a name: ``Sở Y tế`` is ``soyte``.

    Words are joined without hyphens, as the hosts of Vietnamese agencies are; a hyphen written
    inside a word stays (``tan-phuoc``). The label obeys RFC 1035 (letters, digits, inner hyphens,
    at most 63 octets) as relaxed by RFC 1123 (may begin with a digit), and never has two hyphens
    in a row, so it can never look like the ``xn--`` of RFC 5890.

    Raises `ValueError` when nothing of `text` can stand in a host name.
    """
    words = _SEPARATED_HYPHEN.sub(" ", _APOSTROPHES.sub("", fold(text)))
    label = re.sub(r"-{2,}", "-", _NOT_LABEL.sub("", words)).strip("-")
    label = label[:MAX_LABEL_LENGTH].rstrip("-")
    if not label:
        raise ValueError(_("The name has no letter or digit that an address can be made of."))
    return label


def is_domain_label(text: str) -> bool:
    """Return whether `text` can stand, unchanged, as one label of a host name of ours."""
    return bool(_LABEL.fullmatch(text)) and text[2:4] != "--"


def _cut(slug: str, max_length: int) -> str:
    if len(slug) <= max_length:
        return slug
    whole_words, hyphen, _rest = slug[: max_length + 1].rpartition("-")
    return whole_words if hyphen else slug[:max_length]
