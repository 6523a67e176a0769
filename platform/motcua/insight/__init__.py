"""Visits, counted without knowing anybody."""
