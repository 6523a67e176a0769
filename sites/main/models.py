"""What is stored of `sites.main`: its page types, in the schema of each site."""

from .pages import GuidePage, LandingPage

__all__ = ["GuidePage", "LandingPage"]
