"""Ready texts fit their blocks and read alike in both languages."""

from __future__ import annotations

import re

import pytest

from motcua.text.sorting import sort_key
from sites.base.blocks import BodyBlock, first_letter, unique_anchors
from sites.base.models import StandardPage
from sites.disclosure import starter
from tenants.models import Tenant
from tests.factories import home


@pytest.mark.parametrize("language", ["vi", "en"])
def test_ready_pages_show(language: str, here: Tenant, browse: object) -> None:
    for slug, body in [
        ("tiep-can", starter.access_to_information(language)),
        ("hoi-dap", starter.faq(language)),
        ("thuat-ngu", starter.glossary(language)),
    ]:
        page = StandardPage(title=slug, slug=slug, body=body, live=False)
        home().add_child(instance=page)
        page.save_revision().publish()
        page.body.stream_block.clean(page.body)
        html = browse(here).get(f"/{slug}/").content.decode()  # type: ignore[operator]
        anchors = re.findall(r'id="((?:hoi|tu|chu)-[^"]+)"', html)
        assert len(anchors) == len(set(anchors))
        assert "<h2></h2>" not in html


def test_both_languages_say_as_much() -> None:
    assert [k for k, _v in starter.access_to_information("vi")] == [
        k for k, _v in starter.access_to_information("en")
    ]
    assert len(starter.faq("vi")[0][1]) == len(starter.faq("en")[0][1])


def test_glossary_is_in_the_order_of_the_alphabet_whatever_was_typed_first() -> None:
    terms = ["Đất", "dân", "Ấp", "an", "Ăn", "ban", "ân"]
    items = [
        {"type": "item", "id": term, "value": {"term": term, "definition": "<p>nghĩa</p>"}}
        for term in terms
    ]
    value = BodyBlock().to_python([{"type": "glossary", "value": items}])
    html = str(value[0].render())
    assert re.findall(r"<dfn>([^<]+)</dfn>", html) == sorted(terms, key=sort_key)
    assert re.findall(r'<h2 id="chu-\d+">([^<]+)<', html) == ["A", "Ă", "Â", "B", "D", "Đ"]


def test_letters_and_anchors() -> None:
    words = ("à", "Ắp", "đò", "ướt", "1 cửa")
    assert [first_letter(word) for word in words] == [*"AĂĐƯ", "0–9"]
    assert unique_anchors("hoi", ["Có?", "Có!", "?"]) == ["hoi-co", "hoi-co--2", "hoi"]
