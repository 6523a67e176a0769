"""Structured logs in which every line names its site."""

from __future__ import annotations

from typing import Any

import structlog

# Of what callers attach to a log line, only this is written: a request would bring cookies.
EXTRAS = ["site", "job", "status_code", "task", "worker", "attempt"]


def logging_config(*, json: bool, level: str) -> dict[str, Any]:
    """Return the ``LOGGING`` setting.

    Args:
        json: one JSON object a line (production), otherwise coloured text for people.
        level: the lowest level that is shown.
    """
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    render_errors = [structlog.processors.format_exc_info] if json else []
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *render_errors,
                    renderer,
                ],
                "foreign_pre_chain": [
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.processors.TimeStamper(fmt="iso"),
                    structlog.stdlib.ExtraAdder(allow=EXTRAS),
                ],
            }
        },
        "filters": {"job": {"()": "motcua.jobs.logs.JobLogFilter"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "structured",
                "filters": ["job"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            "wagtail": {"level": "WARNING"},  # it has its own log of pages, in each schema
        },
    }
