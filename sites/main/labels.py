"""The label a new site gets if nobody says another."""

from __future__ import annotations

from itertools import count

from django.conf import settings

from motcua.text.folding import fold, normalise_line
from motcua.text.slugs import domain_label
from tenants.registry import Registry
from tenants.vocabulary import DIVISION_TYPES


def suggest_label(name: str, known: Registry) -> str:
    """Return a free label for an agency's Vietnamese name.

    A territory goes by its bare name (``Xã Tân Phước`` is ``tanphuoc``), as long as that is free;
    then with its type (``xatanphuoc``), then with a number.

    Args:
        name: the Vietnamese name, in any normal form.
        known: the registry, in which labels are taken.

    Returns:
        The label, or the empty string if nothing of the name can stand in a host name.
    """
    try:
        candidates = [domain_label(text) for text in (_bare(name), name)]
    except ValueError:
        return ""
    numbered = (f"{candidates[-1][:58]}-{number}" for number in count(2))
    for label in candidates:
        if _is_free(label, known):
            return label
    return next(label for label in numbered if _is_free(label, known))


def _bare(name: str) -> str:
    words = normalise_line(name).split()
    for length in (2, 1):
        if len(words) > length and fold(" ".join(words[:length])) in _TYPES:
            return " ".join(words[length:])
    return name


def _is_free(label: str, known: Registry) -> bool:
    return label not in known.sites and label not in settings.RESERVED_LABELS


_TYPES = frozenset(fold(word) for word in DIVISION_TYPES)
