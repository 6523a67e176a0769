# Django carries no types; everything is Any, but for the one class below that mypy must know.
from typing import Any

def __getattr__(name: str) -> Any: ...
