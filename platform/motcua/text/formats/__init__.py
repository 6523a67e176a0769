"""Formats of dates and numbers, for the setting FORMAT_MODULE_PATH."""
