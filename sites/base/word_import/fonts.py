"""Which font a run of Word's text is in, as far as old Vietnamese fonts are concerned."""

from __future__ import annotations

from xml.etree import ElementTree

from . import legacy_fonts

Element = ElementTree.Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20  # styles based on one another; a circle ends here


class Fonts:
    """The fonts of a document's styles (ECMA-376, part 1, 17.7.2: how they are inherited)."""

    encoding_of = staticmethod(legacy_fonts.encoding_of)
    to_unicode = staticmethod(legacy_fonts.to_unicode)

    def __init__(self, styles: Element | None) -> None:
        self.own: dict[str, str] = {}
        self.based_on: dict[str, str] = {}
        self.default_style = ""
        self.default = ""
        for style in styles.iter(f"{W}style") if styles is not None else ():
            self._learn(style)
        if styles is not None:
            self.default = _font(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def _learn(self, style: Element) -> None:
        name = style.get(f"{W}styleId", "")
        self.own[name] = _font(style.find(f"{W}rPr"))
        parent = style.find(f"{W}basedOn")
        self.based_on[name] = parent.get(f"{W}val", "") if parent is not None else ""
        is_default = style.get(f"{W}default", "0") in {"1", "true", "on"}
        if is_default and style.get(f"{W}type") == "paragraph":
            self.default_style = name

    def of(self, run: Element, paragraph_style: str) -> str:
        """Return the name of a run's font if it is an old Vietnamese one, else nothing."""
        properties = run.find(f"{W}rPr")
        style = properties.find(f"{W}rStyle") if properties is not None else None
        own = style.get(f"{W}val", "") if style is not None else ""
        font = (
            _font(properties)
            or self._of_style(own)
            or self._of_style(paragraph_style or self.default_style)
            or self.default
        )
        return font if legacy_fonts.encoding_of(font) else ""

    def _of_style(self, name: str) -> str:
        for _level in range(_DEEPEST):
            if not name:
                break
            if self.own.get(name):
                return self.own[name]
            name = self.based_on.get(name, "")
        return ""


def _font(properties: Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return ""
    named = fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii") or ""
    # A theme's font is a modern one, and counts before a name.
    themed = fonts.get(f"{W}hAnsiTheme") or fonts.get(f"{W}asciiTheme") or ""
    return themed or named
