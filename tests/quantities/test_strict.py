"""Texts that are one quantity: parsed exactly, or refused in one sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes import quantities
from llmnotes.errors import InputError


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("7B", 7_000_000_000, None),
        ("6.7e9", 6_700_000_000, None),
        ("1.4T tokens", 1_400_000_000_000, "tokens"),
        ("2^15", 32_768, None),
        ("2**15", 32_768, None),
        ("2¹⁵", 32_768, None),
        ("32 seqs", 32, "seqs"),
        ("1,048,576", 1_048_576, None),
        ("0.5M tokens", 500_000, "tokens"),
        ("4M-token", 4_000_000, "token"),
        ("3×10⁻⁴", Decimal("0.0003"), None),
        ("6e-4", Decimal("0.0006"), None),
        ("2 trillion tokens", 2 * 10**12, "tokens"),
        ("70亿", 7 * 10**9, None),
        ("128Ki", 131_072, None),
        ("745 GB", 745, "GB"),
        ("7 billion", 7 * 10**9, None),
        ("7bn", 7 * 10**9, None),
        ("7x10^9", 7 * 10**9, None),
        ("7e9", 7 * 10**9, None),
        ("2^33", 8_589_934_592, None),
        ("７Ｂ", 7 * 10**9, None),
        ("12 288", 12_288, None),
        ("12\u202f288", 12_288, None),
        ("1.234.567", 1_234_567, None),
        ("1,5 mil millones", 1_500_000_000, None),
        ("65.200 millones", 65_200_000_000, None),
        ("1,5 million", 1_500_000, None),
        ("12,288 million", 12_288_000_000, None),
        ("7 Mrd. Parameter", 7 * 10**9, "Parameter"),
        ("2,4 bilhões", 2_400_000_000, None),
        ("1,4 milliard", 1_400_000_000, None),
        ("175 млрд", 175 * 10**9, None),
        ("175 млрд параметров", 175 * 10**9, "параметров"),
        ("3,5 тыс.", 3_500, None),
        ("70 miliardi di parametri", 70 * 10**9, "di parametri"),
        ("7,3 mld", 7_300_000_000, None),
        ("175 miliardów", 175 * 10**9, None),
        ("2 bilionach", 2 * 10**12, None),
        ("1,5 milyar", 1_500_000_000, None),
        ("340 juta", 340_000_000, None),
        ("1,5 miliar", 1_500_000_000, None),
        ("1,5 miljard", 1_500_000_000, None),
        ("1,5 tỷ", 1_500_000_000, None),
        ("15 nghìn tỷ", 15 * 10**12, None),
        ("1.5 مليار", 1_500_000_000, None),
        ("٧ مليارات", 7 * 10**9, None),
        ("1٫5 مليار", 1_500_000_000, None),
        ("1,3 miliardy", 1_300_000_000, None),
        ("110 miljoner", 110_000_000, None),
        ("7,5 мільярдів", 7_500_000_000, None),
        ("۷ میلیارد", 7 * 10**9, None),
        ("70 करोड़", 700_000_000, None),
        ("7 พันล้าน", 7 * 10**9, None),
        ("1,5 δισ.", 1_500_000_000, None),
        ("340 millió", 340_000_000, None),
        ("7 miliarde", 7 * 10**9, None),
        ("340만", 3_400_000, None),
        ("1조 5천억", 1_500_000_000_000, None),
        ("1億2000万", 120_000_000, None),
        ("2.6万亿", 2_600_000_000_000, None),
        ("10^{9}", 10**9, None),
        (r"$6.0\times10^{-4}$", Decimal("0.0006"), None),
        (r"$2\!\cdot\!10^{-5}$", Decimal("0.00002"), None),
        (r"$\mathrm{7B}$", 7 * 10**9, None),
        (r"\num{4096}", 4096, None),
        (r"$12{,}288$", 12_288, None),
        ("-0.5", Decimal("-0.5"), None),
    ],
)
def test_a_quantity_is_read_exactly(text, value, unit):
    found = quantities.parse(text)

    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value"), [("4k", 4096), ("32k", 32_768), ("1M", 1_048_576), ("8192", 8192)]
)
def test_k_is_1024_where_context_lengths_are_read(text, value):
    assert quantities.parse(text, binary=True).value == value


@pytest.mark.parametrize(
    "text", ["", "many", "7B7", "--3", "1e999", "9^9999", "1.2.3", "7 8", "x" * 500]
)
def test_what_is_no_quantity_is_refused_in_one_sentence(text):
    with pytest.raises(InputError) as refused:
        quantities.parse(text)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("~7B", "write 7B"),
        ("約340M", "write 340M"),
        ("≈ 7B", "write 7B"),
        ("<7B", r"write \.\.7B"),
        (">= 7B", r"write 7B\.\."),
        ("up to 4k", r"write \.\.4k"),
        ("6,7B", "write 6.7B, or 6B and 7B"),
        ("12,5", "write 12.5, or 12 and 5"),
        ("7 mil", "1,000,000 to some and 1,000 to others"),
        ("7兆", "1,000,000,000,000 to some"),
        ("5千億1兆", "is not a quantity"),
    ],
)
def test_what_may_mean_two_things_is_refused_with_what_to_write(text, wanted):
    with pytest.raises(InputError, match=wanted):
        quantities.parse(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7B", 6_500_000_000, 7_500_000_000),
        ("7e9", 6_500_000_000, 7_500_000_000),
        ("7x10^9", 6_500_000_000, 7_500_000_000),
        ("70亿", 6_500_000_000, 7_500_000_000),
        ("71亿", 7_050_000_000, 7_150_000_000),
        ("7.0B", 6_950_000_000, 7_050_000_000),
        ("7.000 millones", 6_500_000_000, 7_500_000_000),
        ("1조 5천억", 1_450_000_000_000, 1_550_000_000_000),
        ("2^33", 2**33, 2**33),
        ("8192", 8192, 8192),
        ("-7B", -7_500_000_000, -6_500_000_000),
    ],
)
def test_a_quantity_stands_for_what_may_round_to_its_digits(text, low, high):
    found = quantities.parse(text)

    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "digits", "scale"),
    [("6.74B", 3, "B"), ("70亿", 2, "亿"), ("4096", 4, ""), ("2^10", 1, "^"), ("7e9", 1, "e")],
)
def test_a_quantity_knows_how_it_is_written(text, digits, scale):
    found = quantities.parse(f" {text} ")

    assert (found.digits, found.scale, found.text) == (digits, scale, text)


def test_a_fraction_is_not_taken_for_a_count():
    with pytest.raises(InputError, match="not a whole number"):
        quantities.parse_integer("1.5")


def test_a_unit_where_none_belongs_is_named():
    with pytest.raises(InputError, match="'tokens' where none belongs"):
        quantities.parse_integer("4k tokens")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        found = quantities.parse(text)
    except InputError:
        return
    assert found.value.is_finite()


@given(
    st.integers(1, 9_999),
    st.sampled_from(
        ["", "k", "M", " billion", "bn", "万", "억", " млрд", " millones", "e6", "x10^9", "×10⁴"]
    ),
)
def test_every_scale_multiplies_and_its_interval_holds_the_value(figure, scale):
    plain = quantities.parse(f"{figure}{scale}")
    unit = quantities.parse(f"1{scale}")

    assert plain.value == figure * unit.value
    assert plain.low <= plain.value <= plain.high
