"""Everything of `sites.organisation` that is stored: units, people, schedules."""

from __future__ import annotations

from .people import PersonPage, StructurePage, UnitPage
from .schedules import SchedulePage, WeekPage

__all__ = ["PersonPage", "SchedulePage", "StructurePage", "UnitPage", "WeekPage"]
