"""Prints numbers: exactly, or with three significant digits and a scale letter."""

from __future__ import annotations


def exact(value: float) -> str:
    """A number with all its digits and thousands separators: `4,096`, `1e-5`, `0.1`."""
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e15):
        return f"{int(value):,}"
    return _plain_float(float(value))


def _plain_float(value: float) -> str:
    if value and (abs(value) < 1e-3 or abs(value) >= 1e15):
        from decimal import Decimal

        # The shortest digits that read back as this number: 6e-4, where 15 digits give 5.99…e-4.
        mantissa, exponent = f"{Decimal(repr(value)).normalize():e}".split("e")
        return f"{mantissa}e{int(exponent)}"
    return repr(value)


def compact(value: float) -> str:
    """Three significant digits with a decimal scale letter: `6.74B`, `110M`, `2.0T`.

    Trailing zeros show that a number was rounded: 13,015,864,320 is `13.0B`, 13,000,000,000 `13B`. Parsing
    the text gives the rounded number.
    """
    rounded = float(f"{value:.3g}")
    places = "#" if rounded != value else ""
    for letter, scale in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("k", 1e3)):
        if abs(rounded) >= scale:
            size = rounded / scale
            digits = f"{size:,.0f}" if size >= 1000 else f"{size:{places}.3g}".rstrip(".")
            if "." not in digits and letter == "T":
                digits += ".0"
            return digits + letter
    return exact(value)
