"""What numbers, units and sizes are made of: a text of plain letters needs no words of other scripts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.cells import units as cell_units
from llmnotes.factcheck.layout.naming import ONLY_SIZE
from llmnotes.quantities import lenient, sizes, strict, units
from llmnotes.quantities.grammar import read, simple
from llmnotes.quantities.scales import SCALES
from llmnotes.quantities.units import UNITS, unit_of

PATTERNS = {
    "number in a text": lenient._FIND,
    "one quantity": strict._QUANTITY,
    "size in a name": sizes._FIND,
    "nothing but a size": ONLY_SIZE,
    "unit": units._UNIT,
    "scale and unit of a header": cell_units._SCALED_UNIT,
}
PIECES = st.sampled_from(
    [*"0123456789.,-+~/()[]x^e %×≈–→", "10", "12,288", *(word for word in SCALES if word.isascii())]
    + [
        word
        for words in UNITS.values()
        for word in ("tokens", "heads", "l", "d", "GB", words[0][:3])
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def whole(pattern):
    return re.compile(pattern._build(lambda _: True), pattern._flags)


@pytest.mark.parametrize("name", PATTERNS)
def test_the_narrow_pattern_finds_what_the_whole_one_finds(name):
    pattern, every_word = PATTERNS[name], whole(PATTERNS[name])

    def found(match):
        return match and (match.span(), {k: v for k, v in match.groupdict().items() if v})

    @given(TEXTS)
    def same(text):
        assert list(map(found, pattern.finditer(text))) == list(
            map(found, every_word.finditer(text))
        )
        assert found(pattern.fullmatch(text)) == found(every_word.fullmatch(text))

    same()


@pytest.mark.parametrize(
    ("text", "unit"),
    [("tokens", "tokens"), ("ſteps", "steps"), ("层", "layers"), ("сло", ""), ("têtes", "heads")],
)
def test_a_text_with_other_letters_is_read_by_all_words(text, unit):
    assert unit_of(text) == unit


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_has_a_word_that_is_ascii(name):
    assert any(map(str.isascii, UNITS[name]))


SIMPLE = st.from_regex(r"[0-9]{1,3}(,[0-9]{3}){0,3}(\.[0-9]{1,4})?[kKmMbBtT]?", fullmatch=True)


@given(SIMPLE | TEXTS)
def test_a_simple_number_is_what_the_whole_grammar_takes_it_for(text):
    match = simple(text)
    if match is None:
        return
    found = [read(match)]

    assert found == [read(each) for each in whole(lenient._FIND).finditer(text)]
    strictly = whole(strict._QUANTITY).fullmatch(text)
    assert strictly is not None
    assert found[0]._replace(unit="") == read(strictly)
    assert not strictly["words"]


@pytest.mark.parametrize("text", ["4096", "1,600", "7B", "1.5k", "12,288t"])
def test_what_most_cells_hold_is_simple(text):
    assert simple(text)


@pytest.mark.parametrize("text", ["", "B", "1,60", "1.5.2", "7 B", "-7", "7Bn", "1e9", "٣"])
def test_what_needs_the_whole_grammar_is_not(text):
    assert simple(text) is None
