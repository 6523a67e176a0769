"""Everything of `sites.news` that is stored."""

from .articles import PER_PAGE, ArticlePage, NewsPage
from .categories import Category
from .events import EventPage, EventsPage

__all__ = ["PER_PAGE", "ArticlePage", "Category", "EventPage", "EventsPage", "NewsPage"]
