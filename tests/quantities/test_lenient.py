"""Numbers in free text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.quantities.lenient import find_numbers
from llmnotes.quantities.notation import normalized
from llmnotes.quantities.scales import factors


def values(text):
    """Each number of a text under the likelier meaning of its scale."""
    found = find_numbers(normalized(text))
    return [number.scaled(factors(number.scale, False)[0])[0] for number in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between 7B and 13B", [7 * 10**9, 13 * 10**9]),
        ("GPT-3, C4 and v0.1", []),
        ("8,62,540B", [8, 62, 540 * 10**9]),
        ("1,5 mil millones de parámetros", [1_500_000_000]),
        ("65.200 millones", [65_200_000_000]),
        ("12,288 million", [12_288_000_000]),
        ("12 288 измерений", [12_288]),
        ("175 млрд параметров", [175 * 10**9]),
        ("약 340M", [340 * 10**6]),
        ("1조 5천억 토큰", [1_500_000_000_000]),
        ("70억 매개변수, 32층", [7 * 10**9, 32]),
        ("$12 \\times 10^{9}$", [12 * 10**9]),
        ("\\mathrm{7B} (\\textbf{6.7B})", [7 * 10**9, Decimal("6.7e9")]),
        ("7B模型", [7 * 10**9]),
        ("5e-4, 1E+03", [Decimal("0.0005"), 1000]),
        ("3 ×1e-4", [Decimal("0.0003")]),
        ("50%", [Decimal("0.5")]),
        ("12,5 Mio.", [12_500_000]),
        ("1 000 milliards de jetons", [10**12]),
        ("15\u202f000 milliards", [15 * 10**12]),
        ("1 400,5 Mio.", [1_400_500_000]),
        ("3 300 млрд токенов", [3_300 * 10**9]),
        ("1.5 тыс. млрд", [1_500 * 10**9]),
    ],
)
def test_every_number_of_a_text_is_read(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("300B tokens", "tokens"), ("300 млрд токенов", "tokens"), ("3조 토큰", "tokens"),
        ("32 capas", "layers"), ("32 слоя", "layers"), ("32층", "layers"), ("32 Schichten", "layers"),
        ("16 cabezas", "heads"), ("7 tỷ tham số", "parameters"),
        ("15 bilionów tokenów", "tokens"),
        ("32 warstwy", "layers"), ("7 مليار معامل", "parameters"), ("8 експертів", "experts"),
        ("16 têtes", "heads"), ("7 Mrd. Parameter", "parameters"),
        ("12 Äpfel", ""),
    ],
)  # fmt: skip
def test_units_of_several_languages_are_known(text, unit):
    assert [number.unit for number in find_numbers(normalized(text))] == [unit]


def test_the_second_meaning_of_an_ambiguous_scale_is_kept():
    assert factors("mil", False) == (10**6, 10**3)
    assert factors("k", True) == (1024, 1000)
    assert factors("k", False) == (1000, 1024)
    assert factors("B", False) == (10**9,)


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_exception(text):
    for number in find_numbers(normalized(text)):
        assert number.mantissa.is_finite()
        assert number.quantum >= 0


@given(st.lists(st.integers(1, 999_999), min_size=1, max_size=5))
def test_what_is_listed_is_found_in_its_order(numbers):
    assert values("; ".join(f"{number:,}" for number in numbers)) == numbers


def test_the_russian_letter_for_a_thousand_is_read_as_the_latin_one():
    assert [number.scale for number in find_numbers(normalized("8к / 32К"))] == ["k", "k"]
    assert [number.scale for number in find_numbers(normalized("8 кг"))] == [""]
