"""Tables of sizes whose family is guessed, and a base of families made by hand."""

from __future__ import annotations

from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.settling import settle
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Layout, Line, Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Place, Table, TableCell


class Toys:
    """Families of models by size, each with how many layers it has: the base and its names in one."""

    def __init__(self, **families):
        self.of = {
            family.replace("_", "-"): {f"{family}-{size}".replace("_", "-"): n for size, n in sizes.items()}
            for family, sizes in families.items()
        }  # fmt: skip

    def family(self, model):
        return next((name for name, models in self.of.items() if model in models), None)

    def members(self, family):
        return list(self.of[family])

    def families(self, most):
        return list(self.of) if len(self.of) <= most else []

    def generations(self, family):
        return [
            one for one in self.of if one != family and one.split("-")[0] == family.split("-")[0]
        ]

    def of_size(self, models, text):
        return [model for model in models if text and model.endswith(f"-{text}")]

    def find(self, text):
        name = text.lower()
        return TableSubject("family", name, tuple(self.of[name])) if name in self.of else None


TOYS = Toys(toy={"7B": 32, "13B": 40}, toy_2={"7B": 30, "13B": 44}, zorg={"7B": 28, "13B": 36})
"""A line of two families and another family, of two sizes each."""

HEADS = {
    name: Header(name, attributes=(name,), certainty=1.0)
    for name in ("n_layers", "params_total", "d_model", "head_dim", "n_heads")
}
PLACE = Place(1, 1, 0, 0)


def sizes(toys, rows, taken="", above="", orientation="sizes-as-rows", heads=("n_layers",)):
    """A table of sizes and layers whose rows are taken to be of a family that the words around name."""
    family = toys.find(taken)
    lines = []
    for number, (size, *texts) in enumerate(rows):
        subject = None
        if family is not None:
            chosen = toys.of_size(family.models, size)
            subject = family._replace(taken=taken)
            if chosen:
                subject = TableSubject("model", chosen[0], (chosen[0],), taken=taken)
            elif size:
                subject = None
        cells = [TableCell(text, text, PLACE) for text in (size, *texts)]
        spots = [
            Spot(subject, size, (HEADS[name],) if name else (), at)
            for at, name in enumerate(("params_total", *heads))
        ]
        lines.append(Line(number, size, cells, spots))
    headings = tuple(filter(None, (taken, above)))
    return Layout(Table("md", "table", PLACE, [], headings), orientation, lines, taken)


def settled(toys, layout, effort=None):
    """Whom the rows are of in the end, where a number is true of the model that has it."""
    asked = []

    def ask(text, spot, subject):
        asked.append((text, spot.headers[0].attribute))
        layers = {toys.of[toys.family(model)][model] for model in subject.models}
        if text == "?":
            return Judgement("n_layers", "unreadable")
        return Judgement("n_layers", "agrees" if int(text) in layers else "wrong")

    settle(layout, toys, toys, ask, effort or Effort())
    found = [line.spots[-1].subject for line in layout.lines]
    return [one and one.id for one in found], asked
