"""A person's business card as a file for address books (vCard 4.0, RFC 6350)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .phones import uri_of

if TYPE_CHECKING:
    from .people import PersonPage

MEDIA_TYPE = "text/vcard; charset=utf-8"
_LINE = 75  # octets, RFC 6350 section 3.2


def card_of(person: PersonPage, *, agency: str) -> str:
    """Return the card of a person.

    Args:
        person: a published person.
        agency: the name of the site's agency.
    """
    unit = [person.unit.title] if person.unit else []
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"FN:{_text(person.title)}",
        f"N:{_name(person.title)}",
        f"ORG:{';'.join(_text(part) for part in [agency, *unit])}",
        f"TITLE:{_text(person.position)}",
        *_calls(person),
        *([f"EMAIL;TYPE=work:{_text(person.email)}"] if person.email else []),
        f"URL:{person.full_url}",
        f"REV:{person.last_published_at:%Y%m%dT%H%M%SZ}" if person.last_published_at else "",
        "END:VCARD",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines if line)


def _calls(person: PersonPage) -> list[str]:
    numbers = [("work,voice", uri_of(person.phone)), ("work,cell", uri_of(person.mobile))]
    return [f'TEL;TYPE="{kind}";VALUE=uri:{uri}' for kind, uri in numbers if uri]


def _name(name: str) -> str:
    """Family, given and middle names: the first word, the last, and what lies between."""
    family, *rest = name.split() or [""]
    given, middle = (rest[-1], " ".join(rest[:-1])) if rest else ("", "")
    return f"{_text(family)};{_text(given)};{_text(middle)};;"


def _text(text: str) -> str:
    for char in "\\,;":
        text = text.replace(char, f"\\{char}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line into pieces of at most 75 octets, never within a character."""
    pieces = [""]
    for char in line:
        if len((pieces[-1] + char).encode()) > _LINE:
            pieces.append(" ")
        pieces[-1] += char
    return "\r\n".join(pieces)
