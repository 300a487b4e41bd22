"""Names beside points."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmnotes.study.labels import place

Points = st.lists(
    st.tuples(st.floats(0, 500, width=32), st.floats(0, 300, width=32)), max_size=25
)  # fmt: skip


@given(Points)
def test_no_label_covers_another_or_leaves_the_field(points: list[tuple[float, float]]) -> None:
    names = [f"model {number}" for number in range(len(points))]

    boxes = []
    for label in place(points, names, (500, 300)):
        width = 6.0 * len(label.text)
        left = {"left": 0.0, "right": width, "center": width / 2}[label.align]
        boxes.append((label.x - left, label.y - 5.5, label.x - left + width, label.y + 5.5))

    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= 500.001
        assert bottom <= 300.001
        for other in boxes[:number]:
            assert (
                right <= other[0] + 0.001 or other[2] <= left + 0.001
                or bottom <= other[1] + 0.001 or other[3] <= top + 0.001
            )  # fmt: skip


@given(Points)
def test_every_point_has_its_name_or_a_number_in_order(points: list[tuple[float, float]]) -> None:
    names = [f"model {number}" for number in range(len(points))]

    placed = place(points, names, (500, 300))

    named = {label.index for label in placed if label.text == names[label.index]}
    numbers = {label.index: int(label.text) for label in placed if label.index not in named}
    unnamed = [index for index in range(len(points)) if index not in named]
    assert all(numbers[index] == unnamed.index(index) + 1 for index in numbers)
    assert len({label.index for label in placed}) == len(placed)
