"""Traps in the tree and in the locks, and migrations or templates that were forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines
from django.template.loader import get_template

from ops.local.state import CHECKOUT

LOCKS = [CHECKOUT / "requirements.txt", CHECKOUT / "requirements-dev.txt"]


def test_no_package_hides_a_module_of_the_standard_library() -> None:
    assert not (CHECKOUT / "platform" / "__init__.py").exists()
    assert not (CHECKOUT / "locale" / "__init__.py").exists()


def test_no_package_below_tests_shadows_ours() -> None:
    assert list((CHECKOUT / "tests").rglob("__init__.py")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_every_package_with_hashes_and_names_no_registry(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9][\w.-]*)==\S+ \\\n    --hash=sha256:", text, flags=re.M)
    assert len(pins) == len(re.findall(r"^[a-z0-9][\w.-]*==", text, flags=re.M)) > 40
    assert "://" not in text
    assert "--index" not in text


def test_development_lock_agrees_with_the_run_time_lock() -> None:
    runtime, development = (
        dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", lock.read_text(encoding="utf-8"), flags=re.M))
        for lock in LOCKS
    )
    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.smoke
@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def our_templates() -> list[str]:
    """The names of all templates in the themes and apps of this project."""
    folders = [*CHECKOUT.glob("themes/*/templates"), *CHECKOUT.glob("*/*/templates"),
               *CHECKOUT.glob("platform/motcua/*/templates")]  # fmt: skip
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    roots = sorted(folders, key=lambda folder: len(folder.parts), reverse=True)
    return sorted(
        {
            str(next(path.relative_to(root) for root in roots if path.is_relative_to(root)))
            for path in files
        }
    )


def test_there_are_templates_to_check() -> None:
    assert engines["django"]
    assert len(our_templates()) > 10


@pytest.mark.parametrize("name", our_templates())
def test_template_compiles(name: str) -> None:
    get_template(name)
