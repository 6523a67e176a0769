"""Databases in which every site is a schema."""
