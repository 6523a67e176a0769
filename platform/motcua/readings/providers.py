"""The interface of everything that gives readings, and the list of those there are.

A new one is a subclass of `Provider` in a module of its own, named in the setting
``READING_PROVIDERS``; nothing else knows it. See `motcua.readings.vietcombank` for a whole one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class UnreadableError(Exception):
    """An answer that is not what the provider promises. The message is for the log."""


class BadParameterError(ValueError):
    """A parameter the provider cannot ask for. The message is for the administrator."""


class Provider(ABC):
    """One kind of readings from one source.

    Subclasses set:
        key: short and stable, the row's name in the registry of sources.
        name: whose data it is, as attribution asks for: a proper name.
        title: what it tells, in the reader's language.
        website: where the public finds the source.
        hosts: everything that may be asked, as `motcua.fetching.fetch` takes it.
        accepts: the media types of its answers.
        parameters_label, parameters_help: how an administrator is asked for the parameters.
        every: how long a good value is fresh; the next one is fetched then.
        stale_after: from this age on a value is shown as interrupted.
        gone_after: from this age on it is not shown any more.
    """

    key: ClassVar[str]
    name: ClassVar[str]
    title: ClassVar[StrPromise]
    website: ClassVar[str]
    hosts: ClassVar[frozenset[str]]
    accepts: ClassVar[frozenset[str]]
    parameters_label: ClassVar[StrPromise]
    parameters_help: ClassVar[StrPromise]
    every: ClassVar[timedelta]
    stale_after: ClassVar[timedelta]
    gone_after: ClassVar[timedelta] = timedelta(days=3)

    @abstractmethod
    def default_parameters(self) -> dict[str, Any]:
        """Return the parameters, JSON, with which the source begins."""

    @abstractmethod
    def cleaned(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters as they are to be stored.

        Raises:
            BadParameterError: they cannot be asked for; says why.
        """

    @abstractmethod
    def to_text(self, parameters: Mapping[str, Any]) -> str:
        """Return the parameters as an administrator writes them."""

    @abstractmethod
    def from_text(self, text: str) -> dict[str, Any]:
        """Return the parameters that an administrator wrote; `cleaned` judges them.

        Raises:
            BadParameterError: a line cannot be understood; says which.
        """

    @abstractmethod
    def url(self, parameters: Mapping[str, Any]) -> str:
        """Return the address to ask for these parameters, with one request."""

    @abstractmethod
    def parse(self, body: bytes, content_type: str, parameters: Mapping[str, Any]) -> Any:
        """Return the typed reading in an answer.

        Raises:
            UnreadableError: it is not what the source promises; a doubtful value is none.
        """

    @abstractmethod
    def summary(self, reading: Any) -> str:
        """Return a reading in one line, for the administrator."""

    @abstractmethod
    def to_json(self, reading: Any) -> dict[str, Any]:
        """Return what is stored of a reading."""

    @abstractmethod
    def from_json(self, stored: Mapping[str, Any]) -> Any:
        """Return the reading that was stored."""


@cache
def _load(paths: tuple[str, ...]) -> dict[str, Provider]:
    made = [import_string(path)() for path in paths]
    return {provider.key: provider for provider in made}


def providers() -> dict[str, Provider]:
    """Return the providers of the setting ``READING_PROVIDERS`` by their keys, in its order."""
    return _load(tuple(settings.READING_PROVIDERS))
