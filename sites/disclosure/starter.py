"""Ready content: access to information, questions, glossary; a programme from a file.

The texts are the same for every agency and true of each; an agency adds its own to them.
"""

from __future__ import annotations

import csv
import uuid
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Locale, Page, Site

from motcua.text.dates import parse_date
from motcua.text.slugs import slugify

from .models import ProgrammePage, RegisterPage
from .registers import RegisterKind
from .starter_texts import en, vi

TEXTS = {"vi": vi, "en": en}
Blocks = list[tuple[str, Any]]

# Namespace of translation keys: the same file is the same programme, its languages translations.
NAMESPACE = uuid.UUID("0d1f9a52-6f0b-4b1e-8c39-7a2f64b3c8d5")
COLUMNS = ("fact", "text_vi", "text_en", "group_vi", "group_en", "unit_vi", "unit_en", "year",
           "target", "actual")  # fmt: skip
REGISTER_TITLES = {
    "vi": ("Chương trình, đề án", "chuong-trinh-de-an", "Mục tiêu và kết quả thực hiện từng năm."),
    "en": ("Programmes", "programmes", "Targets and what was reached, year by year."),
}
SHEET_HEADINGS = {
    "vi": ("Chỉ tiêu", "Đơn vị", "Năm", "Mục tiêu", "Thực hiện"),
    "en": ("Indicator", "Unit", "Year", "Target", "Actual"),
}


def access_to_information(language: str) -> Blocks:
    """Return the body of the page on access to information: law 104/2016/QH13, decree 13/2018."""
    return [_block(kind, value) for kind, value in TEXTS[language].ACCESS]


def faq(language: str) -> Blocks:
    """Return the body of the page of questions about using the site."""
    items = [
        {"question": question, "answer": _html(answer)}
        for question, answer in TEXTS[language].QUESTIONS
    ]
    return [("faq", items)]


def glossary(language: str) -> Blocks:
    """Return the body of the glossary of administrative words."""
    terms = [
        {"term": term, "abbreviation": short, "definition": _html([definition])}
        for term, short, definition in TEXTS[language].TERMS
    ]
    return [("glossary", terms)]


def _block(kind: str, value: Any) -> tuple[str, Any]:
    if kind == "callout":
        tone, title, text = value
        return kind, {"tone": tone, "title": title, "text": _html([text])}
    return (kind, value) if kind == "heading" else (kind, _html(value))


def _html(parts: list[Any]) -> str:
    """Return paragraphs, and lists where a part is a list, as rich text."""
    return "".join(
        f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in part)}</ul>"
        if isinstance(part, list)
        else f"<p>{escape(part)}</p>"
        for part in parts
    )


@dataclass
class ProgrammeFile:
    """The rows of a file with one programme, by fact."""

    facts: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def text(self, fact: str, language: str) -> str:
        """Return the first row of a fact in a language, empty where it is missing."""
        return next(iter(self.texts(fact, language)), "")

    def texts(self, fact: str, language: str) -> list[str]:
        """Return all rows of a fact in a language."""
        return [row[f"text_{language}"] for row in self.facts.get(fact, [])]

    def day(self, fact: str) -> date | None:
        """Return a fact that is a date, written dd/mm/yyyy or in ISO 8601."""
        text = self.text(fact, "vi")
        return parse_date(text) if text else None

    def groups(self, language: str) -> dict[str, list[dict[str, str]]]:
        """Return the indicators by the title of their group."""
        found: dict[str, list[dict[str, str]]] = {}
        for row in self.facts.get("indicator", []):
            found.setdefault(row[f"group_{language}"], []).append(row)
        return found


def read_programme(path: Path) -> ProgrammeFile:
    """Read a programme: UTF-8, the columns of `COLUMNS`, one fact a row.

    Facts are title, abstract, number, approved_on, approved_by, from, to, field, paragraph, note
    (explains the group it names), data_on, source and indicator.

    Raises:
        ValueError: a column or the title is missing; says which.
    """
    programme = ProgrammeFile()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name}: missing columns {', '.join(sorted(missing))}")
        for row in reader:
            programme.facts.setdefault(row["fact"], []).append(row)
    if not programme.text("title", "vi"):
        raise ValueError(f"{path.name}: missing title")
    return programme


@transaction.atomic
def add_programme(programme: ProgrammeFile) -> list[ProgrammePage]:
    """Publish a programme on the current site in each language the file has; safe to repeat.

    Returns:
        The pages made now; none where they exist already.
    """
    key = uuid.uuid5(NAMESPACE, programme.text("title", "vi"))
    made = []
    for locale in Locale.objects.filter(language_code__in=TEXTS).order_by("-language_code"):
        known = ProgrammePage.objects.filter(translation_key=key, locale=locale).exists()
        if programme.text("title", locale.language_code) and not known:
            page = _register(locale).add_child(instance=_page(programme, key, locale))
            page.save_revision().publish()
            made.append(page)
    return made


def _register(locale: Locale) -> Page:
    """Return the site's register of programmes, made where there is none."""
    registers = RegisterPage.objects.filter(kind=RegisterKind.PROGRAMMES, locale=locale)
    found = registers.order_by("path").first()
    if found is not None:
        return found
    title, slug, abstract = REGISTER_TITLES[locale.language_code]
    home = Site.objects.get().root_page.get_translation(locale)
    register = RegisterPage(
        title=title, slug=slug, abstract=abstract, kind=RegisterKind.PROGRAMMES, locale=locale,
        translation_key=uuid.uuid5(NAMESPACE, "register"), live=False,
    )  # fmt: skip
    home.add_child(instance=register)
    register.save_revision().publish()
    return register


def _page(programme: ProgrammeFile, key: uuid.UUID, locale: Locale) -> ProgrammePage:
    language = locale.language_code
    title = programme.text("title", language)
    paragraphs = programme.texts("paragraph", language)
    return ProgrammePage(
        title=title,
        slug=slugify(title, max_length=80),
        abstract=programme.text("abstract", language),
        body=[("paragraph", _html(list(paragraphs)))] if paragraphs else [],
        field=programme.text("field", language),
        number=programme.text("number", "vi"),
        approved_on=programme.day("approved_on"),
        approved_by=programme.text("approved_by", language),
        starts_on=programme.day("from"),
        ends_on=programme.day("to"),
        data_on=programme.day("data_on"),
        data_source=programme.text("source", language),
        figures=[("indicators", _group(programme, group, rows, language))
                 for group, rows in programme.groups(language).items()],
        locale=locale,
        translation_key=key,
        live=False,
    )  # fmt: skip


def _group(
    programme: ProgrammeFile, title: str, rows: list[dict[str, str]], language: str
) -> dict[str, str]:
    notes = [row for row in programme.facts.get("note", []) if row[f"group_{language}"] == title]
    lines = ["\t".join(SHEET_HEADINGS[language])]
    for row in rows:
        cells = (row[f"text_{language}"], row[f"unit_{language}"], row["year"], row["target"],
                 row["actual"])  # fmt: skip
        lines.append("\t".join(cells))
    intro = notes[0][f"text_{language}"] if notes else ""
    return {"title": title, "intro": intro, "unit": "", "data": "\n".join(lines), "chart": "auto"}
