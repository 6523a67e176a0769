"""What news begin with: categories, and ready-made articles from a file.

The articles are a later, resumable step after a site's birth.
"""

from __future__ import annotations

import csv
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django_tasks import task
from django_tenants.utils import tenant_context
from wagtail.models import Locale

from motcua.text.dates import parse_date
from motcua.text.slugs import slugify
from tenants.models import Tenant

from .articles import Kind
from .models import ArticlePage, Category, NewsPage

# Namespace of the articles' translation keys: the same row of a file is the same article.
NAMESPACE = uuid.UUID("6f1c1c9e-6d2c-4c37-9c65-0f2f5a1f7a11")
SLUG_LENGTH = 80

# What portals of the state write about (decree 42/2022/NĐ-CP, article 4), in this order.
CATEGORIES = (
    # slug, name, name in English
    ("chi-dao-dieu-hanh", "Chỉ đạo, điều hành", "Direction and administration"),
    ("thoi-su", "Thời sự – chính trị", "Current affairs"),
    ("kinh-te", "Kinh tế", "Economy"),
    ("van-hoa-xa-hoi", "Văn hóa – xã hội", "Culture and society"),
    ("cai-cach-hanh-chinh", "Cải cách hành chính", "Administrative reform"),
    ("chuyen-doi-so", "Chuyển đổi số", "Digital transformation"),
    ("pho-bien-phap-luat", "Phổ biến pháp luật", "Law guidance"),
    ("quoc-phong-an-ninh", "Quốc phòng – an ninh", "Defence and security"),
)


def default_categories() -> int:
    """Give the current site the usual categories it lacks; returns how many were made.

    Runs any number of times. What a webmaster has renamed stays, known by its slug.
    """
    made = [
        Category.objects.get_or_create(
            slug=slug, defaults={"name": name, "name_en": name_en, "sort_order": order}
        )[1]
        for order, (slug, name, name_en) in enumerate(CATEGORIES, start=1)
    ]
    return sum(made)


@dataclass(frozen=True, kw_only=True)
class StarterArticle:
    """One article; `key` tells it from the site's others, `date` is dd/mm/yyyy or ISO,
    empty for the moment of publication; `category` is the slug of one that the site has, `kind`
    ``news`` or ``notice``."""

    key: str
    language: str
    date: str
    title: str
    abstract: str
    body: str
    source: str
    category: str = ""
    kind: str = ""


OPTIONAL = ("category", "kind")
COLUMNS = ("label", *(name for name in StarterArticle.__dataclass_fields__ if name not in OPTIONAL))


def read(path: Path) -> dict[str, list[StarterArticle]]:
    """Read a file of articles, UTF-8 with the columns of `COLUMNS`, grouped by site label.

    The columns of `OPTIONAL` may be there.

    Raises:
        ValueError: a column is missing or a kind is none; says which.
    """
    articles: dict[str, list[StarterArticle]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name}: missing columns {', '.join(sorted(missing))}")
        for row in reader:
            label = row.pop("label")
            if row.get("kind") and row["kind"] not in Kind.values:
                raise ValueError(
                    f"{path.name}: “{row['kind']}” is none of {', '.join(Kind.values)}"
                )
            articles[label].append(StarterArticle(**row))
    return articles


def order(articles: Mapping[str, Iterable[StarterArticle]]) -> list[str]:
    """Enqueue one job for every site that has articles; returns the labels nobody has."""
    sites = {site.label: site for site in Tenant.objects.all()}
    for label, of_site in articles.items():
        if label in sites:
            with tenant_context(sites[label]):
                add_articles.enqueue(rows=[asdict(article) for article in of_site])
    return sorted(set(articles) - set(sites))


@task()
def add_articles(rows: list[dict[str, str]]) -> int:
    """Publish the articles that the current site does not have yet; returns how many.

    Each is a transaction of its own, so a job that died goes on where it stopped.
    """
    return sum(_add(StarterArticle(**row)) for row in rows)


def _add(article: StarterArticle) -> bool:
    key = uuid.uuid5(NAMESPACE, article.key)
    locale = Locale.objects.get(language_code=article.language)
    if ArticlePage.objects.filter(translation_key=key, locale=locale).exists():
        return False
    section = NewsPage.objects.filter(locale=locale).order_by("path").first()
    if section is None:
        return False
    with transaction.atomic():
        page = section.add_child(instance=_page(article, key, section))
        page.save_revision().publish()
    return True


def _page(article: StarterArticle, key: uuid.UUID, section: NewsPage) -> ArticlePage:
    paragraphs = (f"<p>{escape(text)}</p>" for text in article.body.split("\n") if text.strip())
    return ArticlePage(
        title=article.title,
        slug=slugify(article.title, max_length=SLUG_LENGTH),
        abstract=article.abstract,
        body=[("paragraph", text) for text in ("".join(paragraphs),) if text],
        source=article.source,
        kind=article.kind or section.default_kind,
        category=Category.objects.filter(slug=article.category).first(),
        date=_noon(article.date),
        locale=section.locale,
        translation_key=key,
        live=False,
    )


def _noon(text: str) -> datetime:
    if not text:
        return timezone.now()
    day = parse_date(text)
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001
