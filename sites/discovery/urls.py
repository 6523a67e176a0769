"""What machines ask every site for. `language_urls` stand in every language, `site_urls` once."""

from __future__ import annotations

from django.urls import path, re_path

from . import feed_views, views
from .addresses import human_page

site_urls = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    re_path(
        r"^sitemap-(?P<language>[a-z]{2})(?:-(?P<number>[1-9]\d{0,3}))?\.xml$",
        views.sitemap_of_language,
        name="sitemap_of_language",
    ),
]

language_urls = [
    path("opensearch.xml", views.opensearch, name="opensearch"),
    human_page("so-do-trang/", "sitemap/", views.site_map, "site_map"),
    human_page("kenh-rss/", "feeds/", feed_views.feed_list, "feed_list"),
    re_path(
        r"^feeds/(?P<kind>[a-z]+)\.(?P<extension>xml|atom|json)$",
        feed_views.province_feed,
        name="province_feed",
    ),
    re_path(
        r"^(?P<place>(?:[\w\-]+/)*)(?P<name>rss\.xml|atom\.xml|feed\.json)$",
        feed_views.page_feed,
        name="page_feed",
    ),
]
