"""Whether the base agrees with published tables: true facts that agree, known errors that it contradicts.

    python benchmarks/agreement.py [DIR]

Printed per table of DIR (the reference): how many true facts there are, of how many the base has the model
and the attribute, how many of these agree and are contradicted, and how many of the known errors are
contradicted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from published import REFERENCE, Score, scored

from llmnotes.factcheck.judging.check import Checker
from llmnotes.store.connect import connect


def main(arguments: list[str]) -> int:
    """Print the counts; 1 where a true fact is contradicted or a known error is not."""
    folder = Path(arguments[0]) if arguments else REFERENCE
    if not folder.is_dir():
        print(f"{folder} is not here; name a folder of tables with truth.yaml and errors.yaml")
        return 2
    checker = Checker(connect())
    total = Score()
    heads = ("table", "facts", "known", "agree", "denied", "errors", "denied")
    print("{:38} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6}".format(*heads))
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        source = next(place.glob("table.*"), None)
        if source is not None:
            score = scored(checker, place, source)
            total += score
            _line(place.name, score)
    _line("all", total)
    known, errors = max(total.true, 1), max(total.hard, 1)
    print(
        f"agree {total.agrees / known:.1%}, contradicted {len(total.alarms) / known:.2%} of {known} true "
        f"facts; errors contradicted {(errors - len(total.missed)) / errors:.1%} of {errors}"
    )
    for title, lines in (("contradicted", total.alarms), ("not contradicted", total.missed)):
        for line in lines:
            print(f"  {title}: {line}")
    return int(bool(total.alarms or total.missed))


def _line(name: str, score: Score) -> None:
    found = score.hard - len(score.missed)
    print(
        f"{name:38} {score.facts:>6} {score.true:>6} {score.agrees:>6} {len(score.alarms):>6} "
        f"{score.hard:>7} {found:>6}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
