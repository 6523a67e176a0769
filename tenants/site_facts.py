"""The facts of a site, one function each: text as people write it in, a stored value out.

Every function raises `InvalidError` with a message for people, and nothing else. Texts come
normalised and on one line (`motcua.text.folding.normalise_line`).
"""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from motcua.text import codes, slugs
from motcua.text.folding import fold

from . import vocabulary
from .models import Kind, Tenant, default_languages
from .problems import InvalidError
from .registry import KnownSite, Registry

MAX_DOMAIN_LENGTH = 253  # characters without the closing dot, RFC 1035 section 2.3.4
MAX_EMAIL_LENGTH = 254  # RFC 5321, as Django's field has it
# As long as the settings of a site allow (`sites.base.settings`, a layer above).
MAX_ADDRESS_LENGTH = 300
MAX_PHONE_LENGTH = 50
MAX_PERSON_LENGTH = 150

_SHOWN = 80  # characters of a wrong value that a message repeats
_PHONE = re.compile(r"[0-9+()./,;:\-\s]+(?:\D{0,20}[0-9]+\)?)?")
_BETWEEN_LANGUAGES = re.compile(r"[,;|/+]")


def _max_length(name: str) -> int:
    return int(Tenant._meta.get_field(name).max_length or 0)


def _at_most(text: str, length: int) -> str:
    if len(text) > length:
        raise InvalidError(
            _("Too long: {count} characters, at most {limit} are allowed."),
            count=len(text),
            limit=length,
        )
    return text


def _name(text: str, length: int) -> str:
    if text and not any(char.isalnum() for char in text):
        raise InvalidError(_("A name has letters or digits."))
    return _at_most(text, length)


def name_vi(text: str) -> str:
    """The Vietnamese name; required."""
    if not text:
        raise InvalidError(_("The Vietnamese name is missing."))
    return _name(text, _max_length("name_vi"))


def name_en(text: str) -> str:
    """The English name; may be empty."""
    return _name(text, _max_length("name_en"))


def label(text: str, name: str = "") -> str:
    """One label of a host name (RFC 1035, RFC 1123) in small letters; `name` serves to suggest."""
    if not text:
        raise _with_suggestion(
            InvalidError(_("The label is missing.")),
            _("The label is missing. For this name it could be “{suggestion}”."),
            name,
        )
    small = text.lower()
    if not slugs.is_domain_label(small):
        raise _with_suggestion(
            InvalidError(_LABEL_RULE, label=text[:_SHOWN]), _LABEL_RULE_AND_SUGGESTION, text
        )
    return small


_LABEL_RULE = _(
    "“{label}” is not a label: use letters a–z, digits and single hyphens inside, without "
    "diacritics or spaces, at most 63 characters."
)
_LABEL_RULE_AND_SUGGESTION = _(
    "“{label}” is not a label: use letters a–z, digits and single hyphens inside, without "
    "diacritics or spaces, at most 63 characters. It could be “{suggestion}”."
)


def _with_suggestion(plain: InvalidError, message: StrOrPromise, text: str) -> InvalidError:
    try:
        suggestion = slugs.domain_label(text)
    except ValueError:
        return plain
    return InvalidError(message, label=text[:_SHOWN], suggestion=suggestion)


def refuse_reserved_label(value: str) -> None:
    """Refuse the names of the province's own machines (setting ``RESERVED_LABELS``)."""
    if value in settings.RESERVED_LABELS:
        raise InvalidError(_("The label “{label}” is reserved."), label=value)


def refuse_taken_label(value: str, known: Registry) -> None:
    """Refuse a label that another site has."""
    if value in known.sites:
        raise InvalidError(_("There is already a site with the label “{label}”."), label=value)


def domain(text: str) -> str:
    """A host name in small ASCII letters, one of ``SITE_DOMAIN_SUFFIXES`` or below one."""
    name = text.lower().rstrip(".")
    _refuse_address(text)
    _refuse_unicode(name)
    if len(name) > MAX_DOMAIN_LENGTH:
        raise InvalidError(
            _("The domain is too long: {count} characters, at most {limit} are allowed."),
            count=len(name),
            limit=MAX_DOMAIN_LENGTH,
        )
    if not name or not all(slugs.is_domain_label(part) for part in name.split(".")):
        raise InvalidError(_("“{domain}” is not a domain."), domain=text[:_SHOWN])
    _refuse_foreign(name)
    return name


def _refuse_address(text: str) -> None:
    if any(mark in text for mark in ":/?#@"):
        raise InvalidError(
            _("Write the domain only, without http://, port or path: soyte.{suffix}"),
            suffix=settings.SITE_DOMAIN_SUFFIXES[0],
        )


def _refuse_unicode(name: str) -> None:
    if name.isascii() and "xn--" not in name:
        return
    parts = [part if part.isascii() else _ascii_part(part) for part in name.split(".")]
    if all(slugs.is_domain_label(part) for part in parts):
        raise InvalidError(
            _("Domains with diacritics are not accepted. Write “{suggestion}”."),
            suggestion=".".join(parts)[:MAX_DOMAIN_LENGTH],
        )
    raise InvalidError(_("Domains with diacritics or other scripts are not accepted."))


def _ascii_part(part: str) -> str:
    try:
        return slugs.domain_label(part)
    except ValueError:
        return ""


def _refuse_foreign(name: str) -> None:
    suffixes = [suffix.lower() for suffix in settings.SITE_DOMAIN_SUFFIXES]
    if not any(name == suffix or name.endswith(f".{suffix}") for suffix in suffixes):
        raise InvalidError(
            _("“{domain}” is outside the allowed domains: {suffixes}."),
            domain=name[:_SHOWN],
            suffixes=", ".join(suffixes),
        )


