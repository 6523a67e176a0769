"""Everything of `sites.disclosure` that is stored, by subject."""

from __future__ import annotations

from .datasets import DatasetPage
from .programmes import ProgrammePage
from .projects import ProjectPage, RecordPage
from .registers import RegisterPage

__all__ = ["DatasetPage", "ProgrammePage", "ProjectPage", "RecordPage", "RegisterPage"]
