from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english(clean_process: None) -> Iterator[None]:
    """Messages are compared in the language of the code."""
    with translation.override("en"):
        yield