def refuse_reserved_domain(name: str) -> None:
    """Refuse ``www.<suffix>`` and the like, whatever the site's label is."""
    first, _dot, rest = name.partition(".")
    if rest in settings.SITE_DOMAIN_SUFFIXES and first in settings.RESERVED_LABELS:
        raise InvalidError(_("The domain “{domain}” is reserved."), domain=name)


def refuse_taken_domain(name: str, known: Registry, own: KnownSite | None) -> None:
    """Refuse a domain that another site has, be it a redirecting one."""
    holder = known.domains.get(name)
    if holder is not None and (own is None or holder != own.label):
        raise InvalidError(
            _("The domain “{domain}” already belongs to the site “{site}”."),
            domain=name,
            site=holder,
        )


def kind(text: str) -> str:
    """A kind of agency, from the words people use for it in either language."""
    if not text:
        raise InvalidError(_("The kind is missing. Possible are: {kinds}."), kinds=_KINDS)
    found = vocabulary.kind_of(text)
    if found is None:
        raise InvalidError(
            _("Unknown kind “{kind}”. Possible are: {kinds}."), kind=text[:_SHOWN], kinds=_KINDS
        )
    return found.value


# Words of both languages, so that a list can be corrected whatever language the reader has.
_KINDS = "sở (department), huyện (district), xã (commune), cơ quan khác (agency)"


def kind_label(value: str) -> StrOrPromise:
    """A kind as people read it."""
    return Kind(value).label if value in Kind.values else value


def division_type(text: str, kind_text: str, kind_value: str) -> str:
    """The type of unit, from its own text or from the word that names the kind (``phường``)."""
    official = vocabulary.division_type_of(text or kind_text)
    belongs_to = vocabulary.DIVISION_TYPES.get(official)
    if kind_value and belongs_to and belongs_to != kind_value:
        raise InvalidError(
            _("A unit of the type “{type}” is of the kind “{right}”, not “{wrong}”."),
            type=official,
            right=kind_label(belongs_to),
            wrong=kind_label(kind_value),
        )
    return official or _at_most(text, _max_length("division_type"))


def agency_code(text: str) -> str:
    """The agency's code from the highest level down (decision 20/2020/QĐ-TTg); may be empty."""
    if not text:
        return ""
    try:
        return str(codes.parse_agency_code(text))
    except ValueError as error:
        raise InvalidError(error.args[0]) from None


def refuse_taken_code(code: str, known: Registry, own: KnownSite | None) -> None:
    """Refuse a code that another agency in office has: dossier codes begin with it."""
    holders = [site for site in known.with_code(code) if own is None or site.pk != own.pk]
    if code and holders:
        raise InvalidError(
            _("The agency code {code} already belongs to the site “{site}”."),
            code=code,
            site=holders[0].label,
        )


def languages(text: str) -> list[str]:
    """Language codes, Vietnamese first; the default languages for an empty text."""
    if not text:
        return default_languages()
    codes_found = [_language(word) for word in _words(text)]
    if settings.LANGUAGE_CODE not in codes_found:
        raise InvalidError(_("Every site speaks Vietnamese (vi)."))
    return [code for code, _name in settings.LANGUAGES if code in codes_found]


def _words(text: str) -> list[str]:
    parts = [part.strip() for part in _BETWEEN_LANGUAGES.split(text) if part.strip()]
    if len(parts) == 1 and fold(parts[0]) not in vocabulary.LANGUAGES:
        return parts[0].split()
    return parts


def _language(word: str) -> str:
    code = vocabulary.LANGUAGES.get(fold(word), "")
    offered = [code for code, _name in settings.LANGUAGES]
    if code not in offered:
        raise InvalidError(
            _("Unknown language “{language}”. Possible are: {languages}."),
            language=word[:_SHOWN],
            languages=", ".join(offered),
        )
    return code


def theme(text: str, themes: frozenset[str]) -> str:
    """The folder name of a theme; empty for the province's own."""
    name = text.lower()
    if name and name not in themes:
        raise InvalidError(
            _("Unknown theme “{theme}”. Possible are: {themes}."),
            theme=text[:_SHOWN],
            themes=", ".join(sorted(themes)),
        )
    return name


def address(text: str) -> str:
    """A postal address; may be empty."""
    return _at_most(text, MAX_ADDRESS_LENGTH)


def phone(text: str) -> str:
    """A telephone number, or several; may be empty. An extension may be named in words."""
    # The length first: the pattern's time grows with its square.
    if _at_most(text, MAX_PHONE_LENGTH) and not _PHONE.fullmatch(text):
        raise InvalidError(
            _("“{phone}” is not a telephone number such as 0273 3872 582."), phone=text[:_SHOWN]
        )
    return text


def email(text: str) -> str:
    """An e-mail address; may be empty."""
    if not text:
        return ""
    try:
        validate_email(_at_most(text, MAX_EMAIL_LENGTH))
    except ValidationError:
        raise InvalidError(_("“{email}” is not an e-mail address."), email=text[:_SHOWN]) from None
    return text


def admin_name(text: str) -> str:
    """The first administrator's name; may be empty."""
    return _at_most(text, MAX_PERSON_LENGTH)


def launch(text: str) -> bool:
    """Whether the site opens at once; yes if nothing is said."""
    if not text:
        return True
    truth = vocabulary.TRUTHS.get(fold(text))
    if truth is None:
        raise InvalidError(_("“{answer}” is neither yes nor no (có, không)."), answer=text[:_SHOWN])
    return truth
