"""Whether a printed figure may be the rounding of another."""

from __future__ import annotations

from decimal import Decimal


def unit_of(figure: float) -> Decimal:
    """The weight of a figure's last significant digit: 540,350,000,000 is given to 10 million."""
    sign_digits = Decimal(repr(figure)).normalize().as_tuple()
    return Decimal(1).scaleb(int(sign_digits.exponent))


def significant_digits(figure: float) -> int:
    """The number of significant digits of a figure: 46,700,000,000 has three."""
    return len(Decimal(repr(figure)).normalize().as_tuple().digits)


def is_rounded(figure: int) -> bool:
    """Whether a count is rounded rather than exact: it has at most five significant digits."""
    return figure >= 1_000_000 and significant_digits(figure) <= 5


def rounds_to(exact: float, printed: float) -> bool:
    """Whether `printed` is `exact` rounded or truncated to the digits printed.

    8B is printed for 8.63 and 70B for 68.98, so the last digit may be truncated and a trailing zero may be
    significant; the figures differ by at most 20 % below or 35 % above.
    """
    figure, true = Decimal(repr(printed)), Decimal(repr(exact))
    if figure == true:
        return True
    if not figure or (figure < 0) != (true < 0):
        return False
    figure, true, unit = abs(figure), abs(true), unit_of(printed)
    if significant_digits(printed) == 1 and _leading(figure) >= 10:
        unit = min(unit, figure / 10)
    low = max(figure - unit / 2, figure * Decimal("0.8"))
    high = min(figure + unit, figure * Decimal("1.35"))
    return low <= true < high


def _leading(figure: Decimal) -> Decimal:
    """The figure without its scale: 20 for 20B."""
    while figure >= 1000:
        figure /= 1000
    return figure


def alike(first: float, second: float) -> bool:
    """Whether two figures are equal or one is the rounding of the other."""
    if first == second:
        return True
    coarse, fine = sorted((first, second), key=significant_digits)
    return significant_digits(coarse) < significant_digits(fine) and rounds_to(fine, coarse)
