from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup
from django.db.models.query_utils import DeferredAttribute

from .ciphers import citizen_id_cipher, decrypt


def normalise_email(value: str) -> str:
    """Return an address as it is stored and compared: trimmed, NFC, lower case."""
    return unicodedata.normalize("NFC", value.strip()).lower()


class LowercaseEmailField(models.EmailField):
    """An e-mail address that is stored, and looked up, without regard to case."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return normalise_email(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return normalise_email(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class Ciphertext(str):
    """A stored value nobody has asked to read yet; never shows itself in a repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<encrypted>"


class EncryptedAttribute(DeferredAttribute):
    """Decrypts on first access, so that rows load even where their key is missing."""

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Ciphertext):
            return value
        what = f"{self.field.model._meta.label}.{self.field.name}"
        plain = decrypt(citizen_id_cipher(), value, what=what)
        instance.__dict__[self.field.attname] = plain
        return plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        # Having a setter is what makes Python ask `__get__` before the instance's own dict.
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text encrypted with `CITIZEN_ID_KEYS` (Fernet; the first key writes, all keys read).

    The empty string stays empty. The only lookup is `isnull`: equal values have different
    ciphertexts, so a search needs a keyed digest beside the field.

    Raises on access:
        DecryptionError: the value was written with a key that is no longer configured.
    """

    descriptor_class = EncryptedAttribute

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        return Ciphertext(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        # Not through the attribute: an unread value is written back as it came.
        return model_instance.__dict__.get(self.attname, self.get_default())

    def get_prep_value(self, value: Any) -> Any:
        if not value or isinstance(value, Ciphertext):
            return str(value) if value is not None else None
        return citizen_id_cipher().encrypt(str(value).encode()).decode()

    def get_lookup(self, lookup_name: str) -> type[Lookup] | None:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
