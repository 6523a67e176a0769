"""Getting something from another machine, within limits that hold whatever it answers.

    fetched = fetch("https://portal.example.vn/rates.xml",
                    hosts=["portal.example.vn"], accepts=["text/xml"])

Everything the platform asks of the outside goes through `fetch` (ADR 0007), from jobs only: no
page waits for it.
"""

from .errors import FetchError
from .fetcher import Fetched, Limits, fetch

__all__ = ["FetchError", "Fetched", "Limits", "fetch"]
