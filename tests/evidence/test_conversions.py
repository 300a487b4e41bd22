"""Files become the text that can be searched."""

import fpdf
import pytest

from llmnotes.errors import InputError
from llmnotes.evidence.conversions import is_pdf, shown, text_of


def test_the_pages_of_a_pdf_are_read_in_order():
    made = fpdf.FPDF()
    for words in ("First page 512", "Second page"):
        made.add_page()
        made.set_font("Helvetica")
        made.cell(text=words)
    content = bytes(made.output())

    assert is_pdf(content)
    text = text_of(content, "toy.pdf")
    assert text.index("First page 512") < text.index("Second page")


def test_a_broken_pdf_is_refused():
    with pytest.raises(InputError, match="toy"):
        text_of(b"%PDF-1.7 and nothing more", "toy")


def test_a_page_is_what_it_shows():
    page = """<!DOCTYPE html><html><head><title>No</title></head><body>
    <h2>2.1  Training</h2><p>With <b>512</b>
    sequences.</p><script>var x = "no";</script>
    <table><tr><td>Layers</td><td>24</td></tr><tr><td>Heads</td><td>16</td></tr></table>
    </body></html>"""

    assert text_of(page.encode(), "page").split("\n\n") == [
        "2.1 Training",
        "With 512 sequences.",
        "| Layers | 24",
        "| Heads | 16\n",
    ]


def test_other_texts_stay_as_they_are():
    assert text_of(b"a < b, <html>\r\n", "x.md") == "a < b, <html>\r\n"


def test_an_end_without_a_beginning_hides_nothing():
    assert shown("<p>a</p></script><p>b</p>").split() == ["a", "b"]
