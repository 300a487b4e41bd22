"""The picture that other sites show beside a link to a page (Open Graph), as PNG."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from llmnotes.escapes import printable

SIZE = (1200, 630)
"""What Open Graph readers expect, in pixels."""

_MOST_FACTS = 5


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
    draw.rectangle((0, 0, 24, SIZE[1]), fill=1)
    draw.text((80, 70), "llmnotes", fill=1, font=_font(36))
    draw.text((80, 140), _fitted(draw, title, 84), fill=2, font=_font(84))
    draw.text((80, 250), _fitted(draw, says, 34), fill=3, font=_font(34))
    for number, (label, text) in enumerate(facts[:_MOST_FACTS]):
        y = 330 + 54 * number
        draw.text((80, y), label, fill=3, font=_font(34))
        draw.text((430, y), _fitted(draw, text, 34, 700), fill=2, font=_font(34))
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=False, bits=2)
    return buffer.getvalue()


def _fitted(draw: Any, text: str, size: int, width: int = 1050) -> str:
    """The text cut to a width; letters that the font lacks are left out."""
    plain = "".join(char for char in printable(text) if char.isprintable())
    plain = plain.encode("latin-1", "replace").decode("latin-1")
    if draw.textlength(plain, font=_font(size)) <= width:
        return plain
    while plain and draw.textlength(plain + "...", font=_font(size)) > width:
        plain = plain[:-2]
    return plain.rstrip() + "..."
