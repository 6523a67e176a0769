"""Structured logs in which every line names its site."""

from __future__ import annotations

from typing import Any

import structlog


def add_site(
    _logger: Any, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    """Put the current site's schema into a log event that does not name one itself."""
    from django.db import connection

    event.setdefault("site", getattr(connection, "schema_name", None))
    return event


def logging_config(*, json: bool, level: str) -> dict[str, Any]:
    """Return the ``LOGGING`` setting.

    Args:
        json: one JSON object a line (production), otherwise coloured text for people.
        level: the lowest level that is shown.
    """
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if json else None
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer or structlog.dev.ConsoleRenderer(),
                "foreign_pre_chain": [
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.processors.TimeStamper(fmt="iso"),
                    structlog.stdlib.ExtraAdder(),
                    add_site,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            "wagtail": {"level": "WARNING"},  # it has its own log of pages, in each schema
        },
    }
