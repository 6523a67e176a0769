"""Normalising a model's text before it is saved."""

from __future__ import annotations

import unicodedata

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from motcua.text.fields import normalise_html, normalise_model, normalise_value


class Notice(models.Model):
    """A model of no database: normalising needs none."""

    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, choices=[("tin  tức", "Tin tức")])
    text = models.TextField()
    body = RichTextField()
    slug = models.SlugField()
    mail = models.EmailField()
    code = models.CharField(max_length=20, null=True)
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "text_test"
        managed = False


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def create_notice(**values: object) -> Notice:
    return Notice(**{"name": "Tên", "text": "", "body": "", "slug": "a", "mail": "a@b.vn"} | values)


def test_names_become_one_clean_line() -> None:
    notice = create_notice(name=nfd("  Tỉnh Bình Ðịnh\n"))
    assert normalise_model(notice) == ["name"]
    assert notice.name == "Tỉnh Bình Định"


def test_long_texts_keep_their_lines_and_tags() -> None:
    notice = create_notice(
        text=nfd("Dòng một\r\n\r\nDòng hai"),
        body=f'<p><a href="{nfd("/tệp")}">{nfd("Tệp")}</a></p>',
    )
    assert normalise_model(notice) == ["text", "body"]
    assert notice.text == "Dòng một\n\nDòng hai"
    assert notice.body == f'<p><a href="{nfd("/tệp")}">Tệp</a></p>'


def test_exact_values_and_choices_are_left_alone() -> None:
    notice = create_notice(kind="tin  tức", mail="a\u200b@b.vn", code=None)
    assert normalise_model(notice) == []
    assert notice.kind == "tin  tức"


def test_excluded_and_deferred_fields_are_left_alone() -> None:
    notice = Notice.from_db("default", ["id", "text"], [1, nfd("chữ")])
    assert normalise_model(notice, exclude=["text"]) == []
    assert normalise_model(notice) == ["text"]
    assert "name" in notice.get_deferred_fields()


def test_normalising_twice_changes_nothing() -> None:
    notice = create_notice(name=nfd("Ủy ban"), text="một\u00a0cửa")
    assert normalise_model(notice)
    assert normalise_model(notice) == []


def test_a_mark_after_a_tag_does_not_swallow_its_bracket() -> None:
    assert normalise_html("<b>\u0338a</b>").startswith("<b>")


def test_less_than_in_plain_text_is_no_tag() -> None:
    assert normalise_html(nfd("số hộ < 5 và mức > 3")) == "số hộ < 5 và mức > 3"


def create_stream() -> StreamField:
    lines = blocks.ListBlock(blocks.CharBlock())
    box = blocks.StructBlock([("title", blocks.CharBlock()), ("lines", lines)])
    field = StreamField([("text", blocks.RichTextBlock()), ("box", box)])
    field.set_attributes_from_name("body")
    return field


def test_every_text_of_a_stream_is_normalised() -> None:
    field = create_stream()
    stream = field.to_python(
        [
            {"type": "text", "value": nfd("<p>Bình Ðịnh</p>"), "id": "a"},
            {"type": "box", "value": {"title": nfd("Đề"), "lines": [nfd("tỉnh")]}, "id": "b"},
        ]
    )
    after = normalise_value(field, stream)
    assert after[0].value.source == "<p>Bình Định</p>"
    assert after[1].value["title"] == "Đề"
    assert list(after[1].value["lines"]) == ["tỉnh"]
    assert [block.id for block in after] == ["a", "b"]


def test_a_clean_stream_stays_the_same_object() -> None:
    field = create_stream()
    stream = field.to_python([{"type": "text", "value": "<p>sạch</p>", "id": "a"}])
    assert normalise_value(field, stream) is stream
