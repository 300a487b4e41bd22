"""Preview pictures of pages for other sites (Open Graph), as PNG."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from llmnotes.escapes import printable

SIZE = (600, 315)
"""The smallest size in pixels that Open Graph readers show large."""

_MOST_FACTS = 5
"""Facts on a picture."""


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def card(title: str, says: str, facts: list[tuple[str, str]]) -> bytes | None:
    """A picture with a title, a line and a few facts; None where Pillow is not installed."""
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        return None
    image = Image.new("P", SIZE)
    image.putpalette([255, 255, 255, 11, 74, 117, 27, 31, 36, 87, 96, 106])
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    draw.rectangle((0, 0, 12, SIZE[1]), fill=1)
    draw.text((40, 35), "llmnotes", fill=1, font=_font(18))
    draw.text((40, 70), _fitted(draw, title, 42), fill=2, font=_font(42))
    draw.text((40, 125), _fitted(draw, says, 17), fill=3, font=_font(17))
    for number, (label, text) in enumerate(facts[:_MOST_FACTS]):
        y = 165 + 27 * number
        draw.text((40, y), label, fill=3, font=_font(17))
        draw.text((215, y), _fitted(draw, text, 17, 350), fill=2, font=_font(17))
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=False, bits=2)
    return buffer.getvalue()


def _fitted(draw: Any, text: str, size: int, width: int = 525) -> str:
    """The text cut to a width in pixels; letters missing from the font are left out."""
    plain = "".join(char for char in printable(text) if char.isprintable())
    plain = plain.encode("latin-1", "replace").decode("latin-1")
    if draw.textlength(plain, font=_font(size)) <= width:
        return plain
    while plain and draw.textlength(plain + "...", font=_font(size)) > width:
        plain = plain[:-2]
    return plain.rstrip() + "..."
